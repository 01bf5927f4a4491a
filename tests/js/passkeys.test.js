// Whether a browser can use passkeys here, and what is said when one fails.
import assert from "node:assert/strict";
import { test } from "node:test";
import { able, wordsFor } from "../../static/js/passkeys.js";

class Whole {
  static parseCreationOptionsFromJSON() {}
  static parseRequestOptionsFromJSON() {}
  toJSON() {}
}
class Older extends Whole {
  static parseRequestOptionsFromJSON = undefined;
}
class Silent {
  static parseCreationOptionsFromJSON() {}
  static parseRequestOptionsFromJSON() {}
}

test("a key is offered by a browser that reads the question and writes the answer", () => {
  assert.equal(able({ PublicKeyCredential: Whole }), true);
});

test("where there are no passkeys, or no safe connection, none is offered", () => {
  assert.equal(able({}), false);
  assert.equal(able({ PublicKeyCredential: class {} }), false);
});

test("a browser that knows half of it keeps to the seven words", () => {
  assert.equal(able({ PublicKeyCredential: Older }), false);
  assert.equal(able({ PublicKeyCredential: Silent }), false);
});

test("a key belongs to a name, and an address that is a number gets none", () => {
  for (const [hostname, offered] of [["localhost", true], ["fil.example.org", true], ["127.0.0.1", false], ["[::1]", false]])
    assert.equal(able({ PublicKeyCredential: Whole, location: { hostname } }), offered);
});

test("a device that has a key already is told so", () => {
  assert.equal(wordsFor({ name: "InvalidStateError" }), "known");
});

test("whatever else happens, the key did not answer", () => {
  for (const failure of [{ name: "NotAllowedError" }, { name: "SecurityError" }, new TypeError(), undefined])
    assert.equal(wordsFor(failure), "silent");
});

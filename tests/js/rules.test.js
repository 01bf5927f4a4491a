// What leaves together, what replaces what, how long to wait, and what an answer means.
import assert from "node:assert/strict";
import { test } from "node:test";
import { backOff, batchOf, BYTES, folded, LAST_BYTES, merged, outcome, reaction } from "../../static/js/outbox/rules.js";

const PERSON = "3f0c9a5e-7b1d-4c2e-8a6f-0b9d1c2e3f4a";
const op = (kind, data = {}, more = {}) => ({ op_id: `${kind} ${JSON.stringify(data)}`, kind, entity: "e", base_version: 0, data, attempts: 0, ...more });
const many = (n, note = "") => Array.from({ length: n }, (_, at) => op("entry.create", { note }, { seq: n - at, op_id: `${at}` }));

test("gestures leave in the order in which they were made, at most fifty at a time", () => {
  const batch = batchOf(many(80));
  assert.equal(batch.length, 50);
  assert.deepEqual(batch.map((one) => one.seq), [...Array(50).keys()].map((at) => at + 1));
});

test("a request never weighs more than it may, and one note alone always leaves", () => {
  for (const most of [BYTES, LAST_BYTES]) {
    const batch = batchOf(many(50, "é".repeat(4000)), 50, most);
    assert.ok(batch.length > 1);
    assert.ok(Buffer.byteLength(JSON.stringify(batch)) <= most - 200);
    assert.ok(Buffer.byteLength(JSON.stringify(batch)) + 9000 > most - 400);
  }
  assert.equal(batchOf(many(2, "é".repeat(400)), 50, 400).length, 1);
  assert.deepEqual(batchOf([]), []);
});

test("what is added to a note that never left changes that note, and its words stay unless they are changed", () => {
  const first = op("entry.create", { mood: 4, note: "dehors" });
  const { drop, put } = merged([first], op("entry.update", { mood: 3, calm: 2 }));
  assert.deepEqual(drop, []);
  assert.equal(put.op_id, first.op_id);
  assert.equal(put.kind, "entry.create");
  assert.deepEqual(put.data, { mood: 3, calm: 2, note: "dehors" });
  assert.equal(merged([first], op("entry.update", { mood: 3, note: null })).put.data.note, null);
});

test("a note taken back before it left leaves nothing, and nothing of another note goes", () => {
  const [mine, other] = [op("entry.create"), op("entry.create", {}, { entity: "other", op_id: "other" })];
  assert.deepEqual(merged([mine, other], op("entry.delete")), { drop: [mine.op_id], put: null });
  assert.deepEqual(merged([other], op("entry.delete")).drop, []);
});

test("a change of a change stays one, from what this device had seen first", () => {
  const before = op("entry.update", { mood: 1 }, { base_version: 3 });
  const { drop, put } = merged([before], op("entry.update", { mood: 2 }, { base_version: 5 }));
  assert.deepEqual([drop, put.base_version, put.data.mood], [[before.op_id], 3, 2]);
  const gone = merged([before], op("entry.delete", {}, { base_version: 5 }));
  assert.deepEqual([gone.drop, gone.put.kind, gone.put.base_version], [[before.op_id], "entry.delete", 3]);
});

test("being there and taking it back annul each other; a code is never replaced by a word", () => {
  const [there, code] = [op("attendance.put", { how: "declared" }), op("attendance.put", { how: "code", code: "A" })];
  assert.deepEqual(merged([there], op("attendance.delete")), { drop: [there.op_id], put: null });
  assert.deepEqual(merged([op("attendance.delete")], there), { drop: [op("attendance.delete").op_id], put: null });
  assert.deepEqual(merged([code], there), { drop: [], put: null });
  assert.deepEqual(merged([there], code), { drop: [there.op_id], put: code });
});

test("what is said of a workshop again before it left is said once, and words of which nothing is said stay", () => {
  const first = op("reflection.after", { mood: 2, calm: 3, keepsake: "le rythme" });
  const again = op("reflection.after", { mood: 4 }, { base_version: 5 });
  assert.deepEqual(merged([first], again), {
    drop: [first.op_id],
    put: { ...again, base_version: 0, data: { keepsake: "le rythme", mood: 4 } },
  });
  assert.equal(merged([first], op("reflection.after", { mood: 4, keepsake: null })).put.data.keepsake, null);
  const before = op("reflection.before", { mood: 1 }, { base_version: 2 });
  const { drop, put } = merged([before], op("reflection.before", { calm: 5 }));
  assert.deepEqual([drop, put.data, put.base_version], [[before.op_id], { calm: 5 }, 2]);
});

test("before and after are two things of one workshop, and neither is the presence", () => {
  const waiting = [op("reflection.before", { mood: 3 }), op("attendance.put", { how: "declared" })];
  const after = op("reflection.after", { mood: 4 });
  assert.deepEqual(merged(waiting, after), { drop: [], put: after });
  const gone = op("attendance.delete");
  assert.deepEqual(merged([op("reflection.after", { mood: 4 })], gone), { drop: [], put: gone });
  const other = op("reflection.before", { mood: 1 }, { entity: "other" });
  assert.deepEqual(merged(waiting, other), { drop: [], put: other });
  assert.equal(folded([...waiting, after]).length, 3);
});

test("answers all passed before they left were never given; those the server knows are cleared", () => {
  const first = op("reflection.before", { mood: 3 });
  assert.deepEqual(merged([first], op("reflection.before", {})), { drop: [first.op_id], put: null });
  assert.deepEqual(merged([], op("reflection.before", {})).put.data, {});
  const known = op("reflection.after", { mood: 3, keepsake: "a" }, { base_version: 1 });
  assert.deepEqual(merged([known], op("reflection.after", { keepsake: null })).put.data, { keepsake: null });
});

test("what was attempted is never touched: what follows goes after it", () => {
  for (const kind of ["entry.create", "entry.update", "attendance.put", "reflection.before", "reflection.after"])
    for (const next of ["entry.update", "entry.delete", "attendance.delete", "reflection.before", "reflection.after"]) {
      const then = op(next);
      assert.deepEqual(merged([op(kind, {}, { attempts: 1 })], then), { drop: [], put: then });
    }
});

test("a person sees each note once, as it will be, and not what was taken back", () => {
  const tried = { attempts: 1 };
  const rows = [
    op("entry.create", { mood: 4 }, tried),
    op("entry.create", { mood: 1 }, { ...tried, entity: "other" }),
    op("entry.update", { mood: 2, note: "dehors" }),
    op("entry.delete", {}, { entity: "other" }),
    op("entry.delete", {}, { entity: "on the server" }),
    op("attendance.put", {}, { entity: "w" }),
  ];
  assert.deepEqual(
    folded(rows).map((row) => [row.kind, row.entity, row.data]),
    [
      ["entry.create", "e", { mood: 2, note: "dehors" }],
      ["entry.delete", "on the server", {}],
      ["attendance.put", "w", {}],
    ],
  );
});

test("waiting grows to five minutes at most, and never in step with other phones", () => {
  assert.deepEqual([0, 1, 2, 20].map((n) => backOff(n, () => 1)), [2000, 4000, 8000, 300000]);
  assert.equal(backOff(5, () => 0), 0);
  assert.equal(new Set(Array.from({ length: 20 }, () => backOff(5))).size, 20);
});

const ours = { schema: 1, person_uid: PERSON, results: [] };
for (const [what, answer, expected] of [
  ["an answer of ours", { status: 200, json: ours }, { do: "settle", wait: undefined }],
  ["an answer that stopped early", { status: 200, json: { ...ours, retry_after: 5 } }, { do: "settle", wait: 5 }],
  ["a hotel's page", { status: 200, json: null }, { do: "wait", wait: undefined }],
  ["a hotel's JSON", { status: 200, json: { ok: true } }, { do: "wait", wait: undefined }],
  ["another schema", { status: 200, json: { ...ours, schema: 2 } }, { do: "wait", wait: undefined }],
  ["another person's answer", { status: 200, json: { ...ours, person_uid: "x" } }, { do: "wait", wait: undefined }],
  ["results that are no list", { status: 200, json: { ...ours, results: {} } }, { do: "wait", wait: undefined }],
  ["no answer", { status: 0 }, { do: "wait", wait: undefined }],
  ["400", { status: 400 }, { do: "stop", why: "update" }],
  ["415", { status: 415 }, { do: "stop", why: "update" }],
  ["401", { status: 401 }, { do: "stop", why: "sign_in" }],
  ["403", { status: 403, wait: 9 }, { do: "wait", wait: undefined }],
  ["404", { status: 404 }, { do: "wait", wait: undefined }],
  ["409", { status: 409 }, { do: "stop", why: "other" }],
  ["413", { status: 413 }, { do: "halve" }],
  ["429", { status: 429, wait: 30 }, { do: "wait", wait: 30 }],
  ["429 without a time", { status: 429 }, { do: "wait", wait: undefined }],
  ["500", { status: 500, wait: 9 }, { do: "wait", wait: undefined }],
  ["502", { status: 502 }, { do: "wait", wait: undefined }],
  ["503", { status: 503, wait: 5 }, { do: "wait", wait: 5 }],
  ["504", { status: 504 }, { do: "wait", wait: undefined }],
])
  test(`everything is kept but what is listed: ${what}`, () => assert.deepEqual(reaction(answer, PERSON), expected));

for (const [result, expected] of [
  [{ status: "applied" }, { state: "acked" }],
  [{ status: "applied", superseded: true }, { state: "acked" }],
  [{ status: "applied", warnings: ["a warning of tomorrow"] }, { state: "acked" }],
  [{ status: "applied", warnings: ["future"] }, { state: "conflict", reason: "future" }],
  [{ status: "applied", warnings: ["future", "clock"] }, { state: "conflict", reason: "clock" }],
  [{ status: "applied", warnings: ["declared"] }, { state: "conflict", reason: "declared" }],
  [{ status: "duplicate" }, { state: "acked" }],
  [{ status: "duplicate", reason: "words" }, { state: "conflict", reason: "words" }],
  [{ status: "conflict", reason: "numbers" }, { state: "conflict", reason: "numbers" }],
  [{ status: "invalid", reason: "bad_data" }, { state: "fix", reason: "bad_data" }],
  [{ status: "invalid", reason: "unknown_kind" }, { state: "held" }],
  [{ status: "a word of tomorrow" }, null],
])
  test(`a listed gesture finds its place: ${JSON.stringify(result)}`, () => assert.deepEqual(outcome(result), expected));

test("a conflict is told once", () => {
  assert.deepEqual(outcome({ status: "duplicate", reason: "words" }, true), { state: "acked" });
});

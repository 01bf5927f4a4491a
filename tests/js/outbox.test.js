// Nothing leaves but what was listed; nothing that was attempted changes; one restored server is offered all again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { flush } from "../../static/js/outbox/flusher.js";
import { Outbox } from "../../static/js/outbox/outbox.js";
import { memoryTables } from "../../static/js/outbox/tables.js";

const PERSON = "3f0c9a5e-7b1d-4c2e-8a6f-0b9d1c2e3f4a";
const opened = (tables = memoryTables()) => new Outbox(PERSON, tables).open();
const note = (words, more = {}) => {
  const op_id = crypto.randomUUID();
  return { op_id, kind: "entry.create", entity: op_id, base_version: 0, recorded_at: "2026-03-10T18:02:11Z", data: { mood: 4, note: words }, ...more };
};
const states = async (outbox) => (await outbox.rows()).map(({ state, reason }) => [state, reason].filter(Boolean).join(" "));

// A server that keeps what it is sent, and answers as it is told.
function server(answer = (op) => ({ op_id: op.op_id, status: "applied", version: 1 })) {
  const made = { sent: [], epoch: "one" };
  made.post = async (body) => {
    const { ops, person_uid } = JSON.parse(body);
    made.sent.push(ops);
    const results = ops.map(answer).filter(Boolean);
    return { status: 200, json: { schema: 1, person_uid, server_epoch: made.epoch, results } };
  };
  return made;
}

test("what is here cannot be read without its key, its owner and its name", async () => {
  const tables = memoryTables();
  const outbox = await opened(tables);
  await outbox.save(note("ornithorynque"));
  const [row] = await tables(({ outbox: rows }) => rows.all());
  assert.ok(!Buffer.from(row.box).includes("ornithorynque") && !JSON.stringify(row).includes("ornithorynque"));
  assert.equal((await outbox.rows())[0].data.note, "ornithorynque");
  const another = new Outbox("another", tables);
  await another.open();
  assert.equal((await another.rows())[0].kind, undefined);
  await assert.rejects(outbox.unsealed({ ...row, op_id: "another" }));
  await assert.rejects(crypto.subtle.exportKey("raw", outbox.key));
});

test("each gesture has a number of its own, growing, never used again", async () => {
  const outbox = await opened();
  const first = await outbox.save(note("a"));
  await outbox.save({ ...note("b"), kind: "entry.delete", entity: first.entity });
  await outbox.save(note("c"));
  await outbox.save(note("d"));
  assert.deepEqual((await outbox.rows()).map((row) => row.seq), [2, 3]);
});

test("what was listed has left, and what was not listed stays where it is", async () => {
  const outbox = await opened();
  for (const words of "abc") await outbox.save(note(words));
  const [, second] = await outbox.rows();
  const away = server((op) => op.op_id !== second.op_id && { op_id: op.op_id, status: "applied" });
  const told = [];
  const once = async (body) => (away.sent.length ? { status: 503, wait: 5 } : away.post(body));
  assert.deepEqual(await flush(outbox, { post: once, told: (ids) => told.push(...ids) }), { do: "wait", wait: 5 });
  assert.deepEqual((await outbox.rows()).map((row) => row.op_id), [second.op_id]);
  assert.equal(told.length, 2);
});

for (const answer of [{ status: 0 }, { status: 200, json: null }, { status: 200, json: { results: [] } }, ...[400, 401, 403, 404, 409, 413, 415, 429, 500, 502, 503, 504].map((status) => ({ status }))])
  test(`a queue of three stays three: ${JSON.stringify(answer)}`, async () => {
    const outbox = await opened();
    for (const words of "abc") await outbox.save(note(words));
    await flush(outbox, { post: async () => answer });
    assert.equal((await outbox.rows()).length, 3);
    assert.deepEqual(await states(outbox), answer.status === 413 ? ["fix too_large", "fix too_large", "fix too_large"] : ["waiting", "waiting", "waiting"]);
  });

test("one note too large waits to be corrected, and the others pass", async () => {
  const outbox = await opened();
  for (const words of ["a", "large", "c"]) await outbox.save(note(words));
  const away = server();
  const post = async (body) => (body.includes("large") ? { status: 413 } : away.post(body));
  assert.deepEqual(await flush(outbox, { post }), { do: "rest" });
  assert.deepEqual(await states(outbox), ["fix too_large"]);
});

test("what changes while a batch is leaving is not lost: it goes after it", async () => {
  const outbox = await opened();
  const first = await outbox.save(note("before"));
  const away = server();
  const post = async (body) => {
    if (!away.sent.length) {
      await outbox.save({ ...note("after"), kind: "entry.update", entity: first.entity });
      await outbox.save(first); // a trembling finger
    }
    return away.post(body);
  };
  assert.deepEqual(await flush(outbox, { post }), { do: "rest" });
  assert.deepEqual(away.sent.flat().map((op) => [op.kind, op.data.note]), [["entry.create", "before"], ["entry.update", "after"]]);
});

test("what changes just before a batch is marked leaves as it then is", async () => {
  const outbox = await opened();
  const first = await outbox.save(note("before"));
  const waiting = outbox.waiting.bind(outbox);
  outbox.waiting = async () => {
    const seen = await waiting();
    if (seen.length) await outbox.save({ ...note("after"), kind: "entry.update", entity: first.entity });
    outbox.waiting = waiting;
    return seen;
  };
  const away = server();
  await flush(outbox, { post: away.post });
  assert.deepEqual(away.sent.flat().map((op) => [op.kind, op.data.note]), [["entry.create", "after"]]);
  assert.deepEqual(await outbox.rows(), []);
});

test("a gesture that its form has tried already is sent as it was, whatever follows", async () => {
  const outbox = await opened();
  const first = await outbox.save(note("tried"), 1);
  await outbox.save({ ...note("changed"), kind: "entry.update", entity: first.entity });
  assert.deepEqual((await outbox.rows()).map((row) => row.data.note), ["tried", "changed"]);
});

// A device without a byte left: a transaction that would write anything does nothing, one that only deletes is done.
function fullTables(tables) {
  const refuse = async () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const filled = (acts) =>
    tables(async (all) => {
      const gone = [];
      const of = (table) => ({ ...table, put: refuse, delete: async (key) => gone.push(() => table.delete(key)) });
      const made = await acts(Object.fromEntries(Object.entries(all).map(([name, table]) => [name, of(table)])));
      for (const go of gone) await go();
      return made;
    });
  return Object.assign(filled, { memory: true });
}

test("a full device opens what waits, sends it, and lets go of what was listed", async () => {
  const tables = memoryTables();
  const first = await (await opened(tables)).save(note("a"));
  const outbox = await opened(fullTables(tables));
  const away = server();
  assert.deepEqual(await flush(outbox, { post: away.post }), { do: "rest" });
  assert.deepEqual(away.sent.flat().map((op) => op.op_id), [first.op_id]);
  assert.deepEqual(await outbox.rows(), []);
});

test("what a full device could not write down as sent is not taken back as if it had never been", async () => {
  const tables = memoryTables();
  const first = await (await opened(tables)).save(note("a"));
  const outbox = await opened(fullTables(tables));
  await flush(outbox, { post: async () => ({ status: 0 }) });
  await assert.rejects(outbox.save({ ...note("b"), kind: "entry.delete", entity: first.entity }), { name: "QuotaExceededError" });
  assert.equal((await outbox.rows()).length, 1);
});

test("a full device does not ask again and again about what it cannot write down", async () => {
  const tables = memoryTables();
  await (await opened(tables)).save(note("a"));
  const outbox = await opened(fullTables(tables));
  const away = server((op) => ({ op_id: op.op_id, status: "conflict", reason: "words", copy_id: "k" }));
  assert.deepEqual(await flush(outbox, { post: away.post }), { do: "wait" });
  assert.equal(away.sent.length, 1);
  assert.deepEqual(await states(outbox), ["waiting"]);
});

test("a conflict is told once, then it is put away; what must be corrected stays until its owner decides", async () => {
  const outbox = await opened();
  for (const words of "ab") await outbox.save(note(words));
  const [first] = await outbox.rows();
  const away = server((op) => ({ op_id: op.op_id, ...(op.op_id === first.op_id ? { status: "conflict", reason: "words", copy_id: "k" } : { status: "invalid", reason: "local_date" }) }));
  assert.deepEqual(await flush(outbox, { post: away.post }), { do: "rest" });
  assert.deepEqual(await states(outbox), ["conflict words", "fix local_date"]);
  for (const row of await outbox.rows()) await outbox.putAway(row.op_id);
  assert.deepEqual(await outbox.rows(), []);
  assert.deepEqual((await outbox.tables(({ acked }) => acked.all())).map((row) => row.op_id), [first.op_id]);
});

test("a kind that the server does not know waits for another server, and holds nobody up", async () => {
  const outbox = await opened();
  await outbox.save({ ...note("before"), kind: "reflection.before", entity: "w" });
  await outbox.save(note("b"));
  let knows = false;
  const away = server((op) => ({ op_id: op.op_id, ...(knows || op.kind === "entry.create" ? { status: "applied" } : { status: "invalid", reason: "unknown_kind" }) }));
  assert.deepEqual(await flush(outbox, { post: away.post }), { do: "rest" });
  assert.deepEqual(await flush(outbox, { post: away.post }), { do: "rest" });
  assert.deepEqual(await states(outbox), ["waiting"]);
  assert.equal(away.sent.length, 1);
  knows = true;
  await outbox.keepSnapshot({ schema: 2, server_epoch: "one" });
  await flush(outbox, { post: away.post });
  assert.deepEqual(await outbox.rows(), []);
});

test("a restored server is offered again what it had acknowledged, once, and its epoch is kept when it has it all", async () => {
  const outbox = await opened();
  const away = server();
  for (const words of "abc") await outbox.save(note(words));
  await flush(outbox, { post: away.post });
  away.epoch = "two";
  await outbox.save(note("d"));
  await flush(outbox, { post: away.post });
  assert.deepEqual(away.sent.map((ops) => ops.map((op) => op.data.note).join("")), ["abc", "d", "abcd"]);
  assert.deepEqual(await outbox.rows(), []);
  assert.equal(await outbox.meta("server_epoch"), "two");
  await outbox.save(note("e"));
  await flush(outbox, { post: away.post });
  assert.equal(away.sent.length, 4);
});

test("a restored server is offered again what it had answered and nobody has seen yet", async () => {
  const outbox = await opened();
  const first = await outbox.save(note("a"));
  const away = server((op) => ({ op_id: op.op_id, ...(away.epoch === "one" ? { status: "conflict", reason: "words" } : { status: "applied" }) }));
  await flush(outbox, { post: away.post });
  away.epoch = "two";
  await outbox.keepSnapshot({ schema: 1, server_epoch: "two" });
  assert.deepEqual(await states(outbox), ["waiting words"]);
  assert.deepEqual(await flush(outbox, { post: away.post }), { do: "rest" });
  assert.deepEqual(away.sent.map((ops) => ops.map((op) => op.op_id)), [[first.op_id], [first.op_id]]);
  assert.equal(await outbox.meta("server_epoch"), "two");
});

test("a server restored a second time, before the first was done with, is offered all of it as well", async () => {
  const outbox = await opened();
  const away = server();
  for (const words of "abc") await outbox.save(note(words));
  await flush(outbox, { post: away.post });
  await outbox.keepSnapshot({ schema: 1, server_epoch: "two" });
  away.epoch = "two";
  const [first] = await outbox.attempt(await outbox.waiting());
  await outbox.settle([first], { results: [{ op_id: first.op_id, status: "applied" }], server_epoch: "two" });
  assert.equal(await outbox.meta("server_epoch"), "one");
  away.epoch = "three";
  await flush(outbox, { post: away.post });
  assert.equal(new Set(away.sent.slice(1).flat().map((op) => op.data.note)).size, 3);
  assert.deepEqual(await outbox.rows(), []);
  assert.equal(await outbox.meta("server_epoch"), "three");
});

test("what it had told already and knows still is told once it is seen, and not before", async () => {
  const outbox = await opened();
  await outbox.save(note("a"));
  const away = server((op) => ({ op_id: op.op_id, status: away.sent.length > 1 ? "duplicate" : "conflict", reason: "words" }));
  await flush(outbox, { post: away.post });
  away.epoch = "two";
  await outbox.keepSnapshot({ schema: 1, server_epoch: "two" });
  await flush(outbox, { post: away.post });
  assert.deepEqual(await states(outbox), ["conflict words"]);
});

test("what went by itself is offered again to a restored server, in its place among the others", async () => {
  const outbox = await opened();
  const away = server();
  await outbox.save(note("a"));
  await flush(outbox, { post: away.post });
  await outbox.wentByItself(note("b"));
  await outbox.save(note("c"));
  await flush(outbox, { post: away.post });
  assert.deepEqual(await outbox.rows(), []);
  away.epoch = "two";
  await outbox.keepSnapshot({ schema: 1, server_epoch: "two" });
  await flush(outbox, { post: away.post });
  assert.equal(away.sent.at(-1).map((op) => op.data.note).join(""), "abc");
  assert.deepEqual(await outbox.rows(), []);
});

test("of a note that was deleted, nothing but its deletion is kept to be offered again", async () => {
  const outbox = await opened();
  const away = server();
  const queued = await outbox.save(note("a"));
  await flush(outbox, { post: away.post });
  const direct = note("b");
  await outbox.wentByItself(direct);
  await outbox.wentByItself({ ...note(""), kind: "entry.delete", entity: queued.entity, data: {} });
  await outbox.save({ ...note(""), kind: "entry.delete", entity: direct.entity, data: {} });
  await flush(outbox, { post: away.post });
  assert.deepEqual((await outbox.sentSince(0)).map((row) => row.kind), ["entry.delete", "entry.delete"]);
});

test("what was acknowledged is kept fourteen days, and what waits for ever", async () => {
  const outbox = await opened();
  const now = Date.now();
  const [first, second] = [await outbox.save(note("a")), await outbox.save(note("b"))];
  await outbox.settle([first], { results: [{ op_id: first.op_id, status: "applied" }] }, now - 15 * 86400000);
  await outbox.settle([second], { results: [] }, now);
  assert.deepEqual(await outbox.tables(({ acked }) => acked.all()), []);
  assert.equal((await outbox.rows()).length, 1);
});

test("only what was sent may be listed: another's answer moves nothing", async () => {
  const outbox = await opened();
  const [first, second] = [await outbox.save(note("a")), await outbox.save(note("b"))];
  await outbox.settle([first], { results: [{ op_id: second.op_id, status: "applied" }, { op_id: "x", status: "applied" }] });
  assert.equal((await outbox.rows()).length, 2);
});

test("what the page without network shows is kept like the notes", async () => {
  const outbox = await opened();
  assert.deepEqual(await outbox.snapshot(), { at: 0 });
  await outbox.keepSnapshot({ schema: 1, server_epoch: "one", workshops: [{ id: "w", group: "ornithorynque" }] });
  assert.equal((await outbox.snapshot()).workshops[0].group, "ornithorynque");
  assert.ok(!Buffer.from((await outbox.tables(({ snapshot }) => snapshot.get("now"))).box).includes("ornithorynque"));
});

test("without locks one flusher holds a lease of thirty seconds, and a clock that was ahead holds nobody up", async () => {
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  const tables = Object.assign(memoryTables(), { memory: false });
  const outbox = await opened(tables);
  await outbox.save(note("a"));
  const away = server();
  for (const [until, sends] of [[Date.now() + 20000, 0], [Date.now() + 365 * 86400000, 1]]) {
    await outbox.meta("flush_lease", () => ({ owner: "another", until }));
    await flush(outbox, { post: away.post });
    assert.equal(away.sent.length, sends);
  }
});

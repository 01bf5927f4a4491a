// Sends what waits, in order, one batch after another, one flusher at a time in all the tabs and the worker. Two at
// once would still double nothing: the server tells a gesture it has met.
import { RELEASE } from "./outbox.js";
import { BYTES, LAST_BYTES, MOST, batchOf, reaction } from "./rules.js";

const PATIENCE = 30000;
const WIRE = ["op_id", "seq", "kind", "entity", "base_version", "recorded_at", "data"];

// Resolves to `{do: "rest"}` when nothing is left to send, to what stopped it, or to nothing if another is at it.
// `told(ids)` hears of each batch that was listed. `last`: the page is closing, one small batch may still leave.
export async function flush(outbox, { told = () => {}, last = false, post = posted } = {}) {
  return alone(outbox, async () => {
    if ((await outbox.meta("refused_by")) === RELEASE) return { do: "stop", why: "update" };
    let most = MOST;
    for (;;) {
      const chosen = batchOf((await outbox.waiting()).map(onTheWire), most, last ? LAST_BYTES : BYTES);
      if (!chosen.length) return { do: "rest" };
      const batch = await outbox.attempt(chosen);
      if (!batch.length) continue; // they were taken back meanwhile
      const answer = await post(envelope(outbox, batch), last);
      const next = reaction(answer, outbox.person);
      if (next.do === "halve") {
        if (batch.length > 1) most = batch.length >> 1;
        else await outbox.settle(batch, { results: [{ ...batch[0], status: "invalid", reason: "too_large" }] });
      } else if (next.do === "settle") {
        const sent = await outbox.settle(batch, answer.json);
        told(sent);
        if (outbox.full && !sent.length) return { do: "wait" };
        most = MOST;
        const dealtWith = new Set(answer.json.results.map((result) => result.op_id));
        if (last || next.wait || !batch.some((op) => dealtWith.has(op.op_id))) return { do: "wait", wait: next.wait };
      } else {
        // The fault is ours: this release does not try again.
        if (next.why === "update") await outbox.meta("refused_by", () => RELEASE);
        return next;
      }
    }
  });
}

const onTheWire = (row) => Object.fromEntries(WIRE.map((name) => [name, row[name]]));

function envelope({ person, device_id }, ops) {
  return JSON.stringify({ schema: 1, person_uid: person, device_id, sent_at: new Date().toISOString(), ops });
}

// The answer as values: no answer at all is a status of 0.
async function posted(body, keepalive) {
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), PATIENCE);
  try {
    const headers = { "Content-Type": "application/json" };
    const asked = { method: "POST", body, headers, redirect: "error", credentials: "same-origin", keepalive };
    const answer = await fetch("/sync", { ...asked, signal: ended.signal });
    const ours = answer.headers.get("Content-Type")?.startsWith("application/json");
    const wait = Number(answer.headers.get("Retry-After")) || undefined;
    return { status: answer.status, wait, json: ours ? await answer.json() : null };
  } catch {
    return { status: 0 };
  } finally {
    clearTimeout(timer);
  }
}

async function alone(outbox, work) {
  if (outbox.memory) return work();
  if (navigator.locks) {
    const name = `fil-flush-${outbox.person}`;
    return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
  }
  // One that ends later than any lease may was taken by a clock that was ahead.
  const free = (lease) => !(lease?.until > Date.now() && lease.until <= Date.now() + PATIENCE);
  const lease = { owner: crypto.randomUUID(), until: Date.now() + PATIENCE };
  if (!free(await outbox.meta("flush_lease", (held) => (free(held) ? lease : held)))) return undefined;
  try {
    return await work();
  } finally {
    await outbox.meta("flush_lease", () => null);
  }
}

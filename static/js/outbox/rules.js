// What is decided about gestures that wait, from values alone: how many leave together, what replaces what
// before it leaves, how long to wait, and what an answer of the server means. No page, no storage: Node tries it.

export const MOST = 50;
export const BYTES = 262144;
export const LAST_BYTES = 61440; // what may still leave while a page is being closed
const ENVELOPE = 300;

// The first gestures by `seq` that fit into one request; one alone always goes, and the server says if it is too large.
export function batchOf(ops, most = MOST, bytes = BYTES) {
  const first = [...ops].sort((a, b) => a.seq - b.seq).slice(0, most);
  let room = bytes - ENVELOPE;
  const tooMany = first.findIndex((op) => (room -= new TextEncoder().encode(JSON.stringify(op)).length + 1) < 0);
  return tooMany < 0 ? first : first.slice(0, tooMany || 1);
}

// What becomes of a gesture beside those that wait. One that was never attempted may be replaced or annulled; one that
// was attempted is never touched, for the server may already have it. Returns the ids to drop and the op to put.
export function merged(waiting, op) {
  const last = waiting.filter((one) => one.entity === op.entity && noun(one) === noun(op)).at(-1);
  const asItIs = { drop: [], put: op };
  if (!last || last.attempts) return asItIs;
  const drop = [last.op_id];
  // Words of which nothing more is said stay as they were.
  const words = Object.entries(last.data).filter(([name]) => name === "note" || name === "keepsake");
  const data = { ...Object.fromEntries(words), ...op.data };
  switch (`${last.kind} ${op.kind}`) {
    case "entry.create entry.update":
      return { drop: [], put: { ...last, data } };
    case "entry.update entry.update":
      return { drop, put: { ...op, data, base_version: last.base_version } };
    case "entry.update entry.delete":
      return { drop, put: { ...op, base_version: last.base_version } };
    case "entry.create entry.delete":
    case "attendance.put attendance.delete":
    case "attendance.delete attendance.put":
      return { drop, put: null };
    case "entry.delete entry.delete":
    case "attendance.delete attendance.delete":
      return { drop: [], put: null };
    case "reflection.before reflection.before":
    case "reflection.after reflection.after":
      // Cleared before it left: nothing was ever said.
      if (!last.base_version && !Object.values(data).some(Boolean)) return { drop, put: null };
      return { drop, put: { ...op, data, base_version: last.base_version } };
    case "attendance.put attendance.put":
      return last.data.how === "code" ? { drop: [], put: null } : { drop, put: op };
  }
  return asItIs;
}

// What a gesture is about, beside its entity: before and after are two things of one workshop.
const noun = ({ kind }) => (kind.startsWith("reflection") ? kind : kind.split(".")[0]);

// What waits as a person sees it: one line for each note, as it will be; none for what was taken back before it left.
export function folded(rows) {
  const seen = new Map();
  for (const row of rows) {
    const before = seen.get(noun(row) + row.entity);
    const taken = row.kind.endsWith(".delete") && (before?.kind === "entry.create" || before?.kind === "attendance.put");
    const kind = before?.kind === "entry.create" ? before.kind : row.kind;
    seen.set(noun(row) + row.entity, { ...row, kind, taken, data: { ...before?.data, ...row.data } });
  }
  return [...seen.values()].filter((row) => !row.taken);
}

// Milliseconds before the next try, after n that failed in a row.
export function backOff(n, random = Math.random) {
  return random() * Math.min(300, 2 * 2 ** n) * 1000;
}

// What an answer means: `settle` what it lists, `wait` and keep all, `halve` the batch, or `stop` until something
// changes. Whatever is not exactly ours counts as no network: a hotel's page says 200 too.
export function reaction({ status, json, wait }, person) {
  if (status === 200 && json?.schema === 1 && json.person_uid === person && Array.isArray(json.results))
    return { do: "settle", wait: json.retry_after };
  if (status === 400 || status === 415) return { do: "stop", why: "update" };
  if (status === 401) return { do: "stop", why: "sign_in" };
  if (status === 409) return { do: "stop", why: "other" };
  if (status === 413) return { do: "halve" };
  return { do: "wait", wait: status === 429 || status === 503 ? wait : undefined };
}

// The first of these that an answer names: a clock that is wrong explains a date that lies ahead.
const TOLD = ["declared", "clock", "future"];

// Where a listed gesture goes: `acked`, `conflict` (to be seen once), `fix` (the person decides), `held` (a kind that
// the server does not know yet), or nowhere, for a word that we do not know.
export function outcome({ status, reason, warnings = [] }, told = false) {
  if (status === "invalid") return reason === "unknown_kind" ? { state: "held" } : { state: "fix", reason };
  const say = reason ?? TOLD.find((warning) => warnings.includes(warning));
  if (status === "conflict" || ((status === "applied" || status === "duplicate") && say && !told))
    return { state: "conflict", reason: say };
  return status === "applied" || status === "duplicate" ? { state: "acked" } : null;
}

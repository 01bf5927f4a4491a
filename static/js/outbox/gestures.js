// From a form of ours to the gesture it makes, by the address it posts to. Without a page: the
// fields are what a form would send, `said` what the page says of the thing, `now` the device's clock.

const ADDRESSES = [
  [/^\/journal$/, "entry.create"],
  [/^\/journal\/entries\/([0-9a-f]{32})$/, "entry.update"],
  [/^\/journal\/entries\/([0-9a-f]{32})\/deletion$/, "entry.delete"],
  [/^\/workshops\/([\w-]+)\/attendance$/, "attendance.put"],
  [/^\/workshops\/([\w-]+)\/attendance\/end$/, "attendance.delete"],
  [/^\/c\/([^/]+)$/, "attendance.put"],
  [/^\/workshops\/([\w-]+)\/before$/, "reflection.before"],
  [/^\/workshops\/([\w-]+)\/after$/, "reflection.after"],
];
const QUESTIONS = ["mood", "calm", "interaction", "cooperation", "exchange", "safety", "return", "belong", "size"];

// The op without its `seq`, or null for a form that is none: settings, keys and erasure need the server.
export function gestureOf(path, fields, said = {}, now = new Date()) {
  const [address, kind] = ADDRESSES.find(([pattern]) => pattern.test(path)) ?? [];
  if (!kind || fields.has("skip")) return null;
  const op_id = fields.get("op_id") || crypto.randomUUID();
  const named = path.match(address)[1];
  const made = { op_id, kind, base_version: Number(said.version || 0), recorded_at: now.toISOString(), data: {} };
  if (kind === "attendance.delete") return { ...made, entity: named };
  if (kind === "attendance.put") {
    const code = path.startsWith("/c/") && decodeURIComponent(named).toUpperCase().replace(/[\s-]/g, "");
    const entity = code ? said.workshop : named;
    return entity ? { ...made, entity, data: code ? { how: "code", code } : { how: "declared" } } : null;
  }
  if (kind.startsWith("reflection")) return { ...made, entity: named, data: answers(fields, said.words) };
  if (kind === "entry.delete") return { ...made, entity: dashed(named) };
  const feltAt = kind === "entry.update" ? said.feltAt : wallClock(momentOf(fields, now));
  if (!feltAt || !fields.get("mood")) return null;
  return { ...made, entity: named ? dashed(named) : op_id, data: feeling(fields, feltAt) };
}

function feeling(fields, feltAt) {
  const level = (name) => Number(fields.get(name)) || null;
  const data = {
    mood: level("mood"),
    energy: level("energy"),
    calm: level("calm"),
    emotions: fields.getAll("emotions"),
    felt_at: feltAt,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC",
    local_date: localDate(feltAt),
  };
  // An absent key leaves the words alone, null removes them.
  if (fields.has("note")) data.note = wordsOf(fields.get("note"));
  return data;
}

// What is passed is left out; and nothing is said of words where there were none and none are: `before` stood there.
function answers(fields, before) {
  const data = {};
  for (const name of QUESTIONS) if (fields.get(name)) data[name] = Number(fields.get(name));
  const words = wordsOf(fields.get("keepsake") ?? "");
  if (fields.has("keepsake") && (words || before !== "")) data.keepsake = words;
  return data;
}

const wordsOf = (text) => (text.trim() ? text.replace(/\r\n/g, "\n") : null);

// What the person makes of a note that was refused: a new gesture. Words for an entry that was deleted elsewhere, and a
// creation whose name was taken, become an entry of their own.
export function corrected(row, fields, now = new Date()) {
  const op_id = crypto.randomUUID();
  const before = row.data.felt_at ?? wallClock(new Date(row.recorded_at));
  const same = fields.get("day") === before.slice(0, 10) && fields.get("time") === before.slice(11, 16);
  const feltAt = same ? before : wallClock(new Date(`${fields.get("day")}T${fields.get("time") || "12:00"}`));
  const update = row.kind === "entry.update";
  const data = { ...feeling(fields, feltAt), energy: row.data.energy ?? null, calm: row.data.calm ?? null };
  return {
    op_id,
    kind: update ? row.kind : "entry.create",
    entity: update ? row.entity : op_id,
    base_version: row.base_version,
    recorded_at: now.toISOString(),
    data: { ...data, emotions: row.data.emotions ?? [] },
  };
}

// A day of the journal runs from four to four: an hour of the small night is on the next date of the wall calendar.
function momentOf(fields, now) {
  const [day, hour] = [fields.get("day"), fields.get("time")];
  if (!day) return now;
  return new Date(`${hour && hour < "04:00" ? moved(day, 1) : day}T${hour || "12:00"}`);
}

// The device's wall clock with its offset: `2026-03-10T19:02:11+01:00`.
export function wallClock(at) {
  const ahead = -at.getTimezoneOffset();
  const two = (n) => String(Math.floor(n)).padStart(2, "0");
  const wall = new Date(at.getTime() + ahead * 60000).toISOString().slice(0, 19);
  return `${wall}${ahead < 0 ? "-" : "+"}${two(Math.abs(ahead) / 60)}:${two(Math.abs(ahead) % 60)}`;
}

// The date of that wall clock, or the day before if its hour is below four: from the string alone.
export function localDate(feltAt) {
  const day = feltAt.slice(0, 10);
  return feltAt.slice(11, 13) < "04" ? moved(day, -1) : day;
}

const moved = (day, by) => new Date(Date.parse(day) + by * 86400000).toISOString().slice(0, 10);
const dashed = (hex) => hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");

// Which workshops a phone shows in a basement, and what a correction becomes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { corrected } from "../../static/js/outbox/gestures.js";
import { nearest, withPresence } from "../../static/js/outbox/offline.js";

const NOW = Date.parse("2026-03-11T18:00:00Z");
const HOUR = 3600000;
const meeting = (hours, more = {}) => ({
  id: `${hours}`,
  starts_at: new Date(NOW + hours * HOUR).toISOString(),
  ends_at: new Date(NOW + (hours + 1.5) * HOUR).toISOString(),
  cancelled: false,
  attendance: 0,
  ...more,
});
const shown = (...meetings) => nearest(meetings, NOW).map(({ id, state }) => `${id} ${state}`);

test("the one that is about to begin comes first, then the next, then those one may still have been at", () => {
  assert.deepEqual(shown(meeting(-200), meeting(-24), meeting(0.5), meeting(30), meeting(60)), [
    "0.5 now",
    "-24 now",
    "30 next",
    "-200 was",
  ]);
});

test("a code is open from an hour before to a day after, and being there can be said for fourteen days", () => {
  assert.deepEqual(shown(meeting(0.99)), ["0.99 now"]);
  assert.deepEqual(shown(meeting(1.01)), ["1.01 next"]);
  assert.deepEqual(shown(meeting(-25)), ["-25 now"]);
  assert.deepEqual(shown(meeting(-26)), ["-26 was"]);
  assert.deepEqual(shown(meeting(-14 * 24)), ["-336 was"]);
  assert.deepEqual(shown(meeting(-14 * 24 - 2)), []);
});

test("a cancelled one says so, and one already noted is not asked about again", () => {
  assert.deepEqual(shown(meeting(0.5, { cancelled: true })), ["0.5 cancelled"]);
  assert.deepEqual(shown(meeting(-40, { there: true }), meeting(-60, { cancelled: true })), []);
});

test("who was there is what this phone said last, and else what the server knew, taken back or not", () => {
  const of = (more, ...kinds) => {
    const rows = kinds.map((kind) => ({ kind, entity: "w", state: "waiting", data: kind === "reflection.after" ? { mood: 3 } : {} }));
    const { there, waits } = withPresence({ id: "w", attendance: 0, ...more }, [{ ...rows[0], kind: "attendance.put", entity: "other" }, ...rows]);
    return [there, waits];
  };
  assert.deepEqual(of({ there: true }), [true, false]);
  assert.deepEqual(of({ there: false, attendance: 2 }), [false, false]);
  assert.deepEqual(of({ attendance: 1 }), [true, false]); // a snapshot of an older release
  assert.deepEqual(of({ there: true }, "attendance.delete"), [false, true]);
  assert.deepEqual(of({ there: false }, "attendance.delete", "attendance.put"), [true, true]);
  assert.deepEqual(of({ there: false }, "reflection.after"), [true, true]);
  assert.deepEqual(of({ there: false }, "reflection.after", "attendance.delete"), [false, true]);
  assert.deepEqual(of({ there: false }, "reflection.before"), [false, false]);
  const passed = { kind: "reflection.after", entity: "w", state: "waiting", data: { keepsake: null } };
  assert.equal(withPresence({ id: "w", there: false }, [passed]).there, false);
});

const answers = (given) => {
  const fields = new FormData();
  for (const [name, value] of Object.entries(given)) fields.append(name, value);
  return fields;
};
const refused = (kind, more = {}) => ({
  op_id: "old",
  kind,
  entity: "old",
  base_version: 2,
  recorded_at: "2026-03-11T18:00:00Z",
  data: { mood: 2, energy: 3, emotions: ["joy"], felt_at: "2026-03-11T19:00:00+01:00", note: "a" },
  ...more,
});

test("a correction is a new gesture: a new note for a creation, a new change for a change", () => {
  const typed = answers({ mood: "4", day: "2026-03-11", time: "19:00", note: "b" });
  const made = corrected(refused("entry.create"), typed);
  assert.equal(made.entity, made.op_id);
  assert.notEqual(made.op_id, "old");
  assert.deepEqual([made.data.mood, made.data.energy, made.data.emotions, made.data.note], [4, 3, ["joy"], "b"]);
  assert.equal(made.data.felt_at, "2026-03-11T19:00:00+01:00");
  const change = corrected(refused("entry.update"), typed);
  assert.deepEqual([change.kind, change.entity, change.base_version], ["entry.update", "old", 2]);
});

test("words of a note deleted elsewhere become a note of their own, and another day is another day", () => {
  const typed = answers({ mood: "4", day: "2026-03-09", time: "", note: "b" });
  const made = corrected(refused("note.put", { data: { note: "b" } }), typed);
  assert.equal(made.kind, "entry.create");
  assert.deepEqual([made.data.local_date, made.data.note], ["2026-03-09", "b"]);
});

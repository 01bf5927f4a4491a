// From a form to a gesture, and from a clock to the day it belongs to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gestureOf, localDate, wallClock } from "../../static/js/outbox/gestures.js";

const HEX = "9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d";
const DASHED = "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d";
const fields = (given) => {
  const made = new FormData();
  for (const [name, value] of Object.entries(given)) for (const one of [value].flat()) made.append(name, one);
  return made;
};
const inZone = (zone, act) => {
  const before = process.env.TZ;
  process.env.TZ = zone;
  try {
    return act();
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
};

test("one tap is a note that bears the name its form had, and says when and where it was felt", () => {
  inZone("Europe/Paris", () => {
    const now = new Date("2026-03-10T18:02:11Z");
    const op = gestureOf("/journal", fields({ op_id: DASHED, mood: "4" }), {}, now);
    assert.deepEqual([op.op_id, op.entity, op.kind, op.base_version], [DASHED, DASHED, "entry.create", 0]);
    assert.equal(op.recorded_at, "2026-03-10T18:02:11.000Z");
    assert.equal(op.data.felt_at, "2026-03-10T19:02:11+01:00");
    assert.equal(op.data.local_date, "2026-03-10");
    assert.deepEqual([op.data.mood, op.data.energy, op.data.calm, op.data.emotions], [4, null, null, []]);
    assert.ok(!("note" in op.data));
  });
});

test("what is added later is complete, and keeps the moment and the version that the page knows", () => {
  const added = fields({ mood: "4", energy: "3", calm: "", emotions: ["joy", "calmness"], note: "a\r\nb" });
  const op = gestureOf(`/journal/entries/${HEX}`, added, { feltAt: "2026-03-10T02:02:11+01:00", version: "2" });
  assert.deepEqual([op.kind, op.entity, op.base_version], ["entry.update", DASHED, 2]);
  assert.notEqual(op.op_id, DASHED);
  assert.deepEqual([op.data.mood, op.data.energy, op.data.calm, op.data.emotions], [4, 3, null, ["joy", "calmness"]]);
  assert.deepEqual([op.data.note, op.data.local_date], ["a\nb", "2026-03-09"]);
  const emptied = gestureOf(`/journal/entries/${HEX}`, fields({ mood: "4", note: " " }), { feltAt: op.data.felt_at });
  assert.equal(emptied.data.note, null);
});

test("a page that does not say when the note was felt is left to the network", () => {
  assert.equal(gestureOf(`/journal/entries/${HEX}`, fields({ mood: "4" })), null);
});

test("a day chosen without an hour is its noon, and an hour of the small night stays on that day", () => {
  inZone("Europe/Paris", () => {
    const noon = gestureOf("/journal", fields({ mood: "1", day: "2026-03-28", time: "" }));
    assert.equal(noon.data.felt_at, "2026-03-28T12:00:00+01:00");
    const night = gestureOf("/journal", fields({ mood: "1", day: "2026-03-28", time: "03:30" }));
    assert.equal(night.data.felt_at, "2026-03-29T03:30:00+02:00");
    assert.equal(night.data.local_date, "2026-03-28");
  });
});

test("being there, by one's word or by the code of the day, and taking it back", () => {
  const there = gestureOf("/workshops/w7K2/attendance", fields({}));
  assert.deepEqual([there.kind, there.entity, there.data], ["attendance.put", "w7K2", { how: "declared" }]);
  const back = gestureOf("/workshops/w7K2/attendance/end", fields({}));
  assert.deepEqual([back.kind, back.entity, back.data], ["attendance.delete", "w7K2", {}]);
  const code = gestureOf("/c/8h2k-qx4t", fields({}), { workshop: "w7K2" });
  assert.deepEqual([code.entity, code.data], ["w7K2", { how: "code", code: "8H2KQX4T" }]);
  assert.equal(gestureOf("/c/8h2kqx4t", fields({})), null);
});

test("before and after a workshop: what is passed is left out, and silence says nothing of words that were never there", () => {
  const before = gestureOf("/workshops/w7K2/before", fields({ op_id: DASHED, next: "/", mood: "3", calm: "" }), { version: "2" });
  assert.deepEqual([before.op_id, before.kind, before.entity, before.base_version], [DASHED, "reflection.before", "w7K2", 2]);
  assert.deepEqual(before.data, { mood: 3 });
  const all = { mood: "4", calm: "4", interaction: "5", cooperation: "4", exchange: "4", safety: "5", return: "5", size: "2" };
  const after = (keepsake, words) => gestureOf("/workshops/w7K2/after", fields({ ...all, keepsake }), { words }).data;
  const { keepsake, ...levels } = after("le rythme\r\nà deux", "");
  assert.equal(keepsake, "le rythme\nà deux");
  assert.deepEqual(levels, { mood: 4, calm: 4, interaction: 5, cooperation: 4, exchange: 4, safety: 5, return: 5, size: 2 });
  assert.ok(!("keepsake" in after(" ", "")));
  assert.equal(after("", "le rythme").keepsake, null);
  assert.ok(!("keepsake" in gestureOf("/workshops/w7K2/after", fields(all)).data)); // words that cannot be read have no field
});

test("taking a note back, and what is never kept for later", () => {
  const back = gestureOf(`/journal/entries/${HEX}/deletion`, fields({}), { version: "3" });
  assert.deepEqual([back.kind, back.entity, back.base_version, back.data], ["entry.delete", DASHED, 3, {}]);
  for (const path of ["/settings/choices", "/sign-out", "/settings/erase", "/journal/entries/x/date", "/join"])
    assert.equal(gestureOf(path, fields({ mood: "3" })), null);
  assert.equal(gestureOf("/journal", fields({ skip: "1" })), null);
});

for (const [zone, instant, wall, day] of [
  ["Europe/Paris", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00+01:00", "2026-03-28"],
  ["Europe/Paris", "2026-03-29T01:30:00Z", "2026-03-29T03:30:00+02:00", "2026-03-28"],
  ["Europe/Paris", "2026-03-29T02:00:00Z", "2026-03-29T04:00:00+02:00", "2026-03-29"],
  ["Europe/Paris", "2026-10-25T00:30:00Z", "2026-10-25T02:30:00+02:00", "2026-10-24"],
  ["Europe/Paris", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00+01:00", "2026-10-24"],
  ["Europe/Paris", "2026-12-31T22:59:00Z", "2026-12-31T23:59:00+01:00", "2026-12-31"],
  ["Europe/Paris", "2026-12-31T23:30:00Z", "2027-01-01T00:30:00+01:00", "2026-12-31"],
  ["Pacific/Kiritimati", "2026-03-09T22:00:00Z", "2026-03-10T12:00:00+14:00", "2026-03-10"],
  ["Pacific/Pago_Pago", "2026-03-10T22:00:00Z", "2026-03-10T11:00:00-11:00", "2026-03-10"],
  ["Asia/Kolkata", "2026-03-10T22:00:00Z", "2026-03-11T03:30:00+05:30", "2026-03-10"],
  ["America/St_Johns", "2026-01-10T22:00:00Z", "2026-01-10T18:30:00-03:30", "2026-01-10"],
])
  test(`a day starts at four, where one is: ${instant} in ${zone}`, () =>
    inZone(zone, () => {
      assert.equal(wallClock(new Date(instant)), wall);
      assert.equal(localDate(wall), day);
    }));

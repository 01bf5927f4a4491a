// When a phone without network asks about before and after, and what it does with what was answered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { questions } from "../../static/js/outbox/asking.js";
import { longDay } from "../../static/js/outbox/parts.js";

const NOW = Date.parse("2026-03-11T18:00:00Z");
const MINUTE = 60000;
const meeting = (minutes, more = {}) => ({
  id: `${minutes}`,
  title: "Danse douce",
  starts_at: new Date(NOW + minutes * MINUTE).toISOString(),
  ends_at: new Date(NOW + (minutes + 90) * MINUTE).toISOString(),
  cancelled: false,
  before: 0,
  after: 0,
  turn: "belong",
  ...more,
});
const asks = (meetings, rows = {}) =>
  questions(meetings, NOW, (kind, id) => rows[`${kind} ${id}`]).map(({ which, workshop, row }) => `${which} ${workshop.id}${row ? " answered" : ""}`);

test("before is asked from an hour before the start to the end", () => {
  assert.deepEqual(asks([meeting(61)]), []);
  assert.deepEqual(asks([meeting(60)]), ["before 60"]);
  assert.deepEqual(asks([meeting(-90)]), ["before -90", "after -90"]);
  assert.deepEqual(asks([meeting(-91)]), ["after -91"]);
});

test("after is asked from the start to two days after the end", () => {
  assert.deepEqual(asks([meeting(1)]), ["before 1"]);
  assert.deepEqual(asks([meeting(0)]), ["before 0", "after 0"]);
  assert.deepEqual(asks([meeting(-90 - 48 * 60)]), ["after -2970"]);
  assert.deepEqual(asks([meeting(-91 - 48 * 60)]), []);
});

test("nothing is asked of what was cancelled, of what was said, or of what one could not be at", () => {
  assert.deepEqual(asks([meeting(-30, { cancelled: true })]), []);
  assert.deepEqual(asks([meeting(-30, { before: 1 })]), ["after -30"]);
  assert.deepEqual(asks([meeting(-30, { after: 2 })]), ["before -30"]);
  assert.deepEqual(asks([meeting(-30, { turn: null })]), ["before -30"]);
  assert.deepEqual(asks([meeting(-30, { title: undefined })]), []); // a snapshot of an older release
});

test("what was answered here is shown while it waits, and is not asked again once it has left", () => {
  const rows = { "reflection.before -30": { state: "waiting" }, "reflection.after -30": { state: "acked" } };
  assert.deepEqual(asks([meeting(-30)], rows), ["before -30 answered"]);
  assert.deepEqual(asks([meeting(-3000)], { "reflection.after -3000": { state: "waiting" } }), ["after -3000 answered"]);
});

test("before is asked of one workshop at a time, the first", () => {
  const answered = { "reflection.before -30": { state: "waiting" } };
  assert.deepEqual(asks([meeting(-30, { turn: null }), meeting(30)]), ["before -30"]);
  assert.deepEqual(asks([meeting(-30, { turn: null }), meeting(30)], answered), ["before -30 answered", "before 30"]);
});

test("a day is named as the server names it, the first of a month too", () => {
  const named = (lang, moment) => {
    globalThis.document = { documentElement: { lang } };
    const day = longDay(moment);
    delete globalThis.document;
    return day;
  };
  assert.equal(named("fr", "2026-12-01T18:30:00+01:00"), "mardi 1er décembre");
  assert.equal(named("fr", "2026-12-11T18:30:00+01:00"), "vendredi 11 décembre");
  assert.equal(named("en", "2026-12-01T18:30:00+01:00"), "Tuesday 1 December");
});

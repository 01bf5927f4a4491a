// The page without network, once it knows whose phone this is: the next workshops and the thread as they were last
// seen. When the network is back, all has left and nothing is being typed, the real page takes its place.
import { atWork } from "../at-work.js";
import { HOUR, fillQuestions, questionCard, questions } from "./asking.js";
import { clockTime, part } from "./parts.js";

export const SOON = 10000;
const READ = 2500; // « Envoyé » can be read
const APART = 60000; // between what a snapshot says and when it is kept

export async function fillOffline(page, work) {
  await fill(page, work);
  page.addEventListener("click", ({ target }) => correctAnswers(target.closest("[data-again]"), work));
  page.addEventListener("visibilitychange", () => page.visibilityState === "visible" && !atWork() && fill(page, work));
  work.back = () => comeBack(work);
  setInterval(work.back, SOON);
  addEventListener("online", work.back);
  // Whoever has tapped a link goes where it leads, however long that takes.
  addEventListener("beforeunload", () => {
    clearTimeout(work.leaving);
    work.leaving = true;
  });
}

async function fill(page, work) {
  work.leaving = false; // they were on the telephone, and are here again
  const [seen, rows, now] = [await work.outbox.snapshot(), await lately(work.outbox), Date.now()];
  const workshops = (seen.workshops ?? []).map((one) => withPresence(one, rows));
  const find = (name) => page.querySelector(`main > :not(#waiting) [data-at="${name}"]`);
  for (const own of page.querySelectorAll("[data-own]")) own.hidden = own.dataset.own === "not";
  if (seen.journal_on === false) page.getElementById("picker")?.remove();
  find("off").hidden = !ourPlace();
  find("page").hidden = ourPlace();
  const thread = seen.thread?.sentences ?? [];
  find("thread").hidden = !thread.length;
  find("thread").replaceChildren(...thread.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
  const near = nearest(workshops, now);
  find("none").hidden = near.length > 0;
  find("workshops").replaceChildren(...near.map(shown));
  const asked = seen.journal_on === false ? [] : questions(workshops, now, (kind, id) => lastOf(rows, kind, id));
  fillQuestions({ before: find("before"), after: find("after") }, asked, now);
  const typed = page.querySelector("#next [name=code]");
  if (typed && location.pathname.startsWith("/c/")) typed.value = typed.defaultValue = decodeURIComponent(location.pathname.slice(3));
}

// What this phone has said since its snapshot, sent or not, in order; not what was refused.
async function lately(outbox) {
  const { at } = await outbox.snapshot();
  const rows = [...(at ? await outbox.sentSince(at - APART) : []), ...(await outbox.rows())];
  return rows.filter((row) => row.kind && row.state !== "fix").sort((a, b) => a.seq - b.seq);
}

const lastOf = (rows, kind, id) => rows.filter((row) => row.entity === id && row.kind.startsWith(kind)).at(-1);

// Whether they are there now, and whether that still waits. Who answers after was there.
export function withPresence(workshop, rows) {
  const says = ({ kind, data }) => kind.startsWith("attendance") || (kind === "reflection.after" && Object.values(data).some(Boolean));
  const last = rows.filter((row) => row.entity === workshop.id && says(row)).at(-1);
  const there = last ? last.kind !== "attendance.delete" : (workshop.there ?? workshop.attendance > 0);
  return { ...workshop, there, waits: last?.state === "waiting" };
}

// What was answered here and waits is asked again, with its answers.
async function correctAnswers(button, { outbox }) {
  if (!button) return;
  const { again: which, workshop: id } = button.dataset;
  const workshop = (await outbox.snapshot()).workshops.find((one) => one.id === id);
  const card = questionCard({ which, workshop, row: lastOf(await lately(outbox), `reflection.${which}`, id) }, Date.now());
  button.closest("section").replaceWith(card);
  card.querySelector("input:not([type=hidden])").focus();
}

const ourPlace = () => location.pathname === "/" || location.pathname.startsWith("/c/");

// Those whose code is open, those of the last fourteen days, and the next one.
export function nearest(workshops, now) {
  const state = ({ starts_at: starts, ends_at: ends, cancelled }) => {
    const [from, to] = [Date.parse(starts), Date.parse(ends)];
    if (now > from - HOUR && now < to + 24 * HOUR) return cancelled ? "cancelled" : "now";
    return now >= to ? (now < to + 14 * 24 * HOUR && !cancelled ? "was" : "") : "next";
  };
  const found = workshops.map((workshop) => ({ ...workshop, state: state(workshop) })).filter((one) => one.state);
  const of = (...states) => found.filter((one) => states.includes(one.state));
  const apart = (one) => Math.abs(Date.parse(one.starts_at) - now);
  const open = of("now", "cancelled").sort((a, b) => apart(a) - apart(b));
  return [...open, ...of("next").slice(0, 1), ...of("was").filter((one) => !one.there).slice(-2).reverse()];
}

function shown(workshop) {
  const { starts_at: starts, id, state, there, waits } = workshop;
  const language = document.documentElement.lang === "fr" ? "fr-FR" : "en-GB";
  const day = (options) => new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(new Date(`${starts.slice(0, 10)}T12:00Z`));
  const dates = { weekday: day({ weekday: "short" }), day: day({ day: "numeric" }), month: day({ month: "short" }) };
  const piece = part("workshop", { time: clockTime(starts), ...workshop, ...dates }, state);
  if (there && state !== "cancelled") piece.querySelector(".attendance").replaceWith(part("there", { workshop: id }, waits ? "kept" : ""));
  const typed = piece.querySelector("[name=code]");
  typed?.form.addEventListener("submit", () => typed.form.setAttribute("action", `/c/${encodeURIComponent(typed.value.trim())}`), true);
  return piece;
}

async function comeBack(work) {
  if (work.leaving || (await work.look(true)) === null) return;
  if ((await work.go().then(() => work.unsentNow())) || atWork() || work.leaving) return;
  work.leaving = setTimeout(() => {
    work.leaving = !atWork(); // a correction may have been begun meanwhile
    if (work.leaving) location.reload();
  }, work.sent.length ? READ : 0);
}

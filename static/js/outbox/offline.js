// The page without network, once it knows whose phone this is: the next workshops and the thread as they were last
// seen. When the network is back, all has left and nothing is being typed, the real page takes its place.
import { clockTime, part } from "./parts.js";

const HOUR = 3600000;
const SOON = 10000;
const READ = 2500; // « Envoyé » can be read

export async function fillOffline(page, work) {
  const seen = await work.outbox.snapshot();
  const find = (name) => page.querySelector(`main > :not(#waiting) [data-at="${name}"]`);
  for (const own of page.querySelectorAll("[data-own]")) own.hidden = own.dataset.own === "not";
  if (seen.journal_on === false) page.getElementById("picker").remove();
  find("off").hidden = !ourPlace();
  find("page").hidden = ourPlace();
  const thread = seen.thread?.sentences ?? [];
  find("thread").hidden = !thread.length;
  find("thread").replaceChildren(...thread.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
  const queued = new Map((await work.outbox.rows()).filter((row) => row.kind).map((row) => [row.entity, row.kind]));
  const near = nearest(seen.workshops ?? [], Date.now());
  find("none").hidden = near.length > 0;
  find("workshops").replaceChildren(...near.map((workshop) => shown(workshop, queued.get(workshop.id))));
  const typed = page.querySelector("#next [name=code]");
  if (typed && location.pathname.startsWith("/c/")) typed.value = typed.defaultValue = decodeURIComponent(location.pathname.slice(3));
  work.back = () => comeBack(work);
  setInterval(work.back, SOON);
  addEventListener("online", work.back);
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
  return [...open, ...of("next").slice(0, 1), ...of("was").filter((one) => !one.attendance).slice(-2).reverse()];
}

function shown(workshop, queued) {
  const { starts_at: starts, id, state } = workshop;
  const language = document.documentElement.lang === "fr" ? "fr-FR" : "en-GB";
  const day = (options) => new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(new Date(`${starts.slice(0, 10)}T12:00Z`));
  const dates = { weekday: day({ weekday: "short" }), day: day({ day: "numeric" }), month: day({ month: "short" }) };
  const piece = part("workshop", { ...workshop, ...dates, time: clockTime(starts) }, state);
  const there = queued === "attendance.put" || workshop.attendance;
  if (there && state !== "cancelled") piece.querySelector(".attendance").replaceWith(part("there", { workshop: id }, queued ? "kept" : ""));
  const typed = piece.querySelector("[name=code]");
  typed?.form.addEventListener("submit", () => typed.form.setAttribute("action", `/c/${encodeURIComponent(typed.value.trim())}`), true);
  return piece;
}

async function comeBack(work) {
  if (work.leaving || (await work.look(true)) === null) return;
  if ((await work.go().then(() => work.unsentNow())) || atWork()) return;
  work.leaving = true;
  setTimeout(() => {
    work.leaving = !atWork(); // a correction may have been begun meanwhile
    if (work.leaving) location.reload();
  }, work.sent.length ? READ : 0);
}

// Whether something is being typed, corrected or decided.
function atWork() {
  const changed = ({ value, defaultValue, checked, defaultChecked }) => value !== defaultValue || checked !== defaultChecked;
  return Boolean(document.querySelector("#waiting form, dialog[open]")) || [...document.querySelectorAll("input, textarea")].some(changed);
}

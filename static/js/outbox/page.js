// A page of somebody who is signed in, or the page without network: opens what waits, sends it when it may, and brings
// in the forms and the region that show it.
import { atWork } from "../at-work.js";
import { device, forget, keptTables, memoryTables } from "./tables.js";
import { flush } from "./flusher.js";
import { keeper } from "./keep.js";
import { SOON, fillOffline } from "./offline.js";
import { leaving } from "./leaving.js";
import { Outbox } from "./outbox.js";
import { region } from "./waiting.js";
import { Work } from "./work.js";

// `opened` is handed what takes the gestures of the page's forms, as soon as it may; `arrived` hears that something of what
// waited is there.
export async function start(page, opened, arrived) {
  if (!crypto.subtle) return; // a page that is not encrypted keeps nothing
  const offline = page.querySelector("[data-offline]");
  const away = !navigator.onLine;
  const last = await device().catch(() => null);
  const { person = last?.person_uid, shared } = page.body.dataset;
  // They signed out without network, and no worker stood between this page and the server.
  if (last?.sign_out && !offline) return closeTheDoor();
  if (last?.sign_out) page.querySelector('[data-at="out"]').hidden = false;
  if (!person) return offline && nobodyWaits();
  const own = shared !== "true";
  const outbox = await openedFor(person, own);
  const work = new Work(outbox, page, offline);
  work.back = () => work.sent.length && arrived(work);
  work.show = region(page.getElementById("waiting"), work);
  leaving(page, work);
  opened(keeper(work));
  // One journal is open at a time: a page that shows another one gives way, unless something is being typed.
  const journals = new BroadcastChannel("fil");
  journals.onmessage = ({ data }) => {
    work.other = data !== person && atWork();
    if (data !== person && !work.other) location.reload();
  };
  if (!offline) journals.postMessage(person);
  const known = offline ? last : await remember(person, own && !outbox.memory, page.documentElement.lang);
  // The browser cleared what waited: it is said, and nothing that was sent is touched.
  if (outbox.tables.fresh) work.lost = known?.waiting ?? 0;
  if (offline) await fillOffline(page, work);
  work.begin();
  if (!own) await emptied(person).catch(() => null);
  // The network came back before anybody listened for it.
  if (away && navigator.onLine) work.back();
}

// Nobody's journal is open here. A browser may call itself online before anything answers, and what is asked first then
// may still fail, so it is asked again as long as this page is there.
function nobodyWaits() {
  const back = async () => {
    if (!atWork() && (await fetch("/healthz", { method: "HEAD" }).catch(() => null))) location.reload();
  };
  setInterval(back, SOON);
  addEventListener("online", back);
}

async function closeTheDoor() {
  const answer = await fetch("/sign-out", { method: "POST" });
  if (answer.redirected) await device(() => undefined);
  location.reload();
}

// Without a place for its key nothing is kept here: the tab alone remembers, as on a device that is not theirs.
async function openedFor(person, own) {
  try {
    // Closed in another tab, it is shown in this one no more, unless something is being typed.
    const gone = () => atWork() || location.reload();
    if (own) return await new Outbox(person, await keptTables(person, gone)).open();
  } catch {
    // no storage, or none for keys
  }
  return new Outbox(person, memoryTables()).open();
}

// This device was theirs before they said that it is not: what waited here is sent, and then nothing of it stays.
async function emptied(person) {
  const name = `fil-${person}`;
  if (!(await indexedDB.databases()).some((one) => one.name === name)) return;
  const outbox = await new Outbox(person, await keptTables(person)).open();
  await flush(outbox);
  const left = (await outbox.rows()).filter((row) => row.state !== "conflict");
  outbox.tables.close();
  if (!left.length) await forget(name);
}

// Whose phone it is, for the page without network; a device that is not theirs keeps nobody in mind.
async function remember(person, own, locale) {
  const before = (pointer) => (pointer?.person_uid === person ? pointer : { waiting: 0 });
  return device((pointer) => (own ? { ...before(pointer), person_uid: person, locale } : undefined)).catch(() => null);
}

// The page of reminders alone: says whether this device can receive any, and asks its browser once its button is pressed.
// Nothing is asked before that. What the browser answers is sent as a plain form, and the page that comes back says so.

import { registered } from "./behaviours/shell.js";

const PATIENCE = 20000;

const place = document.querySelector("[data-reminders]");
if (place) begin(place);

async function begin(place) {
  show(place, await state(place.dataset.here === "true"));
  place.querySelector("[data-ask]").addEventListener("click", async ({ currentTarget: button }) => {
    button.disabled = true;
    const next = await ask(place).catch(() => "trouble");
    button.disabled = false;
    show(place, next);
  });
}

function show(place, name) {
  for (const part of place.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== name;
  // What did not work may be tried again; a browser that was not told yes or no asks again when asked to.
  if (name === "trouble" || name === "refused") place.querySelector("[data-state=off]").hidden = false;
}

// What the page can say before anybody is asked anything.
async function state(here) {
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!able) return touched() ? "iphone" : "unsupported";
  if (Notification.permission === "denied") return "blocked";
  const registration = await navigator.serviceWorker.getRegistration();
  const known = Notification.permission === "granted" && (await registration?.pushManager.getSubscription());
  return here && known ? "on" : "off";
}

async function ask(place) {
  const permission = await Notification.requestPermission();
  if (permission === "denied") return "blocked";
  if (permission !== "granted") return "refused";
  const subscription = await Promise.race([subscribed(place.dataset.reminders), late()]);
  const { endpoint, keys } = subscription.toJSON();
  const form = place.querySelector("form");
  for (const [name, value] of Object.entries({ endpoint, ...keys })) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
  }
  await Promise.race([showing(), late()]).catch(() => null); // they also come without, a little later
  form.submit();
  return "on";
}

// A browser keeps one subscription a site. One made for a key that this installation no longer has is of no use.
async function subscribed(key) {
  const { pushManager } = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: key };
  return pushManager.subscribe(options).catch(async (refused) => {
    const old = await pushManager.getSubscription();
    if (!old) throw refused;
    await old.unsubscribe();
    return pushManager.subscribe(options);
  });
}

// The worker that has the words of reminders takes over while the person waits here: a page that is asked for meanwhile
// may be lost (see the shell).
async function showing() {
  const registration = await registered(document.documentElement.lang);
  const next = registration?.installing ?? registration?.waiting;
  if (!next) return;
  await new Promise((done) => {
    const look = () => {
      if (next.state === "installed") next.postMessage("take over");
      if (next.state === "activated" || next.state === "redundant") done();
    };
    next.addEventListener("statechange", look);
    look();
  });
}

function late() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE));
}

// iPhone and iPad, the newer of which call themselves a Mac that is touched.
function touched() {
  return /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Mac/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
}

{% if sync %}
import { sendWhatWaits } from "{{ asset("js/app.js") }}";

{% endif %}
// Keeps the public shell, and nothing else: caches are written here at install only. No page of a person, no fragment,
// no answer of a server ever enters one. What is not named below goes to the network as if this file did not exist.

const LANGUAGE = {{ language|tojson }};
const SHELL = {{ shell|tojson }};
const CACHE = `shell-{{ release }}-${LANGUAGE}`;
const PATIENCE = 5000;

self.addEventListener("install", (event) => {
  // Without a cookie: the shell is what a stranger sees.
  const requests = SHELL.map((address) => new Request(address, { credentials: "omit" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([forgetOlderShells(), self.registration.navigationPreload?.enable()]));
});

// A new release waits until the person says so, or until no page is open; another language until none is looked at.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
  if (event.data === "unseen") event.waitUntil(seen().then((some) => some || self.skipWaiting()));
});

async function seen() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.some((page) => page.visibilityState === "visible");
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (SHELL.includes(address.pathname)) event.respondWith(kept(address.pathname).then((page) => page ?? fetch(request)));
  else if (request.mode === "navigate") event.respondWith(navigation(event, address));
});

async function navigation(event, address) {
  // What the browser asked for ahead of us was asked by somebody who has signed out since.
  const left = await signedOutHere();
  if (left && !(await closed())) return instead(address);
  const ahead = left ? undefined : event.preloadResponse;
  const network = Promise.resolve(ahead).then((preloaded) => preloaded ?? fetch(event.request));
  event.waitUntil(network.catch(() => undefined));
  try {
    return await (address.pathname === "/" ? Promise.race([network, outOfPatience()]) : network);
  } catch {
    return instead(address);
  }
}

function outOfPatience() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("slow")), PATIENCE));
}

async function instead(address) {
  return (await kept(`/${address.pathname === "/help" ? "help" : "offline"}/${LANGUAGE}`)) ?? Response.error();
}

// Somebody signed out without network and left a mark: the door is closed on the server before any page is let through.
async function signedOutHere() {
  return (await last("readonly", (store) => store.get(0)))?.sign_out;
}

async function closed() {
  try {
    const answer = await fetch("/sign-out", { method: "POST" });
    if (!answer.redirected || !answer.headers.get("Content-Security-Policy")) return false;
    await last("readwrite", (store) => store.delete(0));
    return true;
  } catch {
    return false;
  }
}

function last(mode, act) {
  return new Promise((resolve) => {
    const request = indexedDB.open("fil-device", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("last");
    request.onerror = () => resolve(undefined);
    request.onsuccess = () => {
      const all = request.result.transaction("last", mode);
      const asked = act(all.objectStore("last"));
      all.oncomplete = all.onabort = () => {
        request.result.close();
        resolve(asked.error ? undefined : asked.result);
      };
    };
  });
}

async function kept(path) {
  return (await caches.open(CACHE)).match(path, { ignoreVary: true });
}

async function forgetOlderShells() {
  const names = await caches.keys();
  return Promise.all(names.filter((name) => name.startsWith("shell-") && name !== CACHE).map((name) => caches.delete(name)));
}
{% if push %}

// A message is a number: its last digit says which text, the others the day (since 1970) or the minute that it names.
const TEXTS = {{ texts|tojson }};

self.addEventListener("push", (event) => {
  const number = Number(event.data?.text()) || 0;
  const value = Math.floor(number / 10);
  const body = (TEXTS[number % 10] ?? TEXTS[0]).replace("{day}", () => day(value)).replace("{time}", () => time(value));
  const looks = { body, lang: LANGUAGE, tag: "reminder", icon: {{ asset("icons/app-192.png")|tojson }} };
  event.waitUntil(self.registration.showNotification({{ name|tojson }}, looks));
});

function day(since) {
  const written = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
  const parts = new Intl.DateTimeFormat(LANGUAGE === "en" ? "en-GB" : LANGUAGE, written).formatToParts(since * 864e5);
  const first = LANGUAGE === "fr" && /(^|\D)1$/.test(parts.find(({ type }) => type === "day").value);
  return parts.map(({ type, value }) => (type === "day" && first ? "1er" : value)).join("").replace(",", "");
}

function time(minute) {
  const [hours, minutes] = [Math.floor(minute / 60), String(minute % 60).padStart(2, "0")];
  if (LANGUAGE === "fr") return `${hours}\u00a0h\u00a0${minutes}`;
  return `${hours % 12 || 12}:${minutes}\u00a0${hours < 12 ? "am" : "pm"}`;
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(here());
});

async function here() {
  const open = await self.clients.matchAll({ type: "window" });
  const today = open.find(({ url }) => new URL(url).pathname === "/");
  return today ? today.focus() : self.clients.openWindow("/");
}

// The push service moved this browser to another address: the old one is of no use, and the new one is told.
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(moved(event)));

async function moved({ oldSubscription, newSubscription }) {
  const options = { userVisibleOnly: true, applicationServerKey: {{ key|tojson }} };
  const known = newSubscription ?? (await self.registration.pushManager.subscribe(oldSubscription?.options ?? options));
  const { endpoint, keys } = known.toJSON();
  await fetch("/settings/reminders/device", { method: "POST", body: new URLSearchParams({ endpoint, ...keys }) });
}
{% endif %}
{% if sync %}

// An extra where the browser wakes the worker once the network is back; pages send what waits without it.
self.addEventListener("sync", (event) => event.waitUntil(sendWhatWaits()));
{% endif %}

// Keeps the public shell, and nothing else: caches are written here at install only. No page of a person, no fragment,
// no answer of a server ever enters one. What is not named below goes to the network as if this file did not exist.

const RELEASE = {{ release|tojson }};
const SHELL = {{ shell|tojson }};
const CACHE = `shell-${RELEASE}`;
const PATIENCE = 5000;

self.addEventListener("install", (event) => {
  // Without a cookie: the shell is what a stranger sees.
  const requests = SHELL.map((address) => new Request(address, { credentials: "omit" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([forgetOlderShells(), self.registration.navigationPreload?.enable()]));
});

// A new release waits until the person says so, or until no page is open.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (SHELL.includes(address.pathname)) event.respondWith(kept(address.pathname).then((page) => page ?? fetch(request)));
  else if (request.mode === "navigate") event.respondWith(navigation(event, address));
});

async function navigation(event, address) {
  const network = Promise.resolve(event.preloadResponse).then((preloaded) => preloaded ?? fetch(event.request));
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
  const language = await spoken();
  return (await kept(`/${address.pathname === "/help" ? "help" : "offline"}/${language}`)) ?? Response.error();
}

// The language of the pages: the page left it in the preload header; else what the browser speaks.
async function spoken() {
  const state = await self.registration.navigationPreload?.getState();
  const wanted = [state?.headerValue, ...navigator.languages].map((name) => String(name).slice(0, 2));
  return wanted.find((name) => SHELL.includes(`/offline/${name}`)) ?? "fr";
}

async function kept(path) {
  return (await caches.open(CACHE)).match(path, { ignoreVary: true });
}

async function forgetOlderShells() {
  const names = await caches.keys();
  return Promise.all(names.filter((name) => name.startsWith("shell-") && name !== CACHE).map((name) => caches.delete(name)));
}

// Finds what a page holds and brings in the behaviour for it. Every behaviour improves HTML that already works: a page
// without any of this can do all but work offline, take reminders and open with a passkey.

const BEHAVIOURS = {
  "[data-copy]": "./behaviours/copy.js",
  "[data-download]": "./behaviours/download.js",
  "[data-reveal]": "./behaviours/reveal.js",
  "[data-op-id]": "./behaviours/op-id.js",
  "[data-at-most]": "./behaviours/at-most.js",
  "[data-trouble]": "./behaviours/trouble.js",
  "[data-print]": "./behaviours/print.js",
  "[data-wipe]": "./behaviours/wipe.js",
};
const started = new WeakSet();

async function improve(root) {
  for (const [selector, address] of Object.entries(BEHAVIOURS)) {
    const found = [...root.querySelectorAll(selector)].filter((element) => !started.has(element));
    if (!found.length) continue;
    found.forEach((element) => started.add(element));
    // Without network, on a first visit, it may not be there yet: the next swap asks again.
    const behaviour = await import(address).catch(() => found.forEach((element) => started.delete(element)));
    if (behaviour) found.forEach(behaviour.start);
  }
}

// A page kept for the Back button may belong to someone who has signed out since.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

document.addEventListener("htmx:after:swap", () => improve(document));
improve(document);

if (document.querySelector("[data-person], [data-offline]")) import("./outbox/page.js").then(({ start }) => start(document));

if ("serviceWorker" in navigator) {
  const installed = () => import("./behaviours/shell.js").then(({ start }) => start(document));
  if (document.readyState === "complete") installed();
  else addEventListener("load", installed, { once: true });
}

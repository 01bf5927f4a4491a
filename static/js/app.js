// Finds what a page holds and brings in the behaviour for it. Every behaviour improves HTML that already works: a page
// without any of this can do all but work offline, take reminders and open with a passkey. A phone keeps all of it for
// when there is no network, so it comes as one file; the worker reads this same file, which the phone has already.

export { sendWhatWaits } from "./outbox/worker.js";
import { atMost } from "./behaviours/at-most.js";
import { early } from "./behaviours/early.js";
import { opId } from "./behaviours/op-id.js";
import { shell } from "./behaviours/shell.js";
import { trouble } from "./behaviours/trouble.js";
import { start } from "./outbox/page.js";

const BEHAVIOURS = {
  "[data-copy]": () => import("./behaviours/copy.js"),
  "[data-download]": () => import("./behaviours/download.js"),
  "[data-reveal]": () => import("./behaviours/reveal.js"),
  "[data-print]": () => import("./behaviours/print.js"),
  "[data-wipe]": () => import("./behaviours/wipe.js"),
  // Those that Today and the page without network use come with this file.
  "[data-op-id]": () => ({ start: opId }),
  "[data-at-most]": () => ({ start: atMost }),
  "[data-trouble]": () => ({ start: trouble }),
};
const started = new WeakSet();

async function improve(root) {
  for (const [selector, brought] of Object.entries(BEHAVIOURS)) {
    const found = [...root.querySelectorAll(selector)].filter((element) => !started.has(element));
    if (!found.length) continue;
    found.forEach((element) => started.add(element));
    // Without network, on a first visit, it may not be there yet: the next swap asks again.
    const behaviour = await Promise.resolve(brought()).catch(() => found.forEach((element) => started.delete(element)));
    if (behaviour) found.forEach(behaviour.start);
  }
}

const arrived = (work) => import("./outbox/arrived.js").then(({ start }) => start(work)).catch(() => null);

function begin() {
  // A page kept for the Back button may belong to someone who has signed out since. One that answers a form would have
  // to be sent again, and knows of nobody.
  addEventListener("pageshow", (event) => {
    if (event.persisted && !document.querySelector("[data-answers]")) location.reload();
  });

  document.addEventListener("htmx:after:swap", () => improve(document));
  improve(document);

  if (document.querySelector("[data-person], [data-offline]"))
    early(document, (opened) => start(document, opened, arrived).finally(() => opened(null)));

  if ("serviceWorker" in navigator) {
    const installed = () => shell(document);
    if (document.readyState === "complete") installed();
    else addEventListener("load", installed, { once: true });
  }
}

if (globalThis.document) begin();

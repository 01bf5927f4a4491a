// Registers the service worker, which keeps the public shell for the day there is no network, and says when a new
// version is ready. It takes over when the person says so, never while a form holds something unsaved.
import { atWork } from "../at-work.js";

export async function shell(page) {
  const registration = await registered(page.documentElement.lang);
  if (!registration) return;
  const line = page.getElementById("new-version");
  const tell = (what) => registration.waiting?.postMessage(what);
  const offer = async () => {
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    const releases = new Set((await caches.keys()).map((name) => name.split("-")[1]));
    // The same release in another language, or with reminders, takes nothing away from what is open: nobody is asked.
    if (releases.size < 2) unseen(page, () => tell("unseen"));
    else if (line) line.hidden = false;
  };
  const follow = () => registration.installing?.addEventListener("statechange", offer);
  registration.addEventListener("updatefound", follow);
  follow(); // it may have been found before anybody listened
  offer();
  line?.querySelector("button").addEventListener("click", () => {
    if (atWork()) return;
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    tell("take over");
  });
}

// While one worker takes the place of another, Chromium can lose the page that was just asked for: it never opens. So it
// happens when the person puts the telephone away, not when one page makes room for the next.
function unseen(page, act) {
  const look = () => page.visibilityState === "hidden" && act();
  page.addEventListener("visibilitychange", look);
  addEventListener("pagehide", () => page.removeEventListener("visibilitychange", look));
  look();
}

// Where a browser wakes the worker when the network is back, it is a module that can send; elsewhere it only keeps. The
// words of reminders come with it where the browser was allowed to show them.
export async function registered(spoken) {
  const asked = { updateViaCache: "imports" };
  const address = `/sw.js?lang=${spoken}${window.Notification?.permission === "granted" ? "&push=1" : ""}`;
  const keeping = () => navigator.serviceWorker.register(address, asked).catch(() => null);
  if (!("SyncManager" in window)) return keeping();
  return navigator.serviceWorker.register(`${address}&sync=1`, { ...asked, type: "module" }).catch(keeping);
}

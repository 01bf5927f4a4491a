// Registers the service worker, which keeps the public shell for the day there is no network, and says when a new
// version is ready. It takes over when the person says so, never while a form holds something unsaved.

export async function start(page) {
  const registration = await registered();
  if (!registration) return;
  rememberLanguage(registration, page.documentElement.lang);
  const line = page.getElementById("new-version");
  const offer = () => {
    if (registration.waiting && navigator.serviceWorker.controller && line) line.hidden = false;
  };
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  offer();
  line?.querySelector("button").addEventListener("click", () => {
    if (unsaved(page)) return;
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    registration.waiting?.postMessage("take over");
  });
}

// Where a browser wakes the worker when the network is back, it is a module that can send; elsewhere it only keeps.
async function registered() {
  const always = { updateViaCache: "imports" }; // what it imports bears its version in its address
  const keeping = () => navigator.serviceWorker.register("/sw.js", always).catch(() => null);
  if (!("SyncManager" in window)) return keeping();
  return navigator.serviceWorker.register("/sw.js?sync=1", { ...always, type: "module" }).catch(keeping);
}

// The worker cannot know which language the person chose. The preload header is a word the browser keeps for it.
async function rememberLanguage(registration, language) {
  const { active } = await navigator.serviceWorker.ready;
  if (!active || !registration.navigationPreload) return;
  const { headerValue } = await registration.navigationPreload.getState();
  if (headerValue !== language) await registration.navigationPreload.setHeaderValue(language);
}

export function unsaved(page) {
  return [...page.querySelectorAll("textarea, input[type=text], input:not([type])")].some(
    (field) => field.value !== field.defaultValue,
  );
}

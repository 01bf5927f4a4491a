// A browser that can install the journal by itself says so, sooner or later or not at all. The button is there from the
// first drawing on, since nothing may move under a finger: until the browser can, it leads to what its menu has. Once it
// is done the page says so, and this browser is not asked again.

const place = document.getElementById("prompt");
let prompt = null;

place.hidden = !("onbeforeinstallprompt" in globalThis);

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  prompt = event;
});

// A browser lets its question be asked once; after a « no » it may bring another.
place.querySelector("button").addEventListener("click", () => {
  if (prompt) prompt.prompt();
  else location.replace("#android"); // and what a computer has is beside it
  prompt = null;
});

addEventListener("appinstalled", () => {
  document.querySelector("main").dataset.installed = "";
  if (document.body.dataset.person) fetch("/install", { method: "POST", body: new URLSearchParams({ answer: "done" }) });
});

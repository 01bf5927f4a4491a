// A browser that can install the journal by itself says so: then the page has a button for it, whose room is kept from the
// first drawing on, since nothing may move under a finger. Once it is done the page says so too, and this browser is not
// asked again.

const place = document.getElementById("prompt");
let prompt = null;

if ("onbeforeinstallprompt" in globalThis) place.classList.add("keeps-room");

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  prompt = event;
  place.hidden = false;
});

// A browser lets its question be asked once; after a « no » it may bring another.
place.querySelector("button").addEventListener("click", () => {
  place.hidden = true;
  prompt?.prompt();
  prompt = null;
});

addEventListener("appinstalled", () => {
  document.querySelector("main").dataset.installed = "";
  if (document.body.dataset.person) fetch("/install", { method: "POST", body: new URLSearchParams({ answer: "done" }) });
});

// Passkeys, on the pages that offer them and on no other. The buttons wait, hidden, for this script: without it, or in a
// browser that cannot read its own answers, the seven words open everything as before. It comes before the page is drawn
// (blocking="render"), so that no button moves what a finger was about to touch.

// A key belongs to a name: at an address that is a number none is made.
export const able = (scope = globalThis) => {
  const passkeys = scope.PublicKeyCredential;
  if (/^[\d.]+$|:/.test(scope.location?.hostname)) return false;
  return Boolean(passkeys?.parseCreationOptionsFromJSON && passkeys.parseRequestOptionsFromJSON && passkeys.prototype.toJSON);
};

// What went wrong, as the page has words for it: this device has a passkey already, or the passkey did not answer.
export const wordsFor = (failure) => (failure?.name === "InvalidStateError" ? "known" : "silent");

export function start(button) {
  const form = button.form;
  const offer = button.closest("[data-passkey-offer]");
  const without = form.querySelector("[data-without-passkey]");
  offer.hidden = false;
  if (without) {
    without.textContent = without.dataset.withoutPasskey;
    without.classList.add("is-quiet");
    without.addEventListener("click", () => (form.elements.passkey.value = ""));
  }
  let asking = false;
  button.addEventListener("click", async () => {
    if (asking) return;
    asking = true;
    say(offer, "");
    try {
      // What would be refused anyway is refused before a key is made for it; and a key once made is offered again.
      if (!missing(form) && !form.elements.passkey.value) {
        const answer = await ask(button.dataset.passkey);
        if (!answer) return; // to the page that asks for a key
        form.elements.passkey.value = answer;
      }
      form.submit(); // from here on a second tap changes nothing: the page is leaving
    } catch (failure) {
      asking = false;
      say(offer, wordsFor(failure));
    }
  });
  addEventListener("pageshow", () => (asking = false)); // it came back
}

async function ask(address) {
  const response = await fetch(address, { method: "POST" });
  const asked = await response.json();
  if (response.status === 403 && asked.address) location.assign(asked.address);
  if (response.status === 403) return "";
  if (!response.ok) throw new Error("refused");
  const made = asked.user
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
  return JSON.stringify(made.toJSON());
}

function missing(form) {
  return [...form.querySelectorAll("[data-needed]")].some((field) => (field.type === "checkbox" ? !field.checked : !field.value.trim()));
}

function say(offer, words) {
  for (const line of offer.querySelectorAll("[data-passkey-says]")) line.hidden = line.dataset.passkeySays !== words;
}

if (globalThis.document && able()) document.querySelectorAll("[data-passkey]").forEach(start);

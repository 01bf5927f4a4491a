// A button that copies the text of what it points at: `data-copy="[data-phrase]"`. It waits, hidden, for this script.
import { textOf } from "./words.js";

export function start(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(textOf(document.querySelector(button.dataset.copy)));
    const status = document.getElementById("status");
    if (status && button.dataset.copied) status.textContent = button.dataset.copied;
  });
}

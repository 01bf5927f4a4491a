// A button that keeps the text of what it points at in a file: `data-download="[data-phrase]"`, `data-download-name`.
import { textOf } from "./words.js";

export function start(button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const text = textOf(document.querySelector(button.dataset.download));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/plain;charset=utf-8" }));
    link.download = button.dataset.downloadName || "le-fil.txt";
    link.click();
    URL.revokeObjectURL(link.href);
  });
}

// A button that prints the page. It waits, hidden, for this script: without it, the browser's own menu prints as well.

export function start(button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// A button that shows what is typed in a hidden field, and hides it again: `data-reveal="#phrase"`.

export function start(button) {
  const field = document.querySelector(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  });
}

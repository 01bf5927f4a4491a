// The − and + beside a number: `data-step="-1"` and `data-step="1"` in a `data-stepper`. Never below nought.

export function start(pad) {
  const field = pad.querySelector("input");
  for (const button of pad.querySelectorAll("[data-step]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      field.value = String(Math.max(0, (parseInt(field.value, 10) || 0) + Number(button.dataset.step)));
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}

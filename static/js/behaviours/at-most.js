// Boxes of which only so many may be ticked: `data-at-most="3"`. At three the others answer with a sentence, said once
// in `data-at-most-says`, and stay in reach of the keyboard: nothing is disabled.

export function atMost(group) {
  const most = Number(group.dataset.atMost);
  const line = group.querySelector("[data-at-most-says]");
  const boxes = () => [...group.querySelectorAll("input[type=checkbox]")];
  const show = () => {
    const full = boxes().filter((box) => box.checked).length >= most;
    for (const box of boxes()) box.ariaDisabled = full && !box.checked ? "true" : null;
    if (!full && line) line.textContent = "";
  };
  group.addEventListener("click", (event) => {
    if (event.target.ariaDisabled !== "true") return;
    event.preventDefault();
    if (line) line.textContent = line.dataset.atMostSays;
  });
  group.addEventListener("change", show);
  show();
}

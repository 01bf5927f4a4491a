// The arrow keys go from day to day in a calendar, whose days are links and stay so. A year has hundreds of them: there
// (`data-walk="one stop"`) the Tab key stops once, at the day last reached, and the page says that arrows do the rest.

import { reached } from "./steps.js";

function walk(table) {
  const links = [...table.rows].map((row) => [...row.cells].map((cell) => cell.querySelector("a")));
  const all = links.flat().filter(Boolean);
  table.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const row = links.findIndex((cells) => cells.includes(event.target));
    const place = row < 0 ? null : reached(links, [row, links[row].indexOf(event.target)], event.key);
    if (!place) return;
    event.preventDefault();
    links[place[0]][place[1]].focus();
  });
  if (table.dataset.walk !== "one stop" || !all.length) return;
  const stop = (chosen) => all.forEach((link) => (link.tabIndex = link === chosen ? 0 : -1));
  stop(all.find((link) => link.ariaCurrent) ?? all.at(-1));
  table.addEventListener("focusin", ({ target }) => all.includes(target) && stop(target));
  const hint = document.getElementById("walk-keys");
  if (hint && matchMedia("(any-hover: hover)").matches) hint.hidden = false;
}

document.querySelectorAll("[data-walk]").forEach(walk);

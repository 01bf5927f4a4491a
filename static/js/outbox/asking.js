// Before and after a workshop, on the page without network: the questions in their hours, in the words of the server; and
// what was answered here, which can be corrected while it waits.
import { clockTime, keptSo, longDay, part } from "./parts.js";

export const HOUR = 3600000;
const LATEST = 48 * HOUR; // after the end

// What is to be asked of these workshops, soonest first: `which` and the workshop, with the `row` that waits if it was
// answered here. `lately` finds the last gesture this phone made of it, sent or not. Before is asked of one, the first.
export function questions(workshops, now, lately) {
  const found = [];
  for (const workshop of workshops) {
    if (workshop.cancelled || !workshop.title) continue;
    const [from, to] = [Date.parse(workshop.starts_at), Date.parse(workshop.ends_at)];
    const hours = { before: [from - HOUR, to], after: [from, to + LATEST] };
    for (const [which, [opens, closes]] of Object.entries(hours)) {
      const row = lately(`reflection.${which}`, workshop.id);
      const open = now >= opens && now <= closes && (which === "before" || workshop.turn);
      if (row?.state === "waiting") found.push({ which, workshop, row });
      else if (open && !row && !workshop[which]) found.push({ which, workshop });
    }
  }
  const first = found.find(({ which, row }) => which === "before" && !row);
  return found.filter((one) => one.row || one.which === "after" || one === first);
}

export function fillQuestions(places, found, now) {
  for (const [which, place] of Object.entries(places)) {
    const cards = found.filter((one) => one.which === which);
    place.hidden = !cards.length;
    place.replaceChildren(...cards.map((one) => (one.row ? answeredCard(which, one.workshop.id, "kept") : questionCard(one, now))));
  }
}

// What takes the place of the questions once they are answered here.
export function answeredCard(which, workshop, kept) {
  const card = part("answered", { which, workshop }, which);
  keptSo(card, kept);
  return card;
}

// The questions, with what was answered already.
export function questionCard({ which, workshop, row }, now) {
  const { id, title, starts_at: starts, contact, counts } = workshop;
  const says = which === "after" ? counts && "counts" : now >= Date.parse(starts) && "started";
  const { keepsake, ...levels } = row?.data ?? {};
  const values = { id, title, contact, keepsake: keepsake ?? "", time: clockTime(starts), day: longDay(starts), version: workshop[which] };
  const card = part(which, values, says || "");
  const turn = ["belong", "size"].find((name) => name in levels) ?? workshop.turn;
  card.querySelector(`#scale-${turn === "size" ? "belong" : "size"}`)?.remove();
  if (!contact) card.querySelector(".if-unsafe")?.remove();
  card.querySelector("p a")?.setAttribute("href", `#after-${id}`);
  card.querySelector("[name=op_id]").value = crypto.randomUUID();
  for (const scale of card.querySelectorAll("fieldset")) scale.removeAttribute("id"); // another card has the same
  for (const [name, level] of Object.entries(levels)) {
    const chosen = card.querySelector(`[name=${name}][value="${level}"]`);
    if (chosen) chosen.defaultChecked = true;
  }
  return card;
}

// The region that says what waits, what must be corrected and what was changed elsewhere. Hidden when there is nothing
// to say. « Envoyé » stands only beside what the server has listed.
import { clockTime, count, longDay, part, pieces } from "./parts.js";
import { folded } from "./rules.js";
import { corrected, localDate, wallClock } from "./gestures.js";

export function region(place, work) {
  const known = new Map();
  let meetings = []; // as they were last seen: what waits is named after them
  let words = [];
  const at = (name) => place.querySelector(`[data-at="${name}"]`);
  const show = async () => {
    const rows = await work.outbox.rows();
    const waiting = rows.filter((row) => row.kind && row.state === "waiting");
    for (const row of waiting) known.set(row.op_id, row);
    work.unsent = waiting.length;
    work.counted(waiting.length + rows.filter((row) => row.state === "fix").length);
    const notes = folded(waiting);
    const sent = folded(work.sent.map((id) => known.get(id)).filter(Boolean));
    const fix = rows.filter((row) => row.kind && row.state === "fix");
    const told = rows.filter((row) => row.kind && row.state === "conflict");
    const unreadable = rows.filter((row) => !row.kind);
    place.hidden = !work.lost && ![notes, sent, fix, told, unreadable].some((some) => some.length);
    if (!place.hidden && !place.firstElementChild && (await pieces()) && !place.firstElementChild) {
      place.append(part("outbox"));
      words = place.firstElementChild.dataset.moods.split("|");
      at("waiting").addEventListener("toggle", show);
    }
    if (!place.firstElementChild) return waiting.length;
    if (!meetings.length && rows.some((row) => row.kind && ofWorkshop(row))) meetings = (await work.outbox.snapshot()).workshops ?? [];
    const state = work.sending ? "sending" : work.stopped || (work.failures || work.early ? "retry" : "");
    say(at("count"), notes.length);
    say(at("sign_in"), state === "sign_in" ? notes.length : 0);
    say(at("unreadable"), unreadable.length);
    say(at("lost"), work.lost);
    for (const line of place.querySelectorAll("[data-state]")) line.hidden = !waiting.length || line.dataset.state !== state;
    at("sent").hidden = !sent.length;
    // What was said of it while it waited is over.
    if (sent.length && !waiting.length) for (const aside of document.querySelectorAll('[data-kept="kept"]')) aside.remove();
    at("waiting").hidden = ![...sent, ...notes].length;
    // A thousand lines that nobody looks at would hold up a finger for a second, with each batch that leaves.
    const lines = at("waiting").open ? [...sent.map((row) => ["sent", row]), ...notes.map((row) => ["waiting", row])] : [];
    at("list").replaceChildren(...lines.map(([says, row]) => line("row", row, says)));
    at("fix").hidden = !fix.length;
    fill(at("fixes"), fix, (row) => line("fix", row, row.reason));
    fill(at("told"), told, (row) => line("told", row, row.reason));
    return waiting.length;
  };

  function line(name, row, says) {
    const { mood, note, keepsake } = row.data;
    const starts = meetings.find((one) => one.id === row.entity)?.starts_at;
    const felt = starts ?? row.data.felt_at ?? wallClock(new Date(row.recorded_at));
    const values = { word: mood ? words[mood - 1] : "", note: note ?? keepsake ?? "", id: row.op_id };
    const piece = part(name, { ...values, when: `${longDay(localDate(felt))}, ${clockTime(felt)}`, where: whereOf(row) }, says);
    for (const what of piece.querySelectorAll("[data-what]"))
      if (!what.dataset.what.split(" ").some((one) => row.kind.startsWith(one))) what.remove();
    piece.dataset.id = row.op_id;
    return piece;
  }

  // What is being read or corrected is left alone when something else changes.
  function fill(list, rows, made) {
    for (const item of [...list.children]) if (!rows.some((row) => row.op_id === item.dataset.id)) item.remove();
    for (const row of rows) if (![...list.children].some((item) => item.dataset.id === row.op_id)) list.append(made(row));
  }

  place.addEventListener("click", async (event) => {
    const id = event.target.closest("[data-id]")?.dataset.id;
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (act === "now") work.again(true);
    else if (act === "seen" || act === "drop") {
      const link = event.target.closest("a");
      if (link) event.preventDefault();
      await work.outbox.putAway(id).then(show);
      if (link) location.assign(link.href);
    }
    else if (act === "lost") show((work.lost = 0));
    else if (act === "unreadable") {
      for (const row of await work.outbox.rows()) if (!row.kind) await work.outbox.putAway(row.op_id);
      show();
    } else if (act === "correct") correct(event.target.closest("[data-id]"), id);
  });

  // A correction is a new gesture; the one it corrects goes in the same breath.
  async function correct(item, id) {
    const row = (await work.outbox.rows()).find((one) => one.op_id === id);
    if (item.querySelector("form")) return;
    const { felt_at: feltAt = wallClock(new Date(row.recorded_at)), note, mood } = row.data;
    const form = part("correcting", { day: feltAt.slice(0, 10), time: feltAt.slice(11, 16), note: note ?? "" });
    const checked = form.querySelector(`[name=mood][value="${mood}"]`);
    if (checked) checked.checked = true;
    item.append(form);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      await work.save(corrected(row, new FormData(form)), 0, id);
      item.remove();
      work.again();
    });
  }

  return show;
}

const ofWorkshop = ({ kind }) => /^(attendance|reflection)/.test(kind);

// Where it is shown: what two devices said of a workshop stands on its page; what was refused is asked on its own.
function whereOf({ kind, entity, state }) {
  if (!ofWorkshop({ kind })) return `/journal/entries/${entity.replaceAll("-", "")}`;
  const page = state === "fix" && kind.startsWith("reflection") ? kind.replace("reflection.", "/") : "";
  return `/workshops/${entity}${page}`;
}

function say(element, n) {
  const line = element.closest("[data-line]") ?? element;
  line.hidden = !n;
  if (n && element.dataset.many) count(element, n);
}

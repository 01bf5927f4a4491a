// The forms of a person's own gestures. With the network, and nothing waiting, they go by themselves as they always
// did. Without it, or behind what waits, or when their request fails, the same gesture is kept here, and only then does
// the page say so.
import { answeredCard } from "./asking.js";
import { keptSo, part, pieces } from "./parts.js";
import { gestureOf } from "./gestures.js";

const LONGEST_ASKED = 8000;
const LOW = 2;

export const keeper = (work) => ({
  // htmx is about to ask for something: `ctx` is its request.
  request(ctx) {
    const { action, body: fields } = ctx.request;
    const form = ctx.request.form ?? ctx.sourceElement;
    const made = gesture(form, action, fields);
    if (!made) return;
    fields.set("op_id", made.op_id);
    const really = ctx.fetch ?? fetch;
    ctx.fetch = async (address, request) => {
      const answer = await sentOrKept(work, form, made, () => really.call(window, address, request));
      if (answer.unsaved && replacesItself(form)) {
        refuse(form, answer.pieces);
        return new Response(null, { status: 204 });
      }
      return answer.pieces ? new Response(answer.pieces.map(asHtml).join("")) : answer;
    };
  },
  submit(event) {
    const form = event.target;
    const fields = new FormData(form, event.submitter);
    const made = gesture(form, form.getAttribute("action"), fields);
    if (!made && work.other && form.method === "post") return stays(event);
    if (!made && !(work.offline && fields.has("skip"))) return;
    event.preventDefault();
    byItself(work, form, event.submitter, made, fields);
  },
});

function gesture(form, action, fields) {
  if (!fields?.getAll || !form?.matches?.("form")) return null;
  const words = form.elements.keepsake?.defaultValue;
  return gestureOf(new URL(action, location).pathname, fields, { ...form.dataset, words });
}

// The answer of the server if it is ours, or the pieces that say what became of the gesture.
async function sentOrKept(work, form, made, send) {
  let attempts = 0;
  const directly = async () => {
    if (attempts || work.offline || !navigator.onLine) return null;
    attempts = 1;
    const answer = await Promise.race([send().catch(() => null), late()]);
    if (!answer || !isOurs(answer) || answer.status >= 500 || [401, 409, 429].includes(answer.status)) return null;
    if (answer.ok) work.noted = work.outbox.wentByItself(made).catch(() => undefined);
    if (!made.kind.startsWith("entry")) work.look(true); // the page without network asks about workshops
    return answer;
  };
  const answer = !(await work.unsentNow().catch(() => 0)) && (await directly());
  if (answer) return answer;
  try {
    const put = await work.save(made, attempts);
    work.go();
    return { pieces: await said(work, form, made, put, attempts) };
  } catch (error) {
    const full = error?.name === "QuotaExceededError";
    const answer = await directly(); // what cannot wait here goes at once, ahead of what waits
    if (answer) return answer;
    if (!(await pieces())) throw error; // the page says that it was not sent
    return { pieces: [part("unsaved", {}, full ? "full" : "other")], unsaved: true };
  }
}

// It was typed in a journal that is not the one that is open any more, and cannot wait: it stays in its form.
function stays(event) {
  event.preventDefault();
  const place = document.getElementById("status");
  place.replaceChildren(document.getElementById("closed").content.cloneNode(true));
  place.scrollIntoView();
}

const late = () => new Promise((resolve) => setTimeout(resolve, LONGEST_ASKED, null));

// A hotel answers 200 to anything. Every answer of ours carries our policy.
const isOurs = (answer) => Boolean(answer.headers.get("Content-Security-Policy")?.startsWith("default-src 'none'"));

// What the page says of a kept gesture, the first piece in the place where the answer would stand.
async function said(work, form, made, put, attempts) {
  const { kind, data, entity, op_id } = made;
  const uid = entity.replaceAll("-", "");
  if (!(await pieces())) return [document.getElementById("kept-here").content.firstElementChild.cloneNode(true)];
  const kept = put ? (work.outbox.memory ? "shared" : "kept") : "";
  if (kind === "attendance.put") return [part("there", { workshop: entity }, kept)];
  if (kind === "attendance.delete") return [part("not-there", { workshop: entity }, kept)];
  if (kind.startsWith("reflection")) return reflected(work, form, put ?? made, kept);
  const low = kind === "entry.create" && data.mood <= LOW;
  const word = form.querySelector(`[name=mood][value="${data.mood}"]`)?.textContent.trim() ?? "";
  const line = part("kept", { uid, mood: word, version: attempts }, low ? "low" : kind);
  keptSo(line, kept);
  line.classList.toggle("is-soft", low || kind === "entry.delete");
  if (kind !== "entry.create") return [line];
  form.querySelector("[name=op_id]").value = crypto.randomUUID();
  if (!document.getElementById("details")) return [line];
  const details = part("details", { uid, mood: data.mood, feltAt: data.felt_at });
  details.querySelector("form").dataset.version = attempts;
  return [line, details];
}

// Of before and after. Who answers after was there: where the page shows it, it says so.
function reflected({ offline }, form, { kind, entity: workshop, data }, kept) {
  const which = kind.split(".")[1];
  const card = answeredCard(which, workshop, kept);
  if (!offline) card.querySelector(".actions")?.remove(); // there the page itself asks again
  const unsafe = data.safety <= LOW && form.querySelector(".if-unsafe");
  if (unsafe) card.append(unsafe.cloneNode(true));
  const there = which === "after" && Object.values(data).some(Boolean) && document.getElementById(`attendance-${workshop}`);
  return there && !there.querySelector(".attended") ? [card, part("there", { workshop }, kept)] : [card];
}

// What could not be kept stays in its form, which says so.
const replacesItself = (form) => form.dataset.hxSwap === "outerHTML";

function refuse(form, [piece]) {
  form.querySelector(".is-refused")?.remove();
  form.append(piece);
}

// Without htmx: a form of a page of its own, or the page without network.
async function byItself(work, form, submitter, made, fields) {
  const place = document.querySelector(form.dataset.hxTarget ?? "#status");
  if (!made) return place.replaceChildren(part("rest"));
  const headers = { Accept: "text/html", "Fil-Person": work.outbox.person };
  const asked = { method: "POST", body: new URLSearchParams(fields), headers };
  const answer = await sentOrKept(work, form, made, () => fetch(form.action, asked));
  if (answer.redirected) return work.noted.then(() => location.assign(answer.url));
  if (!answer.pieces) return submitAsItIs(form, submitter);
  const [piece, ...others] = answer.pieces;
  const held = place.contains(document.activeElement);
  if (!replacesItself(form)) place.replaceChildren(piece);
  else if (answer.unsaved) refuse(form, answer.pieces);
  else place.replaceWith(piece);
  if (held) piece.querySelector("[tabindex]")?.focus();
  for (const other of others) document.getElementById(other.id)?.replaceWith(other);
  if (made.kind === "entry.delete") document.getElementById("details")?.replaceChildren();
  document.dispatchEvent(new Event("htmx:after:swap")); // new pieces may hold behaviours
  return undefined;
}

// The server has something to say about what was typed: its own page says it.
function submitAsItIs(form, submitter) {
  if (submitter?.name) {
    const chosen = Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name });
    chosen.value = submitter.value;
    form.append(chosen);
  }
  form.submit();
}

function asHtml(piece, at) {
  if (!at) return piece.outerHTML;
  return `<hx-partial hx-target="#${piece.id}" hx-swap="outerHTML">${piece.outerHTML}</hx-partial>`;
}

// Signing out sends first. What cannot be sent is the person's to decide about, and then nothing of theirs stays here.
import { count, part, pieces } from "./parts.js";

const LONGEST_LEFT = 10000;
const LONGEST_READ = 60000;

export function leaving(page, work) {
  for (const form of page.querySelectorAll('form[action="/sign-out"]'))
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await Promise.race([work.again(true), new Promise((resolve) => setTimeout(resolve, LONGEST_LEFT))]);
      const left = await unsent(work);
      if (left.length && (await pieces())) ask(page, work, left);
      else if (left.length) form.scrollIntoView(); // what waits is shown on the page; nothing is given up unasked
      else signOut(work);
    });
}

function ask(page, work, left) {
  const dialog = part("leaving");
  for (const words of dialog.querySelectorAll("[data-many]")) count(words, left.length);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (act === "stay") dialog.close();
    if (act === "take") take(left);
    if (act === "drop") for (const step of dialog.querySelectorAll("[data-step]")) step.hidden = !step.hidden;
    if (act === "sure") sure(page, work, left);
  });
  page.body.append(dialog);
  dialog.showModal();
}

const unsent = async ({ outbox }) => (await outbox.rows()).filter((row) => row.state !== "conflict");

// They decided about so many. One that another tab has kept meanwhile is not among them: it is asked again.
async function sure(page, work, left) {
  const now = await unsent(work);
  if (now.every((row) => left.some(({ op_id }) => op_id === row.op_id))) return signOut(work);
  page.querySelector("dialog").close();
  return ask(page, work, now);
}

// A file that the journal reads back.
function take(left) {
  const ops = left.filter((row) => row.kind).map(({ op_id, kind, entity, recorded_at, data }) => ({ op_id, kind, entity, recorded_at, data }));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify({ schema: 1, ops }, null, 1)], { type: "application/json" }));
  link.download = "le-fil.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LONGEST_READ); // some browsers read it only after a while
}

// Without network the worker closes the door for us, before it lets any page through.
async function signOut(work) {
  const answer = await fetch("/sign-out", { method: "POST" }).catch(() => null);
  const closed = answer?.redirected && answer.headers.get("Content-Security-Policy");
  work.unsent = 0;
  await work.forget(closed ? undefined : { sign_out: true });
  location.replace("/sign-in?said=out.done");
}

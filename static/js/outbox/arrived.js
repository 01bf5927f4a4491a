// Something that waited has arrived. Nothing says any more that it is kept here; and on Today its list, and the line of
// the thread, say it as they would had it been noted with the network. What is being written there does not move.

const KEPT_HERE = "main .saved-aside:is([data-kept], [data-for])";

let shown = 0; // of all that this page knows to be sent

export async function start({ page, outbox, sent }) {
  if (shown === sent.length) return;
  if (!(await outbox.waiting()).length) for (const aside of page.querySelectorAll(KEPT_HERE)) aside.remove();
  if (page.getElementById("today")) await today(page, outbox.person, sent);
}

async function today(page, person, sent) {
  const now = sent.length;
  // After a hard mood nothing that counts is said: the server knows which mood the page answers.
  const answered = page.querySelector("#said form, #details form")?.action.match(/\w{32}/)?.[0] ?? "";
  const answer = await fetch(`/?saved=${answered}`, { headers: { "Fil-Person": person } });
  const seen = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (seen.body.dataset.person !== person) return;
  shown = now;
  const places = ["today", "line-thread"];
  // « Nothing noted today » is not so any more.
  if (!page.getElementById("saved")) places.push("said");
  for (const id of places) {
    const [before, after] = [page.getElementById(id), seen.getElementById(id)];
    const read = before.contains(page.activeElement) && page.activeElement.getAttribute("href");
    if (!after) continue;
    before.replaceWith(after);
    // Whoever was on a link is on it still.
    if (read) [after, ...after.querySelectorAll("a")].find((one) => one.getAttribute("href") === read)?.focus({ preventScroll: true });
  }
}

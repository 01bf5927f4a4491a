// Erasing takes what this device keeps of the journal as well. The page that asks remembers whose it is; the page that
// says it is done deletes it. What waits here of anybody else is left alone, and without network nothing is begun.
import { device, forget } from "./outbox/tables.js";

const MARK = "fil-erased";
const form = document.querySelector('form[action="/settings/erasure"]');
const erased = sessionStorage.getItem(MARK);
sessionStorage.removeItem(MARK);

form?.addEventListener("submit", (event) => {
  if (navigator.onLine) return sessionStorage.setItem(MARK, document.body.dataset.person);
  event.preventDefault();
  form.querySelector("[data-away]").hidden = false;
});

if (!form && erased && new URLSearchParams(location.search).get("said") === "data.del_done") {
  navigator.clearAppBadge?.().catch(() => null);
  await forget(`fil-${erased}`);
  await device((pointer) => (pointer?.person_uid === erased ? undefined : pointer));
}

// What the service worker does when its browser wakes it because the network is back: it sends what waits of whoever
// signed in here last. An extra: pages send without it.
import { device, forget, keptTables } from "./tables.js";
import { flush } from "./flusher.js";
import { Outbox } from "./outbox.js";

export async function sendWhatWaits() {
  const person = (await device())?.person_uid;
  if (!person) return;
  const tables = await keptTables(person);
  if (tables.fresh) {
    tables.close();
    await forget(`fil-${person}`);
    return;
  }
  const pages = new BroadcastChannel(`fil-${person}`);
  const next = await flush(await new Outbox(person, tables).open(), { told: (ids) => pages.postMessage(ids) });
  tables.close();
  pages.close();
  if (next?.do === "wait") throw new Error(); // the browser wakes us again
}

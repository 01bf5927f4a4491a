// A page of somebody who is signed in, or the page without network: opens what waits, sends it when it may, and brings
// in the forms and the region that show it.
import { device, forget, keptTables, memoryTables, orIfFull } from "./tables.js";
import { flush } from "./flusher.js";
import { keeper } from "./keep.js";
import { fillOffline } from "./offline.js";
import { leaving } from "./leaving.js";
import { Outbox } from "./outbox.js";
import { backOff } from "./rules.js";
import { region } from "./waiting.js";

const EVERY = 60000;
const SHORTLY = 2000;
const FRESH = { "/": 300000, elsewhere: 6 * 3600000 };

// `opened` is handed what takes the gestures of the page's forms, as soon as it may.
export async function start(page, opened) {
  if (!crypto.subtle) return; // a page that is not encrypted keeps nothing
  const offline = page.querySelector("[data-offline]");
  const away = !navigator.onLine;
  const last = await device().catch(() => null);
  const { person = last?.person_uid, shared } = page.body.dataset;
  // They signed out without network, and no worker stood between this page and the server.
  if (last?.sign_out && !offline) return closeTheDoor();
  if (last?.sign_out) page.querySelector('[data-at="out"]').hidden = false;
  if (!person) return void (offline && addEventListener("online", reloadIfAnswered));
  const own = shared !== "true";
  const outbox = await openedFor(person, own);
  const work = new Work(outbox, page, offline);
  work.show = region(page.getElementById("waiting"), work);
  leaving(page, work);
  opened(keeper(work));
  const known = offline ? last : await remember(person, own && !outbox.memory, page.documentElement.lang);
  // The browser cleared what waited: it is said, and nothing that was sent is touched.
  if (outbox.tables.fresh) work.lost = known?.waiting ?? 0;
  if (offline) await fillOffline(page, work);
  work.begin();
  // The network came back before anybody listened for it.
  if (away && navigator.onLine) work.back?.();
}

// A browser may call itself online before anything answers.
async function reloadIfAnswered() {
  if (await fetch("/healthz", { method: "HEAD" }).catch(() => null)) location.reload();
}

async function closeTheDoor() {
  const answer = await fetch("/sign-out", { method: "POST" });
  if (answer.redirected) await device(() => undefined);
  location.reload();
}

// Without a place for its key nothing is kept here: the tab alone remembers, as on a device that is not theirs.
async function openedFor(person, own) {
  try {
    if (own) return await new Outbox(person, await keptTables(person)).open();
  } catch {
    // no storage, or none for keys
  }
  return new Outbox(person, memoryTables()).open();
}

// Whose phone it is, for the page without network; a device that is not theirs keeps nobody in mind.
async function remember(person, own, locale) {
  const before = (pointer) => (pointer?.person_uid === person ? pointer : { waiting: 0 });
  return device((pointer) => (own ? { ...before(pointer), person_uid: person, locale } : undefined)).catch(() => null);
}

class Work {
  failures = 0;
  stopped = "";
  sending = false;
  asked = "";
  sent = [];
  lost = 0;

  constructor(outbox, page, offline) {
    Object.assign(this, { outbox, page, offline });
    this.channel = outbox.memory ? null : new BroadcastChannel(`fil-${outbox.person}`);
  }

  begin() {
    const again = () => this.again();
    // Another tab, or the worker, has sent something of what this page shows.
    this.channel?.addEventListener("message", ({ data }) => {
      this.sent.push(...data);
      this.show();
      if (data.length) this.back?.();
    });
    addEventListener("online", again);
    addEventListener("pageshow", again);
    this.page.addEventListener("visibilitychange", () =>
      this.page.visibilityState === "visible" ? again() : navigator.onLine && flush(this.outbox, { last: true }),
    );
    setInterval(() => this.page.visibilityState === "visible" && this.go(), EVERY);
    // On a device that is not theirs, what was not sent would go with the tab.
    if (this.outbox.memory) addEventListener("beforeunload", (event) => this.unsent && event.preventDefault());
    this.go();
    this.look();
  }

  again() {
    this.failures = 0;
    return this.go(true);
  }

  async unsentNow() {
    return (await this.outbox.waiting()).length;
  }

  // Sends what waits. Resolves when all has left, or to what keeps it from going on for now. Asked during a round, which
  // may have looked for notes or for the network already, it makes one more; not before its time, unless `anyway`.
  go(anyway = false) {
    if (this.going) this.asked = this.asked === "anyway" || anyway ? "anyway" : "once";
    this.going ??= this.rounds().finally(() => (this.going = null));
    return this.going;
  }

  async rounds() {
    for (;;) {
      this.asked = "";
      const next = await this.round();
      if (!this.asked || (this.asked === "once" && next?.do === "wait")) return next;
    }
  }

  async round() {
    clearTimeout(this.timer);
    let next;
    while ((await this.show()) && navigator.onLine) {
      this.sending = true;
      this.show();
      const told = (ids) => {
        this.sent.push(...ids);
        this.channel?.postMessage(ids);
      };
      next = await flush(this.outbox, { told }).catch(() => ({ do: "wait" }));
      this.sending = false;
      this.stopped = next?.why ?? "";
      if (next?.do !== "rest") break; // else something was saved meanwhile
    }
    const waits = next?.do === "wait";
    this.failures = waits ? this.failures + 1 : 0;
    // Another tab or the worker may be at it: what it meets, this page wants to know too.
    const soon = waits ? (next.wait * 1000 || backOff(this.failures)) : SHORTLY;
    if (waits || (navigator.onLine && !next && (await this.show()))) this.timer = setTimeout(() => this.go(), soon);
    await this.show();
    if (next?.do === "rest") this.back?.();
    return next;
  }

  // Adds a gesture; a browser that can will wake the worker when the network is back.
  async save(op, attempts = 0, instead = "") {
    const { outbox } = this;
    const put = await orIfFull(async (full) => {
      if (full) await outbox.makeRoom();
      return outbox.save(op, attempts, instead);
    });
    this.channel?.postMessage([]);
    navigator.serviceWorker?.ready.then(({ sync }) => sync?.register("outbox")).catch(() => undefined);
    if ((await outbox.meta("saves", (n = 0) => n + 1)) === 2 && !outbox.memory) navigator.storage?.persist?.();
    return put;
  }

  // Reads what the page without network will show. Resolves to whether the server is there and knows who is asking.
  async look(now = false) {
    const fresh = FRESH[location.pathname] ?? FRESH.elsewhere;
    if (this.outbox.memory || (!now && (await this.outbox.snapshot()).at > Date.now() - fresh)) return null;
    try {
      const answer = await fetch("/sync", { redirect: "error", headers: { Accept: "application/json" } });
      if (answer.status === 401) return false;
      const seen = await answer.json();
      if (seen.schema < 1 || seen.person_uid !== this.outbox.person) return false;
      await this.outbox.keepSnapshot(seen);
      return true;
    } catch {
      return null;
    }
  }

  // How much waits is kept beside whose it is, so that a browser that clears it can be found out; and it stands on the
  // icon, for whoever wants it there.
  counted(n) {
    if (this.outbox.memory || this.lost || this.known === n) return;
    this.known = n;
    device((pointer) => (pointer?.person_uid === this.outbox.person ? { ...pointer, waiting: n } : pointer)).catch(() => null);
    this.outbox.snapshot().then(({ settings }) => navigator.setAppBadge?.(settings?.badge ? n : 0)).catch(() => null);
  }

  // Nothing of this person stays on this device.
  async forget(pointer) {
    navigator.clearAppBadge?.().catch(() => null);
    this.outbox.tables.close();
    await forget(`fil-${this.outbox.person}`);
    await device(() => pointer);
  }
}

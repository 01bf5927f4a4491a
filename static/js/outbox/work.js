// What a page does with what waits: it sends it when it may, one round after another, and never loses sight of it.
import { flush } from "./flusher.js";
import { backOff } from "./rules.js";
import { device, forget, orIfFull } from "./tables.js";

const EVERY = 60000;
const SHORTLY = 2000;
const LONGEST = 3600; // seconds that a server may make us wait, whatever stands between
const FRESH = { "/": 300000, elsewhere: 6 * 3600000 };

export class Work {
  failures = 0;
  stopped = "";
  until = 0;
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
      if (data.length) this.back();
    });
    addEventListener("online", again);
    addEventListener("pageshow", again);
    this.page.addEventListener("visibilitychange", () =>
      this.page.visibilityState === "visible"
        ? again()
        : navigator.onLine && !this.early && flush(this.outbox, { told: this.told, last: true }).then(this.back),
    );
    setInterval(() => this.page.visibilityState === "visible" && (this.go(), this.look(false, FRESH.elsewhere)), EVERY);
    // On a device that is not theirs, what was not sent would go with the tab.
    if (this.outbox.memory) addEventListener("beforeunload", (event) => this.unsent && event.preventDefault());
    this.go();
    this.look();
  }

  // `asked`: by the person, who need not wait for what the server has said.
  again(asked = false) {
    if (asked) this.until = 0;
    this.failures = 0;
    return this.go(true);
  }

  // The server has said when, whatever else happens meanwhile.
  get early() {
    return this.until > performance.now();
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
    while ((await this.show()) && navigator.onLine && !this.early) {
      this.sending = true;
      this.show();
      next = await flush(this.outbox, { told: this.told }).catch(() => ({ do: "wait" }));
      this.sending = false;
      this.stopped = next?.why ?? "";
      if (next?.do !== "rest") break; // else something was saved meanwhile
    }
    const waits = next?.do === "wait";
    if (next || !this.early) this.failures = waits ? this.failures + 1 : 0;
    if (next?.wait) this.until = performance.now() + Math.min(next.wait, LONGEST) * 1000;
    // Another tab or the worker may be at it: what it meets, this page wants to know too.
    const soon = this.early ? this.until - performance.now() : waits ? backOff(this.failures) : SHORTLY;
    if (waits || (navigator.onLine && !next && (await this.show()))) this.timer = setTimeout(() => this.go(), soon);
    await this.show();
    if (next?.do === "rest") this.back();
    return next;
  }

  // Hears of each batch that was listed.
  told = (ids) => {
    this.sent.push(...ids);
    this.channel?.postMessage(ids);
  };

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
  async look(now = false, fresh = FRESH[location.pathname] ?? FRESH.elsewhere) {
    if (this.outbox.memory || (!now && Math.abs(Date.now() - (await this.outbox.snapshot()).at) < fresh)) return null;
    try {
      const answer = await fetch("/sync", { redirect: "error", headers: { Accept: "application/json" } });
      const seen = answer.status !== 401 && (await answer.json());
      if (!seen || seen.schema < 1 || seen.person_uid !== this.outbox.person) return false;
      await this.outbox.keepSnapshot(seen).catch(() => null); // a device that is full keeps the one it had
      this.go(); // another server may ask for what an earlier one had
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
    await device(() => pointer); // first: a page that is opened meanwhile must not find whose database to make
    await forget(`fil-${this.outbox.person}`);
  }
}

// What waits to be sent, of one person on one browser. A gesture is here before the screen says that it is saved, and
// leaves only when the server has listed it. Boxes are encrypted with a key that cannot be taken out of the browser.
import { follow, forgetOld, sendAway } from "./acked.js";
import { boxed, newKey, unboxed } from "./boxes.js";
import { merged, outcome } from "./rules.js";
import { orIfFull } from "./tables.js";

// It changes with each release: what a server did not know is then offered again, by a page as by the worker.
export const RELEASE = import.meta.url.match(/static\/(\w+)/)?.[1] ?? import.meta.url;

export class Outbox {
  constructor(person, tables) {
    Object.assign(this, { person, tables, memory: Boolean(tables.memory), offered: new Set() });
  }

  // Throws what the browser says when it cannot keep a key: the caller then keeps nothing on this device.
  async open() {
    const found = await this.tables(async ({ meta }) => meta.get("key"));
    const made = { key: found ?? (await newKey()), device_id: crypto.randomUUID(), schema: 1 };
    // A device that is full takes nothing: what is there is left as it is.
    await this.tables(async ({ meta }) => {
      for (const [name, value] of Object.entries(made)) {
        this[name] = await meta.get(name);
        if (this[name] === undefined) await meta.put((this[name] = value), name);
      }
    });
    return this;
  }

  // Everything that is here, in order, opened; `kind` is missing where the box cannot be opened any more.
  async rows() {
    const found = await this.tables(({ outbox }) => outbox.all());
    return Promise.all(
      found.sort((a, b) => a.seq - b.seq).map(async (row) => ({ ...row, ...(await this.unsealed(row).catch(() => null)) })),
    );
  }

  async waiting() {
    const held = await this.held();
    return (await this.rows()).filter((row) => row.kind && row.state === "waiting" && row.held !== held);
  }

  // Adds a gesture, or changes one that never left. Resolves when the device has stored it. A correction goes in and
  // what it stands `instead` of goes out in one breath.
  async save(op, attempts = 0, instead = "") {
    for (;;) {
      const before = (await this.rows()).filter((row) => row.kind && row.state === "waiting");
      const { drop, put } = attempts ? { drop: [], put: op } : merged(before.map((row) => this.asOffered(row)), op);
      const box = put && (await this.sealed(put));
      const stored = await this.tables(async ({ outbox, meta }) => {
        // What left or went while this was being decided is not what was decided about: then it is decided again.
        for (const op_id of put ? [...drop, put.op_id] : drop) {
          const [was, is] = [before.find((row) => row.op_id === op_id), await outbox.get(op_id)];
          if (is && op_id === op.op_id && is.attempts) return true;
          if (was?.attempts !== is?.attempts) return false;
        }
        for (const op_id of instead ? [...drop, instead] : drop) await outbox.delete(op_id);
        if (!put) return true;
        const seq = (await outbox.get(put.op_id))?.seq ?? ((await meta.get("next_seq")) ?? 1);
        await meta.put(Math.max(seq + 1, (await meta.get("next_seq")) ?? 1), "next_seq");
        await outbox.put({ op_id: put.op_id, seq, state: "waiting", attempts, reason: "", created_at: Date.now(), box });
        return true;
      });
      if (stored) return put;
    }
  }

  // From here on these are immutable. Returns them as they are at that instant, which is what may be sent. What a full
  // device cannot write down, this page remembers.
  async attempt(ops) {
    const marked = (full) =>
      this.tables(async ({ outbox }) => {
        const found = [];
        for (const { op_id } of ops) {
          const row = await outbox.get(op_id);
          if (row && full) this.offered.add(op_id);
          else if (row) await outbox.put({ ...row, attempts: row.attempts + 1 });
          if (row) found.push(row);
        }
        return found;
      });
    const rows = await orIfFull(marked);
    return Promise.all(rows.map(async (row) => ({ ...(await this.unsealed(row)), seq: row.seq })));
  }

  asOffered(row) {
    return this.offered.has(row.op_id) ? { ...row, attempts: 1 } : row;
  }

  // What the server listed leaves, and nothing else. Returns the ids that are now sent. A full device lets go of what has
  // arrived, and hears the rest again when it has room.
  async settle(ops, { results, server_epoch: epoch }, now = Date.now()) {
    const offered = new Set(ops.map((op) => op.op_id));
    const [held, deleted] = [await this.held(), await this.sentOf(ops.filter((op) => op.kind === "entry.delete"))];
    const settled = (full) =>
      this.tables(async ({ outbox, acked, meta }) => {
        const sent = [];
        this.full = full;
        for (const result of results) {
          const row = offered.has(result.op_id) && (await outbox.get(result.op_id));
          const { state, reason = "" } = (row && outcome(result, row.told)) || {};
          if (state === "acked" || (state === "conflict" && !full)) sent.push(result.op_id);
          if (state === "acked" && full) await outbox.delete(row.op_id);
          else if (state === "acked") {
            if (!result.superseded) for (const one of deleted[row.op_id] ?? []) await acked.delete(one);
            await sendAway({ outbox, acked }, row, now);
          }
          else if (state === "held" && !full) await outbox.put({ ...row, held });
          else if (state && !full) await outbox.put({ ...row, state, reason, copy_id: result.copy_id, told: state === "conflict" });
        }
        await forgetOld(acked, now);
        if (epoch && !full) await follow(epoch, { outbox, acked, meta });
        return sent;
      });
    return orIfFull(settled);
  }

  // What its form has sent, and the server taken, without ever having waited here.
  async wentByItself(op, now = Date.now()) {
    const [box, deleted] = [await this.sealed(op), await this.sentOf(op.kind === "entry.delete" ? [op] : [])];
    await this.tables(async ({ acked, meta }) => {
      const seq = (await meta.get("next_seq")) ?? 1;
      await meta.put(seq + 1, "next_seq");
      for (const one of deleted[op.op_id] ?? []) await acked.delete(one);
      await acked.put({ op_id: op.op_id, seq, state: "acked", attempts: 1, reason: "", created_at: now, box, told: true, at: now });
      await forgetOld(acked, now);
    });
  }

  // For each of these, by its id, the ids of what was sent before of the same entity.
  async sentOf(ops) {
    const sent = ops.length ? await this.sentSince(0) : [];
    const before = ({ entity }) => sent.filter((row) => row.entity === entity).map((row) => row.op_id);
    return Object.fromEntries(ops.map((op) => [op.op_id, before(op)]));
  }

  // The person has chosen: a conflict was seen, or a note is given up.
  async putAway(op_id) {
    return this.tables(async ({ outbox, acked }) => {
      const row = await outbox.get(op_id);
      if (row?.state === "conflict") await sendAway({ outbox, acked }, row, Date.now());
      else await outbox.delete(op_id);
    });
  }

  // Room for a new note: what was sent over a day ago, then what the page without network would have shown.
  async makeRoom() {
    await this.tables(async ({ acked, snapshot }) => {
      for (const row of await acked.all()) if (row.at < Date.now() - 86400000) await acked.delete(row.op_id);
      await snapshot.delete("now");
    });
  }

  async keepSnapshot(seen) {
    const box = await this.sealed({ op_id: "snapshot", data: seen });
    await this.tables(async ({ snapshot, meta, ...others }) => {
      await snapshot.put({ at: Date.now(), box }, "now");
      await meta.put(seen.schema, "server_schema");
      await follow(seen.server_epoch, { meta, ...others });
    });
  }

  async snapshot() {
    const row = await this.tables(({ snapshot }) => snapshot.get("now"));
    const opened = row && (await this.unsealed({ ...row, op_id: "snapshot" }).catch(() => null));
    return { at: row?.at ?? 0, ...opened?.data };
  }

  // What has left since that instant, opened.
  async sentSince(at) {
    const found = await this.tables(({ acked }) => acked.all());
    const late = found.filter((row) => row.at >= at);
    return Promise.all(late.map(async (row) => ({ ...row, ...(await this.unsealed(row).catch(() => null)) })));
  }

  meta(name, change) {
    return this.tables(async ({ meta }) => {
      const value = await meta.get(name);
      if (change) await meta.put(change(value), name);
      return value;
    });
  }

  async held() {
    return `${(await this.meta("server_schema")) ?? 1} ${RELEASE}`;
  }

  sealed(op) {
    return boxed(this, op);
  }

  unsealed(row) {
    return unboxed(this, row);
  }
}

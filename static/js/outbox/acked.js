// What the server has acknowledged is kept for a while: a backup that is restored there may have been made before it.

const KEPT = 14 * 86400000;

export async function sendAway({ outbox, acked }, { again, ...row }, at) {
  await outbox.delete(row.op_id);
  await acked.put({ ...row, state: "acked", told: true, at });
}

export async function forgetOld(acked, now) {
  for (const row of await acked.all()) if (row.at < now - KEPT) await acked.delete(row.op_id);
}

// A restored server: all that it had acknowledged is offered again, what nobody has seen yet too, and its epoch is ours
// once it has listed them.
export async function follow(epoch, { outbox, acked, meta }) {
  const known = await meta.get("server_epoch");
  if (known && known !== epoch && (await meta.get("next_epoch")) !== epoch) {
    await meta.put(epoch, "next_epoch");
    for (const row of await outbox.all())
      if (row.state === "conflict") await outbox.put({ ...row, state: "waiting", again: true, told: false });
    for (const row of await acked.all()) {
      await acked.delete(row.op_id);
      await outbox.put({ ...row, state: "waiting", again: true });
    }
  }
  const still = (await outbox.all()).some((row) => row.again && row.state === "waiting" && !row.held);
  if (!still && known !== epoch) await meta.put(epoch, "server_epoch");
}

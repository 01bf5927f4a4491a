// What waits is kept in boxes: AES-GCM, bound to its person and to the name of its gesture, so that none can be put in the
// place of another. The key cannot be taken out of the browser.

const ALGORITHM = { name: "AES-GCM", length: 256 };

export const newKey = () => crypto.subtle.generateKey(ALGORITHM, false, ["encrypt", "decrypt"]);

function bound({ person }, op_id, iv) {
  const additionalData = new TextEncoder().encode(`op|1|${person}|${op_id}`);
  return { name: "AES-GCM", iv, additionalData };
}

export async function boxed(owner, { op_id, kind, entity, base_version, recorded_at, data }) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const words = new TextEncoder().encode(JSON.stringify({ op_id, kind, entity, base_version, recorded_at, data }));
  const hidden = await crypto.subtle.encrypt(bound(owner, op_id, iv), owner.key, words);
  return new Uint8Array([...iv, ...new Uint8Array(hidden)]);
}

export async function unboxed(owner, { op_id, box }) {
  const clear = await crypto.subtle.decrypt(bound(owner, op_id, box.slice(0, 12)), owner.key, box.slice(12));
  return JSON.parse(new TextDecoder().decode(clear));
}

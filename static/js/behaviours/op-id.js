// The name a phone gives to one note, so that a tap sent twice makes one. Kept until the server has answered; then the
// next note gets a name of its own. A failure keeps it: the second try is the same note.

export function opId(field) {
  field.form?.addEventListener("htmx:after:request", (event) => {
    if (event.detail.ctx?.response?.status < 400) field.value = newId();
  });
}

export function newId(random = (bytes) => crypto.getRandomValues(bytes)) {
  const bytes = random(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

// The name a phone gives to one note, so that a tap sent twice makes one. Kept until the server has answered; then the
// next note gets a name of its own. A failure keeps it: the second try is the same note. And where the answer is faster
// than a hand that trembles, two taps on one button so near to each other are still one.
const TREMBLE = 700;

export function opId(field) {
  let tapped, at;
  field.form?.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button === tapped && event.timeStamp - at < TREMBLE) event.preventDefault();
    [tapped, at] = [button, event.timeStamp];
  });
  field.form?.addEventListener("htmx:after:request", (event) => {
    if (event.detail.ctx?.response?.status < 400) field.value = newId();
  });
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

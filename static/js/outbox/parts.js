// The pieces in which a device shows what waits. The page without network holds them for every page, as
// `<template data-part="…">`: `{name}` stands where a value goes, and of the elements that say `data-for="a b"` only
// those that say it for this case stay.

let held = globalThis.document; // the worker has none, and asks for no piece

// Whether the pieces are here; the device has them, with or without network. To be awaited before `part` is used.
export async function pieces() {
  if (held.querySelector("[data-part]")) return true;
  const address = `/offline/${document.documentElement.lang}`;
  try {
    const kept = await globalThis.caches?.match(address, { ignoreVary: true });
    held = new DOMParser().parseFromString(await (kept ?? (await fetch(address))).text(), "text/html");
  } catch {
    return false;
  }
  return Boolean(held.querySelector("[data-part]"));
}

export function part(name, values = {}, says = "") {
  const piece = document.importNode(held.querySelector(`[data-part="${name}"]`).content.firstElementChild, true);
  const put = (text) => text.replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
  for (const element of [piece, ...piece.querySelectorAll("*")]) {
    if (element.dataset.for && !element.dataset.for.split(" ").includes(says)) element.remove();
    for (const attribute of element.attributes) if (attribute.value.includes("{")) attribute.value = put(attribute.value);
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) node.data = put(node.data);
  }
  return piece;
}

// Of what a piece says of where a gesture is kept, only what is so stays.
export function keptSo(piece, kept) {
  for (const aside of piece.querySelectorAll("[data-kept]")) if (aside.dataset.kept !== kept) aside.remove();
}

// A sentence with a number: `data-many`, `data-one`.
export function count(element, n) {
  element.textContent = element.dataset[n < 2 ? "one" : "many"].replace("{n}", n);
}

// « 18 h 30 » or “6:30 pm”, from the clock that a moment was written with.
export function clockTime(moment) {
  const [hour, minute] = [Number(moment.slice(11, 13)), moment.slice(14, 16)];
  if (document.documentElement.lang === "fr") return `${hour}\u00a0h\u00a0${minute}`;
  return `${hour % 12 || 12}:${minute}\u00a0${hour < 12 ? "am" : "pm"}`;
}

// « mardi 1er décembre », as the server writes it: browsers say « 1 décembre ».
export function longDay(moment) {
  const shown = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
  const language = document.documentElement.lang === "fr" ? "fr-FR" : "en-GB";
  const said = new Intl.DateTimeFormat(language, shown).format(new Date(`${moment.slice(0, 10)}T12:00Z`));
  return language === "fr-FR" ? said.replace(" 1 ", " 1er ") : said;
}

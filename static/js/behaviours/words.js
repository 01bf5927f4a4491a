// The text of an element as a person would write it down: the items of a list parted by a space, a field's value.

export function textOf(element) {
  if ("value" in element && element.tagName !== "LI") return element.value;
  const parts = element.children.length ? [...element.children] : [element];
  return parts.map((part) => part.textContent.trim().replace(/\s+/g, " ")).filter(Boolean).join(" ");
}

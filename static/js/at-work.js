// Whether something is being typed, corrected or decided: then no page takes the place of this one by itself.

export function atWork() {
  const changed = ({ value, defaultValue, checked, defaultChecked }) => value !== defaultValue || checked !== defaultChecked;
  return Boolean(document.querySelector("#waiting form, dialog[open]")) || [...document.querySelectorAll("input, textarea")].some(changed);
}

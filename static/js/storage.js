// Whether this browser has promised to keep what waits; it was asked once, after a third note.

if (!(await navigator.storage?.persisted?.())) document.getElementById("storage").hidden = false;

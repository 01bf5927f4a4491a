// « Effacer les données de cet appareil »: whatever waits here, whoever it belongs to, is destroyed unread.

export async function start(place) {
  const names = async () => {
    const found = await indexedDB.databases?.();
    return (found ?? []).map(({ name }) => name).filter((name) => name?.startsWith("fil-"));
  };
  if (!(await names()).length) return;
  place.hidden = false;
  // Whoever was sent here for it need not look for it.
  if (location.hash === "#wipe") {
    place.open = true;
    place.querySelector("summary").focus();
  }
  const line = place.querySelector("[data-wiped]");
  place.querySelector("button").addEventListener("click", async () => {
    for (const name of await names()) await new Promise((gone) => (indexedDB.deleteDatabase(name).onsuccess = gone));
    navigator.clearAppBadge?.().catch(() => null);
    line.textContent = line.dataset.wiped;
  });
}

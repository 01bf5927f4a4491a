// Where what waits is kept: one IndexedDB database per person, `fil-<uid>`, or, on a device that is not theirs, the
// memory of this tab. Both are used the same way: one transaction, four tables, `get`, `all`, `put`, `delete`.

const INDEXED = { outbox: "seq", acked: "at" };
const NAMES = [...Object.keys(INDEXED), "snapshot", "meta"];
const asked = (request) =>
  new Promise((found, failed) => {
    request.onsuccess = () => found(request.result);
    request.onerror = () => failed(request.error);
  });

// `tables(acts)` runs `acts` in one durable transaction and returns what it returned, once the device has really
// stored it. `tables.fresh` says that the database was made just now; `gone` hears that somebody took it away.
export async function keptTables(person, gone = () => {}) {
  let database, fresh, left;
  const opened = async () => {
    const request = indexedDB.open(`fil-${person}`, 1);
    fresh = false;
    request.onupgradeneeded = () => {
      fresh = true;
      for (const name of NAMES) {
        const store = request.result.createObjectStore(name, INDEXED[name] && { keyPath: "op_id" });
        if (INDEXED[name]) store.createIndex(INDEXED[name], INDEXED[name]);
      }
    };
    const found = (database = await asked(request));
    // Someone signs out in another tab: their database goes, and nothing here may hold it.
    found.onversionchange = () => {
      found.close();
      close();
      gone();
    };
  };
  const close = () => {
    left = true;
    database.close();
  };
  await opened();
  const begun = () => database.transaction(NAMES, "readwrite", { durability: "strict" });
  const again = async (error) => {
    if (left) throw error;
    await opened();
    if (!fresh) return begun();
    // What is empty has another key than this page: whatever it put there could never be read.
    close();
    await forget(`fil-${person}`);
    throw error;
  };
  const tables = async (acts) => {
    let all;
    try {
      all = begun();
    } catch (error) {
      all = await again(error); // a browser that slept may have closed it by itself
    }
    const ended = new Promise((complete, failed) => {
      all.oncomplete = complete;
      all.onabort = () => failed(all.error ?? new Error());
    });
    ended.catch(() => undefined);
    const table = (name) => {
      const store = all.objectStore(name);
      return {
        get: (key) => asked(store.get(key)),
        all: () => asked(store.getAll()),
        put: (value, ...key) => asked(store.put(value, ...key)),
        delete: (key) => asked(store.delete(key)),
      };
    };
    try {
      const made = await acts(Object.fromEntries(NAMES.map((name) => [name, table(name)])));
      await ended;
      return made;
    } catch (error) {
      try {
        all.abort();
      } catch {
        // it has ended by itself
      }
      throw error;
    }
  };
  return Object.assign(tables, { fresh, close });
}

// A device that is full can still delete, and what it holds can still be sent: `act` is told that it is.
export async function orIfFull(act) {
  try {
    return await act(false);
  } catch (error) {
    if (error?.name !== "QuotaExceededError") throw error;
    return act(true);
  }
}

export function memoryTables() {
  const kept = Object.fromEntries(NAMES.map((name) => [name, new Map()]));
  const table = (rows) => ({
    get: async (key) => rows.get(key),
    all: async () => [...rows.values()],
    put: async (value, key = value.op_id) => rows.set(key, value),
    delete: async (key) => rows.delete(key),
  });
  let turn = Promise.resolve();
  const tables = (acts) => {
    const all = Object.fromEntries(NAMES.map((name) => [name, table(kept[name])]));
    return (turn = turn.catch(() => undefined).then(() => acts(all)));
  };
  return Object.assign(tables, { memory: true, close() {} });
}

// The one database that is not a person's: who signed in here last, so that the page without network knows whose
// database to open; and the mark of somebody who signed out without network. `change` is handed what was there.
export async function device(change = (pointer) => pointer) {
  const request = indexedDB.open("fil-device", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("last");
  const database = await asked(request);
  try {
    const store = database.transaction("last", "readwrite", { durability: "strict" }).objectStore("last");
    const before = await asked(store.get(0));
    const after = change(before);
    if (after !== before) await asked(after ? store.put(after, 0) : store.delete(0));
    return after;
  } finally {
    database.close();
  }
}

export const forget = (name) => asked(indexedDB.deleteDatabase(name));

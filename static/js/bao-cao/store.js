// What the phone keeps in IndexedDB: drafts, queue and photos, by key. Where that is blocked or full the
// same calls work in memory, and `kept()` says so: the strip must not promise what a closed page forgets.
const STORES = ["drafts", "queue", "photos"];
const memory = new Map();
let opening;
let works = true;

export const kept = () => works;

function open() {
  opening ??= new Promise((done, fail) => {
    const request = indexedDB.open("bao-cao", 1);
    request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name));
    request.onsuccess = () => {
      const base = request.result;
      base.onversionchange = base.onclose = () => {
        base.close();
        opening = null;
      };
      done(base);
    };
    request.onerror = request.onblocked = () => fail(request.error);
    setTimeout(fail, 3000, new Error("slow"));
  });
  return opening;
}

async function run(name, mode, work) {
  const base = await open();
  return new Promise((done, fail) => {
    // Strict: what the strip calls saved outlives an empty battery.
    const step = base.transaction(name, mode, { durability: "strict" });
    let result;
    work(step.objectStore(name), (value) => (result = value));
    step.oncomplete = () => done(result);
    step.onerror = step.onabort = () => fail(step.error);
  });
}

/** Read, change, write in one transaction; `alter(old)` returns the new value, undefined to delete. */
export async function change(name, key, alter) {
  const id = `${name}/${key}`;
  try {
    const value = await run(name, "readwrite", (rows, give) => {
      rows.get(key).onsuccess = (event) => {
        const next = alter(memory.has(id) ? memory.get(id) : event.target.result);
        if (next === undefined) rows.delete(key);
        else rows.put(next, key);
        give(next);
      };
    });
    memory.delete(id);
    works = true;
    return value;
  } catch {
    works = false;
    const next = alter(memory.get(id) ?? (await get(name, key)));
    memory.set(id, next);
    return next;
  }
}

export const put = (name, key, value) => change(name, key, () => value);
export const remove = (name, key) => change(name, key, () => undefined);

export async function get(name, key) {
  return (await all(name)).find((row) => row.id === key);
}

/** Every row of a store; each carries its key as `id`. */
export async function all(name) {
  let rows = [];
  try {
    rows = await run(name, "readonly", (table, give) => {
      table.getAll().onsuccess = (event) => give(event.target.result);
    });
  } catch {
    works = false;
  }
  const own = [...memory].filter(([id]) => id.startsWith(`${name}/`));
  const covered = own.map(([id]) => id.slice(name.length + 1));
  return [...rows.filter((row) => !covered.includes(row.id)), ...own.map(([, row]) => row).filter(Boolean)];
}

/** Everything off this phone. */
export async function clear() {
  memory.clear();
  for (const name of STORES) await run(name, "readwrite", (rows) => rows.clear()).catch(() => {});
}

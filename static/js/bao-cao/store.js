// What the phone keeps in IndexedDB: drafts, queue and photos, by key. Where that is blocked or full the
// same calls work in memory, and `kept()` says so: the strip must not promise what a closed page forgets.
// Every row belongs to the person who was signed in when it was written, and only that person meets it again.
const STORES = ["drafts", "queue", "photos"];
// As long as a session lives: no longer does what somebody typed and never sent lie on a phone that others use.
const DAYS_100 = 8640000000; // ms
const memory = new Map();
let opening;
let works = true;
let me = globalThis.document?.querySelector("script[data-person]")?.dataset.person;

export const person = () => me;
/** The worker has no page that says who is signed in: it tries one after the other. */
export const actAs = (one) => (me = one);
const own = (key) => `${me} ${key}`;

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
      expire(base);
      done(base);
    };
    request.onerror = request.onblocked = () => fail(request.error);
    setTimeout(fail, 3000, new Error("slow"));
  });
  return opening;
}

/** Old rows of others go. One's own are about to be sent, and a clock that was wrong must not cost them. */
function expire(base) {
  const step = base.transaction(STORES, "readwrite");
  for (const name of STORES)
    step.objectStore(name).openCursor().onsuccess = ({ target: { result: row } }) => {
      if (me && row && row.value.person !== me && row.value.at < Date.now() - DAYS_100) row.delete();
      row?.continue();
    };
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
  const id = `${name}/${own(key)}`;
  const mine = (row) => row && { ...row, person: me, at: Date.now() };
  try {
    const value = await run(name, "readwrite", (rows, give) => {
      rows.get(own(key)).onsuccess = (event) => {
        const next = mine(alter(memory.has(id) ? memory.get(id) : event.target.result));
        if (next === undefined) rows.delete(own(key));
        else rows.put(next, own(key));
        give(next);
      };
    });
    memory.delete(id);
    // A full store still deletes: what it would not take is kept only in memory.
    works = !memory.size;
    return value;
  } catch {
    works = false;
    const next = mine(alter(memory.get(id) ?? (await get(name, key))));
    memory.set(id, next);
    return next;
  }
}

export const put = (name, key, value) => change(name, key, () => value);
export const remove = (name, key) => change(name, key, () => undefined);

export async function get(name, key) {
  return (await all(name)).find((row) => row.id === key);
}

const everybodys = (name) =>
  run(name, "readonly", (table, give) => {
    table.getAll().onsuccess = (event) => give(event.target.result);
  });

/** Every row of a store that is this person's; each carries its key as `id`. */
export async function all(name) {
  let rows = [];
  try {
    rows = (await everybodys(name)).filter((row) => row.person === me);
  } catch {
    works = false;
  }
  const start = `${name}/${own("")}`;
  const newer = [...memory].filter(([id]) => id.startsWith(start));
  const covered = newer.map(([id]) => id.slice(start.length));
  return [...rows.filter((row) => !covered.includes(row.id)), ...newer.map(([, row]) => row).filter(Boolean)];
}

/** Whose rows lie on this phone. */
export async function people() {
  const rows = await Promise.all(STORES.map((name) => everybodys(name).catch(() => [])));
  return new Set(rows.flat().map((row) => row.person));
}

/** Everything of this person off the phone. */
export async function clear() {
  memory.clear();
  for (const name of STORES)
    await run(name, "readwrite", (rows) => {
      rows.getAllKeys().onsuccess = (event) =>
        event.target.result.filter((key) => key.startsWith(own(""))).forEach((key) => rows.delete(key));
    }).catch(() => {});
}

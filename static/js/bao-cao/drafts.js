// One row a unit and month: {id, server, screens}. `server` is what the ward has, as it last said;
// `screens` what was typed here and not yet confirmed by the ward: {typed, base, sent}. `base` is the version
// that the typing began on, `sent` the texts whose answers never came: they are no conflict when met again.
import { all, change, get, remove } from "./store.js";

/** Typed text in one spelling, to compare: blanks and blank rows left out, rows counted anew, names in order. */
export function canon(typed) {
  const lines = [];
  for (const [part, boxes] of Object.entries(typed || {})) {
    const numbers = [];
    // A row of boxes ("0-title") that has but its kind says nothing.
    for (const [name, value] of Object.entries(boxes || {}))
      if (/^\d+-(?!code)/.test(name) && value.trim()) numbers.push(parseInt(name));
    const order = [...new Set(numbers.sort((a, b) => a - b))];
    for (const [name, value] of Object.entries(boxes || {})) {
      const [, number, box] = name.match(/^(\d+)-(.*)/) || [];
      const at = order.indexOf(Number(number));
      if (value.length && !(box && at < 0)) lines.push([part, box ? at + box : name, [value].flat().sort()]);
    }
  }
  return JSON.stringify(lines.map((line) => JSON.stringify(line)).sort());
}

export const draftOf = (place) => get("drafts", place);
export const placeOf = (stateUrl) => stateUrl.replace(/[^/]+\/$/, "");
export const isDirty = (row) => Object.keys(row?.screens || {}).length > 0;
/** The pages of the month that open without a connection. */
export const pagesOf = ({ server } = {}) => [...Object.values(server?.screens || {}), ...(server?.more || [])];
/** The whole draft as typed: the ward's text with this phone's over it; undefined while the ward's is unknown. */
export const whole = (row) =>
  row?.server?.content && Object.assign({}, row.server.content, ...Object.values(row.screens).map((one) => one.typed));

/** What the ward answered about itself. */
export const learn = (place, server) =>
  change("drafts", place, (row) => ({ ...row, id: place, screens: row?.screens || {}, server }));

/** Text typed on `screen`, begun on version `base`. A hand-in that waits was for the older text. */
export async function remember({ place, urls }, screen, typed, base) {
  const row = await change("drafts", place, (old) => {
    const next = { id: place, screens: {}, server: urls, ...old };
    const mine = next.screens[screen] || { base, sent: [] };
    next.screens[screen] = { base: mine.base, sent: mine.sent, typed };
    return next;
  });
  await remove("queue", place);
  return row;
}

export const sending = (place, screen, text) =>
  change("drafts", place, (row) => {
    const mine = row?.screens[screen];
    if (mine && !mine.sent.includes(text)) mine.sent = [...mine.sent.slice(-4), text];
    return row;
  });

/** The ward has `typed`. Text typed since stays, now on the new version. */
export const confirmed = (place, screen, typed, answer) =>
  change("drafts", place, (row) => {
    if (!row) return row;
    const mine = row.screens[screen];
    if (mine && canon(mine.typed) === canon(typed)) delete row.screens[screen];
    else if (mine) Object.assign(mine, { base: answer.draft_version, sent: [] });
    return { ...row, server: { ...row.server, ...answer } };
  });

export const mark = (place, screen, changes) =>
  change("drafts", place, (row) => {
    if (row?.screens[screen]) Object.assign(row.screens[screen], changes);
    return row;
  });

/** Handed in, or no longer owed: nothing of this month stays but what was typed since. */
export async function forget(place) {
  await change("drafts", place, (row) => (isDirty(row) ? row : undefined));
  const pages = globalThis.caches && (await caches.open("bao-cao-pages"));
  for (const page of pages ? await pages.keys() : [])
    if (new URL(page.url).pathname.startsWith(place)) await pages.delete(page);
}

/** Is there anything that the ward does not have? */
export async function unsent() {
  const rows = await Promise.all([all("drafts"), all("queue"), all("photos")]);
  return rows[0].some(isDirty) || rows[1].length > 0 || rows[2].length > 0;
}

// One screen: what is typed goes to the phone at once and to the ward every 15 seconds.
import { collect, fill } from "./boxes.js";
import { busy, free } from "./buttons.js";
import { draftOf, remember } from "./drafts.js";
import { saveScreen, sync } from "./send.js";
import { get, kept } from "./store.js";
import { tell } from "./strip.js";

const TYPING_PAUSE = 300; // ms
const SAVE_EVERY = 15000; // ms

export function start(form, page) {
  const screen = form.dataset.part;
  const seen = form.elements.seen_version;
  let row;
  let last; // the outcome of the last saving
  let timer;
  let beyond;
  let isBeingKept = false; // a page that goes in that moment may take the phone's copy with it
  // Typed before this script came? A value that the browser put back is not: it would pass for a newer text.
  let isTouched = [...form.elements].some(
    (box) => box.type !== "hidden" && (box.checked !== box.defaultChecked || (box.defaultValue ?? box.value) !== box.value),
  );
  form.autocomplete = "off";

  async function tellNow(outcome) {
    last = outcome || last;
    const entry = await get("queue", page.place);
    // A page just come from the ward says it best itself.
    if (last || entry || row?.screens[screen] || page.isKept) tell(row, entry, last, () => form.submit());
  }

  async function overlay() {
    row = await draftOf(page.place);
    const mine = row?.screens[screen];
    const older = page.isOlder(row);
    if (!isTouched && (mine || older)) beyond = fill(form, mine?.typed || row.server.content);
    if (mine || older) seen.value = mine?.base ?? row.server.draft_version;
    tellNow();
  }

  async function keep() {
    clearTimeout(timer);
    if (!isTouched) return;
    isTouched = false;
    isBeingKept = true;
    row = await remember(page, screen, collect(form, beyond), Number(seen.value));
    isBeingKept = false;
  }

  async function after(outcome) {
    row = await draftOf(page.place);
    // The next words begin on what the ward has just confirmed.
    seen.value = row?.screens[screen]?.base ?? row?.server?.draft_version ?? seen.value;
    await tellNow(outcome);
  }

  async function save() {
    await keep();
    const outcome = await sync(page.place);
    await after(outcome);
    return outcome;
  }

  /** The page may not live to see the answer. */
  function hurry() {
    const mine = row?.screens[screen];
    if (!isTouched && !isBeingKept && (!mine || mine.told || mine.sent.length)) return;
    const urgent = { base: mine?.base ?? Number(seen.value), sent: mine?.sent || [], typed: collect(form, beyond) };
    keep();
    saveScreen(page.place, screen, page.urls, urgent, true).then((kind) => after({ kind }));
  }

  async function proceed(event) {
    const button = event.submitter;
    event.preventDefault();
    busy(button);
    isTouched = true;
    const { kind, invalid } = await save();
    if (button?.name && kind === "saved") return press(button);
    if (button?.name) return free();
    const next = page.after(row, screen);
    if (next && kind === "saved" && !invalid.includes(screen)) return location.assign(next);
    if (next && kind === "offline" && kept()) return location.assign(next);
    if (kind === "offline" || kind === "signed-out") return free();
    // The server's own page shows what it could not read, or both texts.
    form.submit();
  }

  /** The other buttons of a screen (one more row, larger letters) are the server's, once it has the text. */
  function press({ name, value }) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    form.submit();
  }

  async function settle() {
    await keep();
    // Only trying tells that a phone is full: then the ward has the words at once.
    return kept() ? tellNow() : save();
  }

  function soon() {
    clearTimeout(timer);
    // Where nothing can be kept on the phone, the ward has it sooner.
    timer = setTimeout(settle, kept() ? TYPING_PAUSE : 2000);
  }

  form.addEventListener("input", () => {
    isTouched = true;
    soon();
  });
  form.addEventListener("submit", proceed);
  document.addEventListener("visibilitychange", () => document.hidden && hurry());
  addEventListener("pagehide", hurry);
  addEventListener("pageshow", (event) => event.persisted && overlay());
  setInterval(() => {
    const mine = row?.screens[screen];
    if (isTouched || (mine && !mine.told)) save();
  }, SAVE_EVERY);
  overlay().then(() => isTouched && soon());
  return after;
}

// What every page of the secretary starts. Without it, or where it fails, the pages work as plain forms.
import "./buttons.js";
import { draftOf, forget, isDirty, learn, pagesOf, placeOf } from "./drafts.js";
// With the page, not when it is asked for: a connection that goes in that moment must not cost what is typed.
import { start as startForm } from "./form.js";
import { state, sync } from "./send.js";
import { all, get, person } from "./store.js";
import { tell } from "./strip.js";

const isKept = "kept" in document.documentElement.dataset;
const RETRY = 30000; // ms

function pageOf({ dataset }) {
  const version = Number(dataset.draftVersion);
  return {
    place: placeOf(dataset.stateUrl),
    version,
    isKept,
    urls: { save_url: dataset.saveUrl, state_url: dataset.stateUrl, send_url: dataset.sendUrl },
    /** Does this phone know a newer text than the page shows? */
    isOlder: (row) => Boolean(row?.server?.content) && row.server.draft_version > version,
    after(row, screen) {
      const screens = row?.server?.screens || {};
      if (new URLSearchParams(location.search).get("ve") === "kiem-tra") return screens.check;
      return Object.values(screens)[Object.keys(screens).indexOf(screen) + 1];
    },
    wake,
  };
}

/** Ask the system to wake the worker when the connection is back, page or no page. */
async function wake() {
  const worker = await navigator.serviceWorker?.ready;
  await worker?.sync?.register("gui").catch(() => {});
}

const keepPages = (keep, only) =>
  navigator.serviceWorker?.ready.then((worker) => worker.active.postMessage({ keep, only }));

/** What the ward has of a month, asked where this phone does not know it. */
async function ask(stateUrl, known = {}) {
  const place = placeOf(stateUrl);
  let row = await draftOf(place);
  const isKnown = row?.server?.content && row.server.draft_version === known.version;
  if (!isKnown && !isKept) {
    const { status, data } = await state(stateUrl);
    if (status === 200) row = await learn(place, data);
  }
  return row;
}

async function startMonth(main) {
  const page = pageOf(main);
  const form = document.querySelector("form[data-part]");
  const part = form?.dataset.part;
  const isCheck = location.pathname.endsWith("/kiem-tra/");
  let row;
  let after = async (outcome) => {
    row = await draftOf(page.place);
    tell(row, await get("queue", page.place), outcome);
    if (outcome.kind === "sent") location.assign(outcome.url);
  };
  if (document.querySelector("[data-drop]")) import("./choose.js").then((module) => module.start(page));
  // Before anything is asked: the first words may be typed already.
  if (part && !isCheck && part !== "zero") after = startForm(form, page);
  row = await ask(page.urls.state_url, page);
  if (part === "zero") (await import("./zero.js")).start(form, page, after);
  const text = document.querySelector("[data-paper]");
  if (text) await (await import("./text.js")).start(text, page);
  if (isCheck) after = await (await import("./check.js")).start(page);
  else if (!part && !isKept && document.querySelector("[data-strip=done]")) await forget(page.place);
  const photos = document.querySelector("[data-photos]");
  if (photos) {
    const begin = () => import("./photos.js").then((module) => module.start(page));
    photos.hidden = false;
    photos.addEventListener("change", begin);
    // A photo may have been chosen while the page was still starting.
    const isChosen = Boolean(photos.querySelector("[data-photo-input]")?.files.length);
    if (isChosen || (await all("photos")).some((one) => one.place === page.place)) begin();
  }
  if (row?.server?.screens && (part || isCheck)) keepPages(pagesOf(row));
  return [page.place, after];
}

async function start() {
  const main = document.querySelector("main[data-state-url]");
  const script = document.querySelector("script[data-worker]");
  // A browser without module workers has no kept pages; the drafts are kept all the same.
  if (location.pathname.startsWith("/bao-cao/"))
    navigator.serviceWorker?.register(script.dataset.worker, { type: "module" }).catch(() => {});
  const [place, after] = main ? await startMonth(main) : await (await import("./home.js")).start(ask, keepPages, isKept);
  const send = async () => {
    const rows = await all("drafts");
    if (rows.some(isDirty) || (await all("queue")).some((one) => !one.told)) await after(await sync(place));
    if ((await all("photos")).some((photo) => photo.ready)) (await import("./upload.js")).sendPhotos();
  };
  addEventListener("online", send);
  // The worker was quicker.
  navigator.serviceWorker?.addEventListener("message", (event) => event.data.person === person() && after(event.data));
  addEventListener("pageshow", (event) => event.persisted && send());
  document.addEventListener("visibilitychange", () => document.hidden || send());
  setInterval(async () => (await all("queue")).some((one) => !one.told) && send(), RETRY);
  await send();
}

start();

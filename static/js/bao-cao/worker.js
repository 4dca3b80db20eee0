// The service worker below /bao-cao/: keeps the look and the screens of the open months, so that they open without
// a connection, and sends what waits when the system says that it is back.
import { alone, sync } from "./send.js";
import { actAs, people } from "./store.js";
import { sendPhotos } from "./upload.js";

const PAGES = "bao-cao-pages";
const HOME = "/bao-cao/";
const PATIENCE = 3000; // ms; then the kept page, if there is one
const NOTHING = `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Không có mạng</title><h1>Không có mạng</h1><p>Trang này chưa được giữ trên máy. Những gì đồng chí đã viết vẫn còn.
Có mạng lại, đồng chí mở lại trang.</p><p><a href="/bao-cao/">Về trang đầu</a></p></html>`;
const address = (url) => new URL(url, location).pathname;

async function keep(url, answer) {
  const text = await answer.clone().text();
  // Opinion notes, and whatever else says so, never lie on the phone.
  if (text.includes("data-no-store")) return;
  await (await caches.open(PAGES)).put(address(url), answer);
}

async function keepAll(urls, only) {
  const pages = await caches.open(PAGES);
  const wanted = new Set([HOME, ...urls.map(address)]);
  if (only)
    for (const old of await pages.keys())
      if (!wanted.has(address(old.url))) await pages.delete(old);
  for (const url of wanted) {
    if (await pages.match(url)) continue;
    const answer = await fetch(url, { redirect: "manual", headers: { "X-Keep": "1" } }).catch(() => null);
    if (answer?.ok) await keep(url, answer);
  }
}

/** The kept page, marked as such, so that its script trusts the phone's text more. */
async function marked(answer) {
  const text = (await answer.text()).replace("<html", "<html data-kept");
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response(text, { headers });
}

async function visit(event) {
  const { request } = event;
  const url = address(request.url);
  const pages = await caches.open(PAGES);
  const old = await pages.match(url);
  const fresh = fetch(request).then(
    async (answer) => {
      if (answer.status >= 502) return null; // a gateway before a ward that is down
      const isPlain = answer.ok && request.url.indexOf("?") < 0;
      if (isPlain && (old || url === HOME)) await keep(url, answer.clone());
      // The session ended, the phone was revoked, the month is accepted: what was kept is no longer true.
      if (answer.type === "opaqueredirect" && old) await pages.delete(url);
      return answer;
    },
    () => null,
  );
  event.waitUntil(fresh);
  if (!old) return (await fresh) || elsewhere(pages);
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  return (await Promise.race([fresh, late])) || marked(old);
}

async function elsewhere(pages) {
  const home = await pages.match(HOME);
  return home ? marked(home) : new Response(NOTHING, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/** Start with the static `files` of this `version` of the portal. */
export function serve(version, files) {
  const look = `bao-cao-${version}`;
  addEventListener("install", (event) => {
    skipWaiting();
    event.waitUntil(caches.open(look).then((store) => store.addAll(files)));
  });
  addEventListener("activate", (event) => {
    // Only its own: the public pages keep theirs beside it.
    const isOld = (name) => name.startsWith("bao-cao-") && ![look, PAGES].includes(name);
    const drop = (names) => names.filter(isOld).map((name) => caches.delete(name));
    event.waitUntil(caches.keys().then(drop).then((all) => Promise.all(all)).then(() => clients.claim()));
  });
  addEventListener("message", (event) => event.waitUntil(keepAll(event.data.keep || [], event.data.only)));
  addEventListener("sync", (event) => event.waitUntil(sendAll()));
  addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method !== "GET") return;
    if (request.mode === "navigate") event.respondWith(visit(event));
    else if (files.includes(address(request.url)))
      event.respondWith(caches.open(look).then((store) => store.match(request.url)).then((file) => file || fetch(request)));
  });
}

/** The system tries again later where this fails. */
const sendAll = () =>
  alone("bao-cao-ai", async () => {
    for (const person of await people()) {
      actAs(person);
      const outcome = await sync();
      for (const page of await clients.matchAll()) page.postMessage({ ...outcome, person });
      if (outcome.kind === "offline" || (await sendPhotos()) === "offline") throw new Error("offline");
    }
  });

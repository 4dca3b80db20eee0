// The service worker of the public pages: they are asked for as ever, and a visited one is shown from the phone where
// there is no network. It keeps what any cache may keep (Cache-Control: public) below the addresses it is given; all
// else (the office, secretaries, links with a code, forms) it does not touch.
"use strict";
const PAGES = "cong-khai-trang-1";
const FILES = "cong-khai-tep-1";
const MOST_PAGES = 60;
const MOST_FILES = 150;
const FILE = /^\/(static|anh)\//;
const PATIENCE = 5000; // ms

// eslint-disable-next-line no-unused-vars
function serve({ front, below, missing, files }) {
  const isPage = (path) => path === front || below.some((start) => path.startsWith(start));
  const mayKeep = (answer) =>
    answer.ok && answer.type === "basic" && !answer.redirected && /\bpublic\b/.test(answer.headers.get("Cache-Control") || "");

  /** Was it asked for by a page that may be kept, or by its style sheet? Office pages load their files themselves. */
  const isOfPage = (referrer) => {
    const path = referrer ? new URL(referrer).pathname : "";
    return isPage(path) || path.startsWith("/static/css/");
  };

  async function keep(name, most, request, answer) {
    const store = await caches.open(name);
    await store.delete(request); // to the end of the row: the oldest go first
    await store.put(request, answer);
    const keys = (await store.keys()).filter(({ url }) => ![missing, ...files].includes(new URL(url).pathname));
    for (const old of keys.slice(0, Math.max(0, keys.length - most))) await store.delete(old);
  }

  async function page(request) {
    const path = new URL(request.url).pathname;
    const late = new Promise((done) => setTimeout(done, PATIENCE));
    const kept = await (await caches.open(PAGES)).match(request.url);
    const asked = fetch(request).then(async (answer) => {
      if (mayKeep(answer) && isPage(path)) await keep(PAGES, MOST_PAGES, request.url, answer.clone());
      return answer;
    });
    try {
      const answer = await (kept ? Promise.race([asked, late]) : asked);
      if (answer && !(kept && answer.status >= 502)) return answer;
    } catch {
      if (!kept) return (await caches.match(missing)) || Response.error();
    }
    asked.catch(() => null);
    return marked(kept);
  }

  /** A kept page says so, with the day on which it was read. */
  async function marked(answer) {
    const headers = new Headers(answer.headers);
    for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
    const at = new Date(answer.headers.get("Date") || Date.now());
    const day = Number.isNaN(+at) ? "" : ` đọc ngày ${at.getDate()}/${at.getMonth() + 1}/${at.getFullYear()}`;
    const line = `<p class="notice kept-line" role="status">Không có mạng: đây là bản${day}.</p>`;
    const text = (await answer.text()).replace("<header", `${line}<header`);
    return new Response(text, { headers });
  }

  async function file(request) {
    try {
      const answer = await fetch(request);
      if (answer.ok && answer.type === "basic") await keep(FILES, MOST_FILES, request.url, answer.clone());
      return answer;
    } catch {
      return (await (await caches.open(FILES)).match(request.url)) || Response.error();
    }
  }

  /** The page on which the worker was first met, with its files. */
  async function keepFirst({ page: address, files }) {
    const path = new URL(address).pathname;
    const answer = isPage(path) ? await fetch(address) : null;
    if (answer && mayKeep(answer)) await keep(PAGES, MOST_PAGES, address, answer);
    for (const one of files.filter((url) => FILE.test(new URL(url).pathname)).slice(0, MOST_FILES)) await file(new Request(one));
  }

  addEventListener("install", (event) => {
    skipWaiting();
    const first = fetch(missing).then((answer) => keep(PAGES, MOST_PAGES, new URL(missing, location).href, answer));
    event.waitUntil(Promise.all([first, caches.open(FILES).then((store) => store.addAll(files))]));
  });
  addEventListener("activate", (event) => {
    const isOld = (name) => name.startsWith("cong-khai-") && ![PAGES, FILES].includes(name);
    const drop = (names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)));
    event.waitUntil(caches.keys().then(drop).then(() => clients.claim()));
  });
  addEventListener("message", (event) => event.waitUntil(keepFirst(event.data).catch(() => null)));
  addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== location.origin) return;
    if (request.mode === "navigate") {
      if (isPage(pathname)) event.respondWith(page(request));
    } else if (FILE.test(pathname) && isOfPage(request.referrer)) event.respondWith(file(request));
  });
}

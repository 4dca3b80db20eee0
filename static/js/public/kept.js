// On the page "Không có mạng": the pages that this phone has kept.
const list = document.querySelector("[data-kept-pages]");
const names = globalThis.caches ? await caches.keys() : [];
for (const name of names.filter((one) => one.startsWith("cong-khai-trang-"))) {
  const store = await caches.open(name);
  for (const { url } of (await store.keys()).reverse()) {
    const text = await (await store.match(url)).text();
    const title = new DOMParser().parseFromString(text, "text/html").querySelector("h1")?.textContent.trim();
    if (!title || new URL(url).pathname === location.pathname || url === location.href) continue;
    const link = Object.assign(document.createElement("a"), { href: url, textContent: title });
    list.appendChild(document.createElement("li")).append(link);
  }
}
if (list.children.length) list.closest("[hidden]").hidden = false;

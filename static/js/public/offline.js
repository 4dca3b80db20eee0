// Asks the browser to keep visited public pages for when there is no network (worker.js); nothing else.
const worker = navigator.serviceWorker;
if (worker)
  addEventListener("load", async () => {
    try {
      const isFirst = !worker.controller;
      const { scope } = await worker.register("/sw.js");
      const { active } = await worker.ready;
      const files = performance.getEntriesByType("resource").map((entry) => entry.name);
      if (isFirst && scope === `${location.origin}/`)
        active.postMessage({ page: location.href.split("#")[0], files: files.filter((url) => url.startsWith(location.origin)) });
    } catch {
      // Private windows and old browsers keep nothing.
    }
  });

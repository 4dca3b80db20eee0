// Both texts are on the page: whoever keeps the ward's gives up this phone's, which must not come back.
import { change } from "./store.js";

export function start(page) {
  const link = document.querySelector("[data-drop]");
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    await change("drafts", page.place, (row) => {
      if (row) delete row.screens[link.dataset.drop];
      return row;
    });
    location.assign(link.href);
  });
}

// Ctrl+K opens the search of the office as a dialog: what is found comes while one types.
const dialog = document.getElementById("find-dialog");
const input = dialog?.querySelector("input");
const list = dialog?.querySelector(".find-dialog__found");
let waiting, asking;

async function look() {
  asking?.abort();
  asking = new AbortController();
  const address = new URL(dialog.dataset.url, location.href);
  address.search = new URLSearchParams({ q: input.value, phan: "1" });
  try {
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok || answer.redirected) return;
    list.innerHTML = await answer.text();
    dialog.dataset.asked = input.value;
  } catch {
    // A newer question is under way, or the network is gone: Enter still opens the page.
  }
}

function open() {
  if (dialog.open) return;
  dialog.showModal();
  input.select();
  look();
}

function step(by) {
  const links = [...list.querySelectorAll("a")];
  if (!links.length) return;
  const at = links.indexOf(document.activeElement) + by;
  if (at < 0) input.focus();
  else links[Math.min(at, links.length - 1)].focus();
}

if (dialog) {
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 150);
  });
  // Enter opens the first hit of exactly this text; anything else goes to the page.
  input.form.addEventListener("submit", (event) => {
    const first = list.querySelector("a");
    if (first && dialog.dataset.asked === input.value) {
      event.preventDefault();
      location.assign(first.href);
    }
  });
}

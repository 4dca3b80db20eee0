// A tap is one tap: after it the button says that it works, until the page comes back. And the way out.
import { unsent } from "./drafts.js";
import { sync } from "./send.js";
import { clear } from "./store.js";

const words = new Map();

export function busy(button) {
  if (!button || words.has(button)) return;
  words.set(button, button.textContent);
  button.textContent = "Đang gửi…";
  button.disabled = true;
}

export function free() {
  for (const [button, text] of words) {
    button.textContent = text;
    button.disabled = false;
    delete button.form?.dataset.sent;
  }
  words.clear();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  // A disabled button's own name and value would not be sent.
  setTimeout(() => busy(event.submitter || form.querySelector("[type=submit]")));
});
addEventListener("pageshow", free);

// Signing out takes everything off this phone: it may be lent or passed on.
const QUESTION =
  "Trên máy này còn phần chưa gửi về phường. Đăng xuất thì phần đó bị xóa khỏi máy. Đồng chí vẫn đăng xuất?";

async function leave(form) {
  if (await unsent()) await sync();
  if ((await unsent()) && !confirm(QUESTION)) return;
  await clear();
  for (const name of globalThis.caches ? await caches.keys() : [])
    if (name === "bao-cao-pages") await caches.delete(name);
  form.submit();
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-sign-out]")) return;
  event.preventDefault();
  leave(event.target);
});

// A tap is one tap: after it the button says that it works, until the page comes back.
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
  if (form.matches("[data-sign-out]")) {
    event.preventDefault();
    import("./leave.js").then(({ leave }) => leave(form)).catch(() => form.submit());
    return;
  }
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  // A disabled button's own name and value would not be sent.
  setTimeout(() => busy(event.submitter || form.querySelector("[type=submit]")));
});
addEventListener("pageshow", free);

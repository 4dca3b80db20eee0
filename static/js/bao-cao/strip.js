// The line that says what is handed in and what is not, in the same three words as the server.
import { isDirty } from "./drafts.js";
import { kept } from "./store.js";

export const make = (tag, name, text = "") =>
  Object.assign(document.createElement(tag), { className: name, textContent: text });

const bar = document.querySelector("[data-strip]");
const state = bar?.querySelector("[data-strip-state]");
const detail = bar?.querySelector("[data-strip-detail]");
const voice = make("p", "visually-hidden");

if (bar) {
  // The time in the strip changes every few seconds: a screen reader hears only what `say` is given.
  bar.removeAttribute("role");
  voice.setAttribute("role", "status");
  document.body.append(voice);
}

const say = (text) => voice.textContent !== text && (voice.textContent = text);

function show(kind, word, text, link) {
  bar.className = `strip strip--${kind}`;
  state.textContent = word;
  detail.textContent = link ? `${text} ` : text;
  if (!link) return;
  const way = make("a", "", link.text);
  way.href = link.href;
  if (link.action)
    way.addEventListener("click", (event) => {
      event.preventDefault();
      link.action();
    });
  detail.append(way);
}

/** Say how the month stands: its `row`, the hand-in that waits (`entry`), the last `outcome`. */
export function tell(row, entry, outcome = {}, resolve) {
  if (!bar) return;
  const server = row?.server?.strip;
  if (!isDirty(row) && !entry) {
    if (server) show(server.kind, server.state, server.detail);
    say(outcome.kind === "saved" && voice.textContent ? "Đã lưu ở phường." : "");
    return;
  }
  const before = server || { kind: bar.dataset.strip, state: state.textContent };
  const word = before.kind === "done" ? "CHƯA NỘP BẢN SỬA" : before.state;
  const saved = kept() ? "Đã lưu trên máy" : "";
  const [screen, stuck] = Object.entries(row?.screens || {}).find(([, one]) => one.told) || [];
  if (outcome.kind === "signed-out") {
    const text = `${saved || "Chưa lưu được"}. Đã hết phiên làm việc.`;
    // The page itself leads to the sign-in and back here.
    show("unsaved", word, text, { href: location.href, text: "Đăng nhập lại" });
    say(text);
  } else if (stuck) {
    const link = { href: row.server.screens?.[screen] || "", text: "Xem hai bản", action: resolve };
    show("returned", word, stuck.told, stuck.is_conflict && link);
    say(stuck.told);
  } else if (entry?.told) {
    show("returned", word, entry.told, entry.url && { href: entry.url, text: "Xem lại" });
    say(entry.told);
  } else if (entry) {
    show("unsaved", word, `${saved}, sẽ tự nộp khi có mạng`);
    say(`${word}. ${saved}, sẽ tự nộp khi có mạng.`);
  } else if (saved) {
    show("saved", word, saved);
    if (outcome.kind === "offline") say("Mất mạng. Đã lưu trên máy.");
  } else {
    const text = outcome.kind === "offline" ? "Chưa lưu được vì mất mạng, đồng chí đừng đóng trang này." : "";
    show("unsaved", word, text);
    say(text);
  }
}

// The page before the hand-in. With a connection it is the server's; without one it shows what was typed, question
// by question, and keeps the hand-in until the ward can be reached.
import { busy, free } from "./buttons.js";
import { canon, draftOf, isDirty, whole } from "./drafts.js";
import { sync } from "./send.js";
import { get, kept, put, remove } from "./store.js";
import { make, tell } from "./strip.js";
import { uuid } from "./uuid.js";

export async function start(page) {
  let row = await draftOf(page.place);
  let form = document.querySelector("form[data-part=check]");
  const list = document.querySelector("dl.answers");
  const note = make("div", "notice");
  let isOwn = false; // shown from this phone

  function notice(text, way) {
    note.replaceChildren(make("p", "", text));
    if (way) note.append(Object.assign(make("a", "", "Xem bản ở phường"), { href: way }));
    list.after(note);
  }

  async function showTyped() {
    isOwn = true;
    const { answers } = await import("./typed.js");
    list.replaceChildren(...(await answers(row.server.screens, whole(row))));
    document.querySelector(".error-summary")?.remove();
    if (!form) {
      form = make("form", "");
      form.append(Object.assign(make("button", "button button--primary button--block"), { type: "submit" }));
      form.addEventListener("submit", handIn);
      list.after(form);
    }
    form.querySelector("[type=submit]").textContent = "Nộp khi có mạng";
  }

  async function after(outcome) {
    row = await draftOf(page.place);
    const entry = await get("queue", page.place);
    tell(row, entry, outcome, () => location.assign(row.server.screens[Object.keys(row.screens)[0]]));
    if (outcome.kind === "sent" && outcome.url.startsWith(page.place)) return location.assign(outcome.url);
    if (outcome.errors?.length) {
      // The ward keeps the text and says on this very page what it could not read.
      await remove("queue", page.place);
      return location.reload();
    }
    const isStale = !isDirty(row) && page.isOlder(row);
    if (outcome.kind === "saved" && !entry && (isOwn || isStale)) return location.reload();
    free();
    if (entry?.told) notice(entry.told, entry.url);
    else if (entry) notice("Báo cáo đang chờ trên máy, có mạng là tự nộp. Đồng chí không phải làm gì thêm.");
    if (form) form.hidden = Boolean(entry && !entry.told);
  }

  async function handIn(event) {
    const box = form.elements;
    // A helper without a name: the server asks for it.
    if (box.is_helper?.checked && !box.helper.value.trim()) return;
    event.preventDefault();
    busy(event.submitter);
    const content = isOwn || !box.content ? whole(row) : JSON.parse(box.content.value);
    if (!content) return form.submit();
    const old = await get("queue", page.place);
    // The same text again is the same hand-in, whatever became of the first answer.
    const key = old && canon(old.content) === canon(content) ? old.key : uuid();
    await put("queue", page.place, {
      id: page.place,
      key,
      content,
      helper: box.is_helper?.checked ? box.helper.value : "",
      seen_version: Number(isOwn || !box.seen_version ? row.server.seen_version : box.seen_version.value),
      draft_version: isOwn ? row.server.draft_version : page.version,
      urls: page.urls,
    });
    if (!kept() && !isOwn) return form.submit();
    page.wake();
    await after(await sync(page.place));
  }

  form?.addEventListener("submit", handIn);
  const entry = await get("queue", page.place);
  const isWaiting = isDirty(row) || entry;
  if (entry?.told && !page.isKept) {
    notice(entry.told);
    await remove("queue", page.place);
  } else if ((isWaiting || page.isOlder(row)) && row?.server?.content) await showTyped();
  return after;
}

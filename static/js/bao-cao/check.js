// The page before the hand-in. With a connection it is the server's; without one it shows what was typed, question
// by question, and keeps the hand-in until the ward can be reached.
import { fill, named } from "./boxes.js";
import { busy, free } from "./buttons.js";
import { canon, draftOf, isDirty, whole } from "./drafts.js";
import { sync } from "./send.js";
import { get, kept, put, remove } from "./store.js";
import { tell } from "./strip.js";

const make = (tag, name, text = "") => Object.assign(document.createElement(tag), { className: name, textContent: text });

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((one, at) =>
    (at === 6 ? (one & 15) | 64 : at === 8 ? (one & 63) | 128 : one).toString(16).padStart(2, "0"),
  );
  return [4, 6, 8, 10].reduceRight((text, at) => `${text.slice(0, at * 2)}-${text.slice(at * 2)}`, hex.join(""));
}

function words(doc, box) {
  if (box.type === "checkbox" && !box.checked) return "";
  const label = doc.querySelector(`label[for="${box.id}"]`)?.firstChild?.textContent.trim() || "";
  if (box.type === "checkbox") return label;
  const text = box.selectedOptions?.[0]?.textContent ?? box.value;
  return text.trim() && (box.tagName === "TEXTAREA" ? text : `${label}: ${text}`);
}

/** One screen as it was typed, read from the kept page, which has the questions. */
async function answer(url, typed) {
  const page = await globalThis.caches?.match(url, { ignoreSearch: true });
  const doc = page && new DOMParser().parseFromString(await page.text(), "text/html");
  const form = doc?.querySelector("form[data-part]");
  if (!form) return "";
  fill(form, typed);
  const row = make("div", "answers__row");
  const value = make("dd", "answers__value");
  const boxes = named(form).filter(([box]) => box.type !== "hidden");
  const lines = boxes.map(([box]) => words(doc, box)).filter(Boolean);
  value.append(...(lines.length ? lines.map((text) => make("p", "typed", text)) : [make("p", "hint", "Để trống")]));
  const way = make("dd", "answers__change");
  way.append(Object.assign(make("a", "", "Sửa"), { href: `${url}?ve=kiem-tra` }));
  row.append(make("dt", "", doc.querySelector("h1").textContent), value, way);
  return row;
}

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
    const screens = Object.entries(row.server.screens).filter(([name]) => name !== "check");
    const rows = await Promise.all(screens.map(([, url]) => answer(url, whole(row))));
    list.replaceChildren(...rows.filter(Boolean));
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
    if (outcome.kind === "sent") return location.assign(outcome.url);
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

// The month without activity: one reason, kept on this phone until the ward can be reached.
import { busy, free } from "./buttons.js";
import { draftOf, isDirty, whole } from "./drafts.js";
import { sync } from "./send.js";
import { get, kept, put, remove } from "./store.js";
import { uuid } from "./uuid.js";

const NAMES = ["reason", "reason_text", "is_helper", "helper", "discard"];

export async function start(form, page, after) {
  const box = form.elements;
  const row = await draftOf(page.place);
  // Typed on this phone since the page was kept.
  if (isDirty(row) || page.isOlder(row)) form.querySelector("[data-discard]").hidden = false;

  /** What is missing, told at the top as the ward tells it: without a connection nobody else says it. */
  function isWhole() {
    const { reason, reason_text: text, is_helper: isHelper, helper, discard } = box;
    const holds = !form.querySelector("[data-discard]").hidden;
    const missing = [
      [reason[0], !reason.value, "Đồng chí chọn một lý do."],
      [text, reason.value === "other" && !text.value.trim(), "Đồng chí ghi rõ lý do khác."],
      [discard, holds && !discard.checked, "Đồng chí đánh dấu “Bỏ phần đã nhập”, hoặc làm báo cáo."],
      [helper, isHelper.checked && !helper.value.trim(), "Đồng chí ghi họ tên người nhập hộ."],
    ].filter(([, isMissing]) => isMissing);
    const lines = missing.map(([one, , sentence]) => {
      const link = document.createElement("a");
      Object.assign(link, { className: "tap", href: `#${one.id}`, textContent: sentence });
      const line = document.createElement("li");
      line.append(link);
      return line;
    });
    const summary = document.querySelector("[data-missing]");
    summary.querySelector("ul").replaceChildren(...lines);
    summary.hidden = !lines.length;
    summary.focus();
    return !lines.length;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!isWhole()) return;
    busy(event.submitter);
    const typed = Object.fromEntries([...new FormData(form)].filter(([name]) => NAMES.includes(name)));
    const old = await get("queue", page.place);
    // The same answers again are the same hand-in, whatever became of the first answer.
    const key = old && JSON.stringify(old.zero) === JSON.stringify(typed) ? old.key : uuid();
    const now = await draftOf(page.place);
    await put("queue", page.place, {
      id: page.place,
      key,
      zero: typed,
      // What is dropped: where the ward holds anything else by then, somebody has to look again.
      content: whole(now) || {},
      seen_version: now?.server?.seen_version ?? Number(box.seen_version.value),
      draft_version: now?.server?.draft_version ?? Number(box.draft_version.value),
      urls: { ...page.urls, zero_url: location.pathname },
    });
    page.wake();
    const outcome = await sync(page.place);
    // The ward's own page says best what it does not take; and where nothing can be kept it is asked at once.
    if (outcome.kind === "refused" || (outcome.kind === "offline" && !kept())) {
      await remove("queue", page.place);
      return form.submit();
    }
    free();
    await after(outcome);
    form.querySelector("[data-waits]").hidden = outcome.kind === "sent";
  });
}

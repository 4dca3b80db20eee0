// The first page: learns and keeps each month that waits, and says what this phone has not sent yet.
import { isDirty, pagesOf } from "./drafts.js";
import { get } from "./store.js";
import { make } from "./strip.js";

export async function start(ask, keepPages, isKept) {
  const months = [...document.querySelectorAll("[data-month-state]")];
  const rows = await Promise.all(months.map((month) => ask(month.dataset.monthState)));
  if (!isKept) keepPages(rows.flatMap(pagesOf), true);
  for (const [at, month] of months.entries()) {
    const entry = await get("queue", rows[at]?.id);
    if (!entry && !isDirty(rows[at])) continue;
    month.prepend(make("p", "notice", entry?.told || `Đã lưu trên máy. CHƯA NỘP${entry ? ", sẽ tự nộp khi có mạng" : ""}.`));
  }
  return ["", (outcome) => outcome.kind === "sent" && location.reload()];
}

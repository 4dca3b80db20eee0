// The answers as they were typed, question by question: the check page without a connection.
import { fill, named } from "./boxes.js";
import { make } from "./strip.js";

function words(doc, box) {
  if (box.type === "checkbox" && !box.checked) return "";
  const label = doc.querySelector(`label[for="${box.id}"]`)?.firstChild?.textContent.trim() || "";
  if (box.type === "checkbox") return label;
  // A row of boxes that only names its kind says nothing.
  const row = box.tagName === "SELECT" && box.closest("fieldset");
  if (row && ![...row.elements].some((one) => one.type === "text" && one.value.trim())) return "";
  const text = box.selectedOptions?.[0]?.textContent ?? box.value;
  return text.trim() && (box.tagName === "TEXTAREA" ? text : `${label}: ${text}`);
}

/** One screen as it was typed, read from the kept page, which has the questions. */
async function answer(url, typed) {
  const page = await globalThis.caches?.match(url, { ignoreSearch: true });
  const doc = page && new DOMParser().parseFromString(await page.text(), "text/html");
  const form = doc?.querySelector("form[data-part]");
  if (!form) return "";
  const beyond = fill(form, typed).happenings || {};
  const row = make("div", "answers__row");
  const value = make("dd", "answers__value");
  const boxes = named(form).filter(([box]) => box.type !== "hidden");
  const more = form.dataset.part === "counts" ? Object.values(beyond) : [];
  const lines = [...boxes.map(([box]) => words(doc, box)), ...more].filter(Boolean);
  value.append(...(lines.length ? lines.map((text) => make("p", "typed", text)) : [make("p", "hint", "Để trống")]));
  const way = make("dd", "answers__change");
  way.append(Object.assign(make("a", "", "Sửa"), { href: `${url}?ve=kiem-tra` }));
  row.append(make("dt", "", doc.querySelector("h1").textContent), value, way);
  return row;
}

export async function answers({ check, ...screens }, typed) {
  const rows = await Promise.all(Object.values(screens).map((url) => answer(url, typed)));
  return rows.filter(Boolean);
}

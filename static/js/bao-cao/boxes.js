// The boxes of a form as the draft keeps them, {part: {name: text | [texts]}}, and back. "counts-sessions" is the
// box `sessions` of the part `counts`; a screen may hold boxes of several parts.
/** [box, part, name] of everything typed. */
export function named(form) {
  return [...form.elements]
    .filter((box) => box.name?.includes("-") && !["submit", "button", "file"].includes(box.type))
    .map((box) => [box, ...box.name.split(/-(.*)/s)]);
}

const isTick = (box) => box.type === "checkbox" || box.type === "radio";
const isList = (box, part) => box.type === "checkbox" && part === "contents";

/** `beyond`: rows that were typed and that an older page has no boxes for. */
export function collect(form, beyond = {}) {
  const typed = {};
  for (const [box, part, name] of named(form)) {
    const boxes = (typed[part] ??= {});
    if (isList(box, part)) boxes[name] ??= [];
    if (isTick(box) && !box.checked) continue;
    if (isList(box, part)) boxes[name].push(box.value);
    else boxes[name] = box.value;
  }
  for (const part of Object.keys(typed)) typed[part] = { ...beyond[part], ...typed[part] };
  return typed;
}

/** Only before typing begins: setting a value would tear a composition (Telex) apart. Returns what has no box here. */
export function fill(form, typed) {
  const beyond = JSON.parse(JSON.stringify(typed));
  for (const [box, part, name] of named(form)) {
    if (!typed[part]) continue;
    const value = typed[part][name] ?? "";
    if (isTick(box)) box.checked = [value].flat().includes(box.value);
    else if (value || box.tagName !== "SELECT") box.value = value;
    if (value.length && box.tagName !== "SELECT") box.closest("details")?.setAttribute("open", "");
    delete beyond[part][name];
  }
  return beyond;
}

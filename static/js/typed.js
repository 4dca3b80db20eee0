// What is typed into a form and not saved yet stays in this tab: after a reload, a lost network or a
// session that ended, the officer is asked whether to take it back. Boxes left alone are not kept.
const PREFIX = "office-typed:";
const NEVER = ["hidden", "file", "password", "submit", "button", "image", "select-multiple"];
const form = document.querySelector("form[data-typed]");
const offer = document.querySelector("[data-typed-offer]");
const key = form ? `${PREFIX}${form.dataset.typed}:${location.pathname}` : "";

function read(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
}

function write(name, record) {
  try {
    if (record) sessionStorage.setItem(name, JSON.stringify(record));
    else sessionStorage.removeItem(name);
  } catch {
    // a full or forbidden store: the form works without it
  }
}

function kept() {
  try {
    return Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
}

const isTicked = (box) => box.type === "checkbox" || box.type === "radio";
const valueOf = (box) => (isTicked(box) ? box.checked : box.value);
const nameOf = (box) => (isTicked(box) ? `${box.name}=${box.value}` : box.name);

function boxes() {
  return [...form.elements].filter(
    (box) => box.name && !box.name.startsWith("_") && !box.disabled && !NEVER.includes(box.type),
  );
}

const state = () => Object.fromEntries(boxes().map((box) => [nameOf(box), valueOf(box)]));

function differing(from) {
  return Object.fromEntries(Object.entries(state()).filter(([name, value]) => from[name] !== value));
}

function take(fields) {
  for (const box of boxes()) {
    const value = fields[nameOf(box)];
    if (value === undefined || valueOf(box) === value) continue;
    if (isTicked(box)) box.checked = value;
    else box.value = value;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const now = state();
  return Object.entries(fields).every(([name, value]) => now[name] === value);
}

function ask(record) {
  offer.querySelector("time").textContent = new Date(record.at).toLocaleTimeString("vi-VN", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "Asia/Ho_Chi_Minh",
  });
  offer.hidden = false;
  offer.querySelector("[data-typed-take]").addEventListener("click", () => {
    const isAll = take(record.fields);
    offer.textContent = isAll ? offer.dataset.all : offer.dataset.partly;
  });
  offer.querySelector("[data-typed-drop]").addEventListener("click", () => {
    write(key, null);
    offer.hidden = true;
  });
}

// Only what was sent and came to be saved is forgotten.
if (document.querySelector(".notice--success")) {
  for (const name of kept()) if (read(name)?.isSent) write(name, null);
}

if (form && offer) {
  const before = state();
  const record = read(key);
  const isRefused = document.querySelector(".error-summary") !== null;
  const isOld = record && Object.entries(record.fields).every(([name, value]) => before[name] === value);
  if (isOld && !isRefused) write(key, null);
  else if (record && !isOld) ask(record);

  let timer = 0;
  const keep = (isSent) => {
    clearTimeout(timer);
    // A refused form says already what was sent; what it was before stays to be kept.
    const fields = { ...(isRefused ? record?.fields : {}), ...differing(before) };
    if (Object.keys(fields).length) write(key, { at: Date.now(), isSent, fields });
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 400, false);
  });
  form.addEventListener("change", () => keep(false));
  form.addEventListener("submit", () => keep(true));
}

// Who signs out leaves nothing behind.
for (const leave of document.querySelectorAll("form[data-sign-out]")) {
  leave.addEventListener("submit", () => kept().forEach((name) => write(name, null)));
}

// Keys for the review: whatever says data-key is pressed by that key, data-row are walked by j and k.
// A ready reason (data-ready) goes into the box that it names. Everything works without both.
const OFF = "review-keys-off";
const hints = document.querySelector("[data-keys]");
const toggle = document.querySelector("[data-keys-switch]");

let isOff = read();

function read() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false; // no storage in this browser: the keys stay on
  }
}

function show() {
  toggle.textContent = isOff ? toggle.dataset.on : toggle.dataset.off;
}

if (hints && toggle) {
  hints.hidden = false;
  show();
  toggle.addEventListener("click", () => {
    isOff = !isOff;
    try {
      localStorage.setItem(OFF, isOff ? "1" : "0");
    } catch {
      // it holds for this page alone
    }
    show();
  });
}

function isTyping(target) {
  return target.isContentEditable || target.matches("input, textarea, select");
}

function walk(step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const here = rows.indexOf(document.activeElement);
  const next = rows[here < 0 ? 0 : here + step];
  next?.focus();
  return rows.length > 0;
}

function press(key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return false;
  const place = target.getAttribute("href") ?? "";
  if (place.startsWith("#")) reach(place.slice(1));
  else target.click();
  return true;
}

// A field may lie in a part that is folded away.
function reach(id) {
  const field = document.getElementById(id);
  if (!field) return;
  field.closest("details")?.setAttribute("open", "");
  field.focus();
}

addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (isOff || event.repeat || event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (!"jkat".includes(key) || isTyping(target)) return;
  if (press(key) || ((key === "j" || key === "k") && walk(key === "j" ? 1 : -1))) event.preventDefault();
});

for (const link of document.querySelectorAll("a[data-key][href^='#']")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    reach(link.hash.slice(1));
  });
}

for (const choice of document.querySelectorAll("input[data-ready]")) {
  const box = document.getElementById(choice.dataset.ready);
  const own = [...document.querySelectorAll(`input[name="${CSS.escape(choice.name)}"]`)].map((one) => one.value);
  choice.addEventListener("change", () => {
    // The reason chosen before goes, what was typed beside it stays.
    const typed = box.value.split("\n").filter((line) => line && !own.includes(line));
    box.value = [choice.value, ...typed].join("\n");
  });
}

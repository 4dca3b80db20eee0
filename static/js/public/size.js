// Larger type at one tap, remembered on this phone alone. Without script the browser's own zoom does it.
const button = document.querySelector("[data-larger]");
const KEY = "co-chu";

function show(isLarge) {
  document.documentElement.toggleAttribute("data-large", isLarge);
  button.setAttribute("aria-pressed", String(isLarge));
}

function remembered() {
  try {
    return localStorage.getItem(KEY) === "to";
  } catch {
    return false; // private windows may forbid it
  }
}

if (button) {
  show(remembered());
  button.addEventListener("click", () => {
    const isLarge = button.getAttribute("aria-pressed") !== "true";
    show(isLarge);
    try {
      localStorage.setItem(KEY, isLarge ? "to" : "");
    } catch {
      // It holds for this page.
    }
  });
}

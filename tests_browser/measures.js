// What axe does not measure: contrast of all text, height of what is tapped, room on the screen.
// Each gives a list of sentences; an empty one is right.
(() => {
  const LEAST_CONTRAST = 7;
  const LEAST_HEIGHT = 48; // CSS pixels
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

  // Any colour that CSS can write, as red, green, blue (0 to 255) and alpha (0 to 1).
  function parse(colour) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  }

  const over = (top, below) => {
    const mixed = [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
    return [...mixed, 1];
  };

  function luminance(colour) {
    const [red, green, blue] = colour.slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  const parents = (element) => {
    const chain = [];
    for (let one = element; one; one = one.parentElement) chain.unshift(one);
    return chain;
  };

  // The canvas of the browser, then each background on the way down.
  function ground(element) {
    const isDark = getComputedStyle(document.documentElement).colorScheme.includes("dark")
      && matchMedia("(prefers-color-scheme: dark)").matches;
    let below = isDark ? [18, 18, 18, 1] : [255, 255, 255, 1];
    for (const one of parents(element)) {
      const style = getComputedStyle(one);
      if (style.backgroundImage !== "none") return null;
      below = over(parse(style.backgroundColor), below);
    }
    return below;
  }

  function ratio(element, pseudo) {
    const below = ground(element);
    if (!below) return 0;
    const ink = parse(getComputedStyle(element, pseudo).color);
    for (const one of parents(element)) ink[3] *= Number(getComputedStyle(one).opacity);
    return contrast(over(ink, below), below);
  }

  // Words for the screen reader alone are cut to nothing (.visually-hidden).
  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true })
    && !parents(element).some((one) => getComputedStyle(one).clipPath === "inset(50%)");

  const words = (text) => text.trim().replace(/\s+/g, " ").slice(0, 40);
  const named = (element) =>
    `${element.localName}${element.id ? `#${element.id}` : ""}`
    + ` “${words(element.innerText || element.name || "")}”`;

  // Every element with letters of its own, and the pseudo-elements that have some.
  function* letters() {
    for (const one of document.body.querySelectorAll("*")) {
      if (!isSeen(one) || one.matches("script, style, option")) continue;
      const isBox = one.matches("input:not([type=checkbox], [type=radio]), textarea, select");
      const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
      if (isBox || own) yield [one, null];
      if (one.placeholder) yield [one, "::placeholder"];
      for (const pseudo of ["::before", "::after"]) {
        if (/"[^"]*\S[^"]*"/.test(getComputedStyle(one, pseudo).content)) yield [one, pseudo];
      }
    }
  }

  function faint() {
    return [...letters()].flatMap(([one, pseudo]) => {
      const found = ratio(one, pseudo);
      return found < LEAST_CONTRAST ? [`${found.toFixed(2)}:1 ${named(one)}${pseudo ?? ""}`] : [];
    });
  }

  // WCAG leaves out the links inside a sentence: their height is that of the line.
  function isInText(element) {
    if (getComputedStyle(element).display !== "inline") return false;
    const beside = element.parentElement.cloneNode(true);
    for (const one of beside.querySelectorAll("a, button")) one.remove();
    return beside.textContent.trim() !== "";
  }

  function height(element) {
    const all = [element, ...(element.matches("[type=checkbox], [type=radio]") ? element.labels : [])];
    return Math.max(...all.map((one) => one.getBoundingClientRect().height));
  }

  function low() {
    return [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
      .filter((one) => isSeen(one) && !isInText(one) && height(one) < LEAST_HEIGHT - 0.5)
      .map((one) => `${height(one).toFixed(0)} px ${named(one)}`);
  }

  function wide() {
    const { scrollWidth, clientWidth } = document.scrollingElement;
    if (scrollWidth <= clientWidth) return [];
    const beyond = [...document.body.querySelectorAll("*")]
      .filter((one) => isSeen(one) && one.getBoundingClientRect().right > clientWidth + 1);
    return [`${scrollWidth} px on ${clientWidth} ${beyond.slice(-3).map(named).join(", ")}`];
  }

  return { faint, low, wide };
})()

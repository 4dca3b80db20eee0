// What Word and Google Docs put on the clipboard: bold as a style, lists as paragraphs with a mark as
// text. They become ordinary tags here, because the editor drops the styles that say so. The server
// does the same with what it gets.
const STYLE = /\sstyle=("[^"]*"|'[^']*')/gi;
const LEVEL = /mso-list:\s*l\d+\s+level(\d)/i;
const IGNORED = /mso-list:\s*ignore/i;
const NUMBERED = /^\s*(?:\d+|[a-zđ]|[ivx]+)[.)/]/i;
const BOLD = /font-weight:\s*(?:bold|[6-9]00)/i;
const NORMAL = /font-weight:\s*(?:normal|[1-5]00)/i;
const ITALIC = /font-style:\s*italic/i;

const styleOf = (element) => element.dataset.style ?? "";

// The styles are read, never applied: the content policy would complain of each.
export function ordinary(html) {
  const page = new DOMParser().parseFromString(html.replace(STYLE, " data-style=$1"), "text/html");
  lists(page);
  for (const one of [...page.querySelectorAll("b, strong")]) {
    if (NORMAL.test(styleOf(one))) one.replaceWith(...one.childNodes);
  }
  for (const one of page.querySelectorAll("span, font")) {
    if (BOLD.test(styleOf(one))) wrap(page, one, "strong");
    if (ITALIC.test(styleOf(one))) wrap(page, one, "em");
  }
  return page.body.innerHTML;
}

function wrap(page, element, tag) {
  const inner = page.createElement(tag);
  inner.append(...element.childNodes);
  element.append(inner);
}

function lists(page) {
  let stack = [];
  for (const item of [...page.querySelectorAll("p")]) {
    const level = Number(LEVEL.exec(styleOf(item))?.[1] ?? 0);
    if (!level) {
      stack = [];
      continue;
    }
    const mark = [...item.querySelectorAll("span")].find((one) => IGNORED.test(styleOf(one)));
    const kind = NUMBERED.test(mark?.textContent ?? "") ? "ol" : "ul";
    mark?.remove();
    while (stack.length && stack.at(-1).level > level) stack.pop();
    if (!stack.length || stack.at(-1).level < level) {
      const list = page.createElement(kind);
      const above = stack.at(-1)?.list.lastElementChild;
      if (above) above.append(list);
      else item.before(list);
      stack.push({ level, list });
    }
    const li = page.createElement("li");
    const words = page.createElement("p");
    words.append(...item.childNodes);
    li.append(words);
    stack.at(-1).list.append(li);
    item.remove();
  }
}

// What Word puts on the clipboard: its lists are paragraphs with a mark as text. They become lists
// here, because the editor drops the styles that say so. The server does the same with what it gets.
const LEVEL = /mso-list:\s*l\d+\s+level(\d)/i;
const IGNORED = /mso-list:\s*ignore/i;
const NUMBERED = /^\s*(?:\d+|[a-zđ]|[ivx]+)[.)/]/i;

export function ordinary(html) {
  if (!LEVEL.test(html)) return html;
  const page = new DOMParser().parseFromString(html, "text/html");
  let stack = [];
  for (const item of [...page.querySelectorAll("p")]) {
    const level = Number(LEVEL.exec(item.getAttribute("style") ?? "")?.[1] ?? 0);
    if (!level) {
      stack = [];
      continue;
    }
    const mark = [...item.querySelectorAll("span")].find((one) => IGNORED.test(one.getAttribute("style") ?? ""));
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
  return page.body.innerHTML;
}

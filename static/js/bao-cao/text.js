// The report as a text for Zalo from what this phone holds, letter for letter as reports/plain_text writes it.
import { draftOf, isDirty, whole } from "./drafts.js";

const ROW = { a: "title", b: "place", c: "attendance" };
const TEXTS = [
  ["KQ", "result", "result", "Kết quả"],
  ["KK", "difficulties", "difficulties", "Khó khăn"],
  ["KN", "difficulties", "recommendations", "Kiến nghị"],
];

function clean(text) {
  const kept = text
    .normalize("NFC")
    .replace(/\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]/g, "\n")
    .replace(/[\t\p{Zs}]/gu, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\ufffe\uffff]/gu, (sign) => (sign === "\n" ? sign : ""))
    .normalize("NFC");
  const lines = kept.split("\n").map((line) => line.replace(/ +/g, " ").replace(/^ | $/g, ""));
  return lines.join("\n").replace(/^\n+|\n+$/g, "");
}

const value = (typed) => clean(typed || "").replaceAll("[", "[[").replaceAll("\n", "[/]");

function sign(body) {
  const letters = body.normalize("NFKD").toLowerCase().replaceAll("đ", "d").replace(/[^a-z0-9]/g, "");
  let rest = -1;
  for (const letter of letters) {
    rest ^= letter.charCodeAt(0);
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return (~rest & 0xffff).toString(16).padStart(4, "0");
}

function rows(counts, typed) {
  const numbers = [...new Set(Object.keys(typed).map((name) => parseInt(name)))].sort((a, b) => a - b);
  return numbers.flatMap((number) => {
    const [day, ...more] = ["held_on", ...Object.values(ROW)].map((name) => value(typed[`${number}-${name}`]));
    if (![day, ...more].some(Boolean)) return [];
    const [pk, , label] = counts.find(([, code]) => code === typed[`${number}-code`]) || [0, "", "Việc"];
    const told = Object.keys(ROW).flatMap((tag, at) => (more[at] ? [`[${tag}] ${more[at]}`] : []));
    return [`[V${pk}] ${label}: ${[day, ...told].join(" ")}`];
  });
}

/** `paper` as reports/plain_text.outline gives it, `content` a whole draft as typed. */
export function asText({ head, title, items, counts }, content) {
  const lines = [title];
  const part = (name) => content[name] || {};
  const say = (tag, label, typed) => value(typed) && lines.push(`[${tag}] ${label}: ${value(typed)}`);
  for (const [pk, label] of items) if ((part("contents").items || []).includes(String(pk))) lines.push(`[N${pk}] ${label}`);
  for (const [pk, code, label, isShare] of counts) {
    say(`S${pk}`, label, part("counts")[code]);
    if (isShare) say(`T${pk}`, "Trên tổng số", part("counts")[`${code}-of`]);
    say(`D${pk}`, "Đã xem lại, số này đúng", part("confirmed")[code]);
  }
  lines.push(...rows(counts, part("happenings")));
  for (const [tag, name, box, label] of TEXTS) say(tag, label, part(name)[box]);
  const body = lines.join("\n");
  return `[BC ${head}-${sign(body)}]${body}\n[HET]`;
}

/** Nothing newer here than at the ward: the page is right as it came. */
export async function start(box, page) {
  const row = await draftOf(page.place);
  if (row?.server?.content && (isDirty(row) || page.isOlder(row))) box.value = asText(JSON.parse(box.dataset.paper), whole(row));
}

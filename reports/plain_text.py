"""A report as a short text for Zalo, and that text read back field by field.

For a phone on which nothing else works: the secretary copies the text into Zalo, the office
pastes it into the portal, where it becomes the draft. What people and Zalo do to a text on the
way must not matter: lost or added line ends, other spaces and quotation marks, letters and
marks apart, bullets, marks dropped from labels, greetings before and after.

The format. Every value follows a tag in square brackets; words between the tag and the first
colon are for the eye alone::

    [BC 2026-11-0012-9f3a] BÁO CÁO THÁNG 11/2026: Chi bộ Tổ dân phố số 12
    [N57] Tuyên truyền Chỉ thị số 03
    [S3] Buổi tuyên truyền: 2
    [V3] Buổi tuyên truyền: 12/11/2026 [a] Nói chuyện về hàng Việt [b] Nhà văn hóa [c] 45
    [D4] Đã xem lại, số này đúng: 4000
    [KQ] Kết quả: Đã làm tốt.[/]Bà con hưởng ứng.
    [KK] Khó khăn: …
    [KN] Kiến nghị: …
    [HET]

``BC`` month (2026-11), number of the unit, check sign. ``N`` and ``S`` carry the number of a
content and of an indicator (``S`` a count, ``V`` a single happening of it with title, place and
attendance, ``D`` a number that was asked about and affirmed). ``[/]`` is a line end and ``[[``
a bracket inside a value. Empty answers are left out; a text that ends with ``[HET]`` is whole.

The check sign is the last 16 bits of the CRC-32 of everything between the tags ``BC`` and
``HET``, of which only the letters a-z (marks dropped, đ as d, small) and digits count.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.text import clean, fold, month_slug, parse_month
from reports.answers import Paper

MAX_LABEL = 60  # letters of a label or title
MAX_PASTED = 20_000  # letters of a pasted text that are looked at
TEXTS = {
    "KQ": ("result", "result", "Kết quả"),
    "KK": ("difficulties", "difficulties", "Khó khăn"),
    "KN": ("difficulties", "recommendations", "Kiến nghị"),
}
ROW = {"V": "held_on", "A": "title", "B": "place", "C": "attendance"}
AFFIRMED = "Đã xem lại, số này đúng"

_DASH = "[-\u2010-\u2015\u2212]"
_HEAD = re.compile(
    rf"\[ ?BC ?(?P<month>20\d\d ?{_DASH} ?[01]\d) ?{_DASH} ?(?P<unit>\d{{1,18}})"
    rf"(?: ?{_DASH} ?(?P<sign>[0-9a-f]{{4}}))? ?\]",
    re.IGNORECASE,
)
_PIECE = re.compile(
    r"(?P<bracket>\[\[)|\[ ?/ ?\](?P<line>)|\[ ?(?P<tag>KQ|KK|KN|H[EẾ]T|[NSVD] ?\d{1,18}|[ABC]) ?\]",
    re.IGNORECASE,
)
# What a bullet or a quoted message leaves at the end of the value before it.
_BULLET = re.compile(r"\n[\s>*•·+–—-]*$")


@dataclass(frozen=True)
class Head:
    """Whose report of which month a text says to be."""

    unit_pk: int
    month: dt.date
    sign: str


@dataclass(frozen=True)
class Understood:
    """What was read: a whole draft as typed, and the lines that nothing was made of."""

    content: dict[str, Any]
    unread: list[str] = field(default_factory=list)
    is_unaltered: bool = False


# -- Out ------------------------------------------------------------------------


def as_text(paper: Paper, content: Mapping[str, Any]) -> str:
    """``content`` (a draft as typed, see :class:`reports.models.Draft`) in the format above."""
    title = f" BÁO CÁO THÁNG {paper.month.month}/{paper.month.year}: {_label(paper.unit.name)}"
    body = "\n".join([title, *_lines(paper, content)])
    head = f"{month_slug(paper.month)}-{paper.unit.pk:04}-{_sign(body)}"
    return f"[BC {head}]{body}\n[HET]"


def _lines(paper: Paper, content: Mapping[str, Any]) -> Iterator[str]:
    ticked = set(_part(content, "contents").get("items") or [])
    yield from (
        f"[N{item.pk}] {_label(item.short_title)}" for item in paper.items if str(item.pk) in ticked
    )
    counts, affirmed = _part(content, "counts"), _part(content, "confirmed")
    for one in paper.indicators:
        if value := _value(counts.get(one.code)):
            yield f"[S{one.pk}] {_label(one.name)}: {value}"
        if value := _value(affirmed.get(one.code)):
            yield f"[D{one.pk}] {AFFIRMED}: {value}"
    yield from _rows(paper, _part(content, "happenings"))
    for tag, (part, name, label) in TEXTS.items():
        if value := _value(_part(content, part).get(name)):
            yield f"[{tag}] {label}: {value}"


def _rows(paper: Paper, typed: Mapping[str, Any]) -> Iterator[str]:
    by_code = {one.code: one for one in paper.indicators}
    numbers = sorted({int(n) for n, _, _ in (key.partition("-") for key in typed) if n.isdecimal()})
    for number in numbers:
        row = {name: _value(typed.get(f"{number}-{name}")) for name in ROW.values()}
        if not any(row.values()):
            continue
        one = by_code.get(str(typed.get(f"{number}-code", "")))
        start = f"[V{one.pk}] {_label(one.name)}: " if one else "[V0] Việc: "
        rest = [f"[{tag.lower()}] {row[name]}" for tag, name in ROW.items() if tag != "V"]
        yield start + " ".join([row["held_on"], *(text for text in rest if text[4:])])


def _part(content: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    typed = content.get(part)
    return typed if isinstance(typed, Mapping) else {}


def _value(typed: Any) -> str:
    return clean(str(typed or "")).replace("[", "[[").replace("\n", "[/]")


def _label(text: str) -> str:
    """Short, and without the signs that mean something here."""
    words = re.sub(r"[\[\]:]+", " ", clean(text)).split()
    label = " ".join(words)
    if len(label) <= MAX_LABEL:
        return label
    return label[:MAX_LABEL].rsplit(" ", 1)[0]


def _sign(body: str) -> str:
    letters = unicodedata.normalize("NFKD", body).lower().replace("đ", "d")
    kept = re.sub(r"[^a-z0-9]", "", letters)
    return f"{zlib.crc32(kept.encode()) & 0xFFFF:04x}"


# -- In -------------------------------------------------------------------------


def head_of(text: str) -> Head | None:
    """Whose report ``text`` says to be; None where its first tag is missing or cannot be read."""
    match = _HEAD.search(clean(text[:MAX_PASTED]))
    if match is None:
        return None
    month = re.sub(rf" ?{_DASH} ?", "-", match["month"])
    try:
        return Head(int(match["unit"]), parse_month(month), (match["sign"] or "").lower())
    except ValueError:
        return None


def from_text(text: str, paper: Paper) -> Understood:
    """``text`` read through ``paper``; parts and answers that it does not have are empty.

    Without any tag it is read line by line as "label: value", as somebody types it by hand.
    """
    text = clean(text[:MAX_PASTED])
    head = _HEAD.search(text)
    start = head.end() if head else 0
    values, body, after = _values(text[start:])
    around = [text[: head.start()] if head else "", after or ""]
    reader = _Reader(paper)
    if len(values) > 1:
        for tag, value in values:
            reader.take(tag, value)
    else:
        reader.take_lines(body)
    unread = [line for part in (*around, *reader.unread) for line in part.split("\n")]
    is_whole = head is not None and head["sign"] is not None and after is not None
    is_unaltered = is_whole and head["sign"].lower() == _sign(body)
    return Understood(reader.content(), [one for one in unread if one.strip()], is_unaltered)


def _values(text: str) -> tuple[list[tuple[str, str]], str, str | None]:
    """(tag, value) one after the other, what they were read from, and what stands behind the end.

    The first tag is empty: what stands before all others. ``None`` behind: no end was found.
    """
    values: list[tuple[str, str]] = []
    tag, value, place = "", "", 0
    for match in _PIECE.finditer(text):
        value += text[place : match.start()]
        place = match.end()
        if match["bracket"]:
            value += "["
        elif match["line"] is not None:
            value += "\r"  # a line end of the value itself; clean() left no other
        else:
            values.append((tag, _settled(value)))
            tag, value = match["tag"].replace(" ", "").upper(), ""
            if tag in ("HET", "HẾT"):
                return values, text[: match.start()], text[place:]
    return [*values, (tag, _settled(value + text[place:]))], text, None


def _settled(value: str) -> str:
    return clean(_BULLET.sub("", value).replace("\r", "\n"))


class _Reader:
    """Gathers a draft from tagged values, or from lines with labels."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.indicators = {one.pk: one for one in paper.indicators}
        self.items: list[str] = []
        self.counts = {one.code: "" for one in paper.indicators}
        self.affirmed: dict[str, str] = {}
        self.rows: list[dict[str, str]] = []
        self.texts = {name: "" for _, name, _ in TEXTS.values()}
        self.unread: list[str] = []

    def content(self) -> dict[str, Any]:
        content: dict[str, Any] = {
            "contents": {"items": self.items},
            "counts": self.counts,
            "result": {"result": self.texts["result"]},
            "difficulties": {
                name: self.texts[name] for name in ("difficulties", "recommendations")
            },
        }
        flat = {
            f"{n}-{name}": text for n, row in enumerate(self.rows) for name, text in row.items()
        }
        small = {"happenings": flat, "confirmed": self.affirmed}
        return content | {part: typed for part, typed in small.items() if typed}

    def take(self, tag: str, value: str) -> None:
        kind, number = tag[:1], int(tag[1:]) if tag[1:].isdecimal() else 0
        indicator = self.indicators.get(number)
        if not tag:
            self._take_title(value)
        elif tag in TEXTS:
            self.texts[TEXTS[tag][1]] = _after_label(value)
        elif kind == "N" and any(item.pk == number for item in self.paper.items):
            self._tick(str(number))
        elif kind == "S" and indicator:
            self.counts[indicator.code] = _after_label(value)
        elif kind == "D" and indicator:
            self.affirmed[indicator.code] = _after_label(value)
        elif kind == "V":
            code = indicator.code if indicator else ""
            self.rows.append({"code": code, **dict.fromkeys(ROW.values(), "")})
            self.rows[-1]["held_on"] = _after_label(value)
        elif kind in ROW and self.rows:
            self.rows[-1][ROW[kind]] = value
        else:
            self.unread.append(f"[{tag}] {value}")

    def take_lines(self, body: str) -> None:
        """Lines typed by hand: "Buổi tuyên truyền: 3"; what follows a text goes on with it."""
        names = {fold(one.name): one.code for one in self.paper.indicators}
        items = {fold(item.short_title): str(item.pk) for item in self.paper.items}
        texts = {fold(label): name for _, name, label in TEXTS.values()}
        texts |= {"kho khan, vuong mac": "difficulties", "kien nghi, de xuat": "recommendations"}
        current = ""
        for line in body.split("\n"):
            label, colon, value = (part.strip() for part in line.partition(":"))
            key = fold(label).lstrip("-+*• ").lstrip("0123456789.) ")
            whole = fold(line).lstrip("-+*• ").rstrip(". ")
            if colon and key in names:
                self.counts[names[key]], current = value, ""
            elif colon and key in texts:
                current = texts[key]
                self.texts[current] = value
            elif whole in items:
                self._tick(items[whole])
            elif current and line.strip():
                self.texts[current] = f"{self.texts[current]}\n{line}".strip()
            else:
                self._take_title(line)

    def _tick(self, pk: str) -> None:
        if pk not in self.items:
            self.items.append(pk)

    def _take_title(self, text: str) -> None:
        """The portal's own title says nothing new; anything else beside it was not read."""
        title = f"bao cao thang {self.paper.month.month}/{self.paper.month.year}"
        own = {fold(f"{title}: {_label(self.paper.unit.name)}"), title, fold(self.paper.unit.name)}
        self.unread += [line for line in text.split("\n") if fold(line).strip(" .:") not in own]


def _after_label(value: str) -> str:
    return value.partition(":")[2].strip(" ") if ":" in value else value

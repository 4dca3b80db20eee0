"""A text read back as a draft."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from core.text import clean, fold, parse_month
from reports.answers import Paper, whole_box
from reports.models import Indicator
from reports.plain_text.words import MAX_PASTED, ROW, TEXTS, label_of, sign_of

_DASH = "[-\u2010-\u2015\u2212]"
_HEAD = re.compile(
    rf"\[ ?BC ?(?P<month>20\d\d ?{_DASH} ?[01]\d) ?{_DASH} ?(?P<unit>\d{{1,18}})"
    rf"(?: ?{_DASH} ?(?P<sign>[0-9a-f]{{4}}))? ?\]",
    re.IGNORECASE,
)
_PIECE = re.compile(
    r"(?P<bracket>\[\[)|\[ ?/ ?\](?P<line>)|\[ ?(?P<tag>KQ|KK|KN|H[EẾ]T|[NSTVD] ?\d{1,18}|[ABC]) ?\]",
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
    is_unaltered = is_whole and head["sign"].lower() == sign_of(body)
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
        self.counts |= {whole_box(one.code): "" for one in paper.indicators if one.is_share}
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
        elif kind == "T" and indicator and indicator.is_share:
            self.counts[whole_box(indicator.code)] = _after_label(value)
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
        names = {fold(one.name): one for one in self.paper.indicators}
        items = {fold(item.short_title): str(item.pk) for item in self.paper.items}
        texts = {fold(label): name for _, name, label in TEXTS.values()}
        texts |= {"kho khan, vuong mac": "difficulties", "kien nghi, de xuat": "recommendations"}
        current = ""
        for line in body.split("\n"):
            label, colon, value = (part.strip() for part in line.partition(":"))
            key = fold(label).lstrip("-+*• ").lstrip("0123456789.) ")
            whole = fold(line).lstrip("-+*• ").rstrip(". ")
            if colon and key in names:
                self._count_line(names[key], value)
                current = ""
            elif colon and key in texts:
                current = texts[key]
                self.texts[current] = value
            elif whole in items:
                self._tick(items[whole])
            elif current and line.strip():
                self.texts[current] = f"{self.texts[current]}\n{line}".strip()
            else:
                self._take_title(line)

    def _count_line(self, indicator: Indicator, value: str) -> None:
        """ "Hộ gia đình hưởng ứng: 120/300"."""
        whole = ""
        if indicator.is_share:
            value, _, whole = (part.strip() for part in value.partition("/"))
            self.counts[whole_box(indicator.code)] = whole
        self.counts[indicator.code] = value

    def _tick(self, pk: str) -> None:
        if pk not in self.items:
            self.items.append(pk)

    def _take_title(self, text: str) -> None:
        """The portal's own title says nothing new; anything else beside it was not read."""
        title = f"bao cao thang {self.paper.month.month}/{self.paper.month.year}"
        own = {
            fold(f"{title}: {label_of(self.paper.unit.name)}"),
            title,
            fold(self.paper.unit.name),
        }
        self.unread += [line for line in text.split("\n") if fold(line).strip(" .:") not in own]


def _after_label(value: str) -> str:
    return value.partition(":")[2].strip(" ") if ":" in value else value

"""A draft as a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from core.text import clean, month_slug
from reports.answers import Paper, whole_box
from reports.plain_text.words import AFFIRMED, ROW, TEXTS, WHOLE, label_of, sign_of


def as_text(paper: Paper, content: Mapping[str, Any]) -> str:
    """``content``, a draft as typed (:class:`reports.models.Draft`), in the package's format."""
    outlined = outline(paper)
    body = "\n".join([outlined["title"], *_lines(paper, content)])
    return f"[BC {outlined['head']}-{sign_of(body)}]{body}\n[HET]"


def outline(paper: Paper) -> dict[str, Any]:
    """What a phone needs to write the same text itself (``static/js/bao-cao/text.js``)."""
    title = f" BÁO CÁO THÁNG {paper.month.month}/{paper.month.year}: {label_of(paper.unit.name)}"
    return {
        "head": f"{month_slug(paper.month)}-{paper.unit.pk:04}",
        "title": title,
        "items": [[item.pk, label_of(item.short_title)] for item in paper.items],
        "counts": [
            [one.pk, one.code, label_of(one.name), one.is_share] for one in paper.indicators
        ],
    }


def _lines(paper: Paper, content: Mapping[str, Any]) -> Iterator[str]:
    ticked = set(_part(content, "contents").get("items") or [])
    yield from (
        f"[N{item.pk}] {label_of(item.short_title)}"
        for item in paper.items
        if str(item.pk) in ticked
    )
    counts, affirmed = _part(content, "counts"), _part(content, "confirmed")
    for one in paper.indicators:
        if value := _value(counts.get(one.code)):
            yield f"[S{one.pk}] {label_of(one.name)}: {value}"
        if one.is_share and (value := _value(counts.get(whole_box(one.code)))):
            yield f"[T{one.pk}] {WHOLE}: {value}"
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
        start = f"[V{one.pk}] {label_of(one.name)}: " if one else "[V0] Việc: "
        rest = [f"[{tag.lower()}] {row[name]}" for tag, name in ROW.items() if tag != "V"]
        yield start + " ".join([row["held_on"], *(text for text in rest if text[4:])])


def _part(content: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    typed = content.get(part)
    return typed if isinstance(typed, Mapping) else {}


def _value(typed: Any) -> str:
    return clean(str(typed or "")).replace("[", "[[").replace("\n", "[/]")

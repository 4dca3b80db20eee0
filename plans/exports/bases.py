"""Legal bases that were changed on the review page, put into the text that cites them."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from itertools import pairwise
from typing import Any

from core.text import format_date
from plans.exports.outline import Block, Outline
from plans.models import LegalBasis, Plan
from plans.reader import quotes

FIELDS = ("code", "issuer", "subject", "document_type")
DAY = r"(?:0?{day}[/.-]0?{month}[/.-]{year}|0?{day} tháng 0?{month} năm {year})"


def apply(outline: Outline, plan: Plan) -> None:
    """Rewrite the citations whose rows were changed; drop those that were left out."""
    read = defaultdict(list)
    for basis in plan.reading.get("legal_bases", []):
        read[basis.get("paragraph")].append(basis)
    rows = defaultdict(list)
    added = []
    for row in plan.legal_bases.select_related("node").order_by("position"):
        if row.node is None:
            added.append(row)
        else:
            rows[row.node_id].append(row)
    gone = []
    for block in outline.opening:
        for old, row in _pairs(read[block.paragraph], rows[block.node]):
            _change(block, old, row)
        if not block.text.strip(" -;.,"):
            gone.append(id(block))
    outline.opening = [block for block in outline.opening if id(block) not in gone]
    kept = [row for row in added if not row.is_left_out]
    at = next((i for i, b in enumerate(outline.opening) if not b.text.endswith((";", "."))), None)
    place = len(outline.opening) if at is None else at
    outline.opening[place:place] = [Block(text=f"Căn cứ {citation(row)};") for row in kept]


def _pairs(
    read: list[dict[str, Any]], rows: list[LegalBasis]
) -> list[tuple[dict[str, Any], LegalBasis]]:
    """Each row with what it was read as: by code and type, then in order."""
    left, result = list(read), []
    later = []
    for row in rows:
        same = next((b for b in left if (b["code"] or "") == row.code and row.code), None)
        if same is not None:
            left.remove(same)
            result.append((same, row))
        else:
            later.append(row)
    return result + list(zip(left, later, strict=False))


def _change(block: Block, old: dict[str, Any], row: LegalBasis) -> None:
    if row.is_left_out:
        block.text = _rewritten(block.text, old, "")
        return
    text = block.text
    for name in FIELDS:
        before, now = old[name] or "", getattr(row, name)
        if before[: len(now) or None] == now or before == now:
            continue
        if not before or not now or before not in text:
            block.text = _rewritten(block.text, old, citation(row))
            return
        text = text.replace(before, now, 1)
    issued_on = row.issued_on.isoformat() if row.issued_on else None
    if (old["issued_on"] or None) != issued_on and not (issued_on is None and _is_no_day(old)):
        found = _day_in(text, old["issued_on"])
        if found is None or row.issued_on is None:
            block.text = _rewritten(block.text, old, citation(row))
            return
        text = f"{text[: found.start()]}{format_date(row.issued_on)}{text[found.end() :]}"
    block.text = text


def _is_no_day(old: dict[str, Any]) -> bool:
    """A day that no calendar has (31 February) is kept in the text alone."""
    try:
        dt.date.fromisoformat(old["issued_on"] or "")
    except ValueError:
        return True
    return False


def _day_in(text: str, day: str | None) -> re.Match[str] | None:
    if not day:
        return None
    year, month, number = day.split("-")
    return re.search(DAY.format(day=int(number), month=int(month), year=year), text)


def _rewritten(text: str, old: dict[str, Any], new: str) -> str:
    """``text`` with the part between semicolons that cites ``old`` replaced by ``new``."""
    parts = _parts(text)
    wanted = old["code"] or old["subject"] or old["document_type"]
    for number, part in enumerate(parts):
        if wanted in part:
            opening = re.match(r"\W*(?:Căn cứ|Thực hiện|Theo)?\s*", part)
            parts[number] = f"{opening.group() if opening else ''}{new}" if new else ""
            break
    return "; ".join(part for part in parts if part.strip(" -.")) + (
        ";" if text.endswith(";") and any(part.strip(" -.") for part in parts) else ""
    )


def _parts(text: str) -> list[str]:
    level = quotes.depths(text)
    cuts = [at for at, sign in enumerate(text) if sign == ";" and not level[at]]
    edges = [-1, *cuts, len(text)]
    return [text[a + 1 : b].strip() for a, b in pairwise(edges)]


def citation(row: LegalBasis) -> str:
    """ "Chỉ thị số 03-CT/TW, ngày 19/5/2021 của Ban Bí thư về …"."""
    parts = [row.document_type]
    if row.code:
        parts.append(f"số {row.code}")
    text = " ".join(parts)
    if row.issued_on:
        text += f", ngày {format_date(row.issued_on)}"
    if row.issuer:
        text += f" của {row.issuer}"
    return f"{text} về {row.subject}" if row.subject else text

"""The decision that issues a plan: printed first, with the plan on a page of its own behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.docx import OfficialDocument
from core.text import fold
from plans.models import Plan, PlanNode

BASIS = re.compile(r"^\W*(?:Căn cứ|Xét|Theo)\b")
FOOT = re.compile(r"^(?:Nơi nhận\b|T/M|TM\.|K/T|KT\.|T/L|TL\.|TUQ\.|T/UQ)")
ENCLOSED = re.compile(r"^\((?:Ban hành )?[Kk]èm theo\b")
ARTICLE = re.compile(r"^(?P<name>Điều \d{1,2}\.)\s+")
DECISION = "quyet dinh"


@dataclass(frozen=True, slots=True)
class Decision:
    """``lines`` are what stands between its abstract and its recipients; ``note`` joins the plan."""

    type_name: str
    subject: str
    lines: tuple[str, ...]
    note: str


def decision_of(plan: Plan) -> Decision | None:
    """The decision that ``plan`` is attached to, as it was read; None for most plans."""
    texts = list(
        plan.nodes.filter(role=PlanNode.Role.HEADER)
        .order_by("position")
        .values_list("text", flat=True)
    )
    at = next((i for i, text in enumerate(texts) if fold(text) == DECISION), None)
    if at is None:
        return None
    end = next((i for i in range(at + 1, len(texts)) if FOOT.match(texts[i])), len(texts))
    inner = texts[at + 1 : end]
    split = next(
        (i for i, text in enumerate(inner) if BASIS.match(text) or text == text.upper()), len(inner)
    )
    raw = (text.strip() for text in plan.reading.get("paragraphs", []) if isinstance(text, str))
    note = next((text for text in raw if ENCLOSED.match(text)), "")
    return Decision(texts[at], " ".join(inner[:split]), tuple(inner[split:]), note)


def write(document: OfficialDocument, decision: Decision) -> None:
    """Title, bases and articles of ``decision``; its head stands above, its foot follows."""
    document.title(decision.type_name, decision.subject)
    for line in decision.lines:
        if BASIS.match(line):
            document.legal_bases([line.lstrip("-– ")])
        elif line == line.upper():
            document.subtitle(line)
        elif article := ARTICLE.match(line):
            document.item("", line[article.end() :], level=2, heading=article["name"])
        else:
            document.paragraph(line)

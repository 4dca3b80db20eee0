"""The text of an official report: sections built from the figures, or as a person wrote them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.docx import MTTQ, ND30, PROFILES
from core.text import clean, fold, format_date
from plans.models import Plan
from reports.models import Indicator
from reports.official import assessment, sentences
from reports.official.figures import Figures
from reports.official.numbers import Wrong, check
from reports.official.pieces import Line, line, text_of
from reports.spans import Span
from reports.statistics import Scope
from units.models import WardProfile

MAX_TEXT = 20_000  # characters of one section
OPENING, GOOD, WEAK, CAUSES, AHEAD, ASKS = "opening", "good", "weak", "causes", "ahead", "asks"
CHAPTERS = (
    ("KẾT QUẢ THỰC HIỆN", [(value, str(label)) for value, label in Indicator.Section.choices]),
    (
        "ĐÁNH GIÁ CHUNG",
        [(GOOD, "Ưu điểm"), (WEAK, "Tồn tại, hạn chế"), (CAUSES, "Nguyên nhân")],
    ),
    ("PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM", [(AHEAD, "")]),
    ("KIẾN NGHỊ, ĐỀ XUẤT", [(ASKS, "")]),
)
KEYS = (OPENING, *(key for _, sections in CHAPTERS for key, _ in sections))
# Which of the units' own texts goes where.
FIELDS = {"result": GOOD, "difficulties": WEAK, "recommendations": ASKS}
HEAD_FIELDS = (
    "superior",
    "issuer",
    "symbol",
    "place",
    "reporter",
    "subject",
    "basis",
    "authority",
    "position",
    "recipients",
)


@dataclass(frozen=True, slots=True)
class Pick:
    """A sentence of a unit that the officer chose, word for word, and where it comes from."""

    report: int
    part: str
    text: str
    unit: str

    @property
    def key(self) -> str:
        """What makes it this one, whatever its place."""
        digest = hashlib.sha256(self.text.encode()).hexdigest()[:16]
        return f"{self.report}-{self.part}-{digest}"

    @property
    def line(self) -> Line:
        return line(f"{self.text.rstrip('.;, ')} ({self.unit}).")


@dataclass(frozen=True, slots=True)
class Content:
    """What a saved version holds: all that a person decided."""

    head: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)
    picks: tuple[Pick, ...] = ()

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Content:
        return cls(
            {name: stored["head"].get(name, "") for name in HEAD_FIELDS},
            {key: text for key, text in stored["texts"].items() if key in KEYS},
            tuple(Pick(**one) for one in stored["picks"]),
        )

    def as_json(self) -> dict[str, Any]:
        picks = [
            {"report": one.report, "part": one.part, "text": one.text, "unit": one.unit}
            for one in self.picks
        ]
        return {"head": self.head, "texts": self.texts, "picks": picks}

    def picked(self, key: str) -> list[Pick]:
        return [one for one in self.picks if FIELDS[one.part] == key]


@dataclass(frozen=True, slots=True)
class Section:
    """``lines`` are what is printed; ``built`` what the figures and the choices say by themselves."""

    key: str
    heading: str
    lines: tuple[Line, ...]
    built: tuple[Line, ...]
    is_edited: bool = False
    wrong: tuple[Wrong, ...] = ()

    @property
    def text(self) -> str:
        return sentences.plain(self.lines)


@dataclass(frozen=True, slots=True)
class Chapter:
    heading: str
    sections: tuple[Section, ...]

    @property
    def is_blank(self) -> bool:
        return not any(one.lines for one in self.sections)


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole report, ready to be shown or printed."""

    figures: Figures
    head: dict[str, str]
    opening: Section
    chapters: tuple[Chapter, ...]

    @property
    def sections(self) -> dict[str, Section]:
        found = {one.key: one for chapter in self.chapters for one in chapter.sections}
        return {OPENING: self.opening} | found

    @property
    def wrong(self) -> list[tuple[Section, Wrong]]:
        """Every number of the prose that is not what the annex says."""
        return [(one, wrong) for one in self.sections.values() for wrong in one.wrong]


def draft(figures: Figures, content: Content) -> Draft:
    """The text of ``figures`` with what a person wrote and chose."""
    made = {key: _section(key, "", figures, content) for key in (OPENING,)}
    chapters = []
    for heading, sections in CHAPTERS:
        title = f"{heading} {figures.span.following.words}" if "NHIỆM VỤ" in heading else heading
        found = tuple(_section(key, name, figures, content) for key, name in sections)
        chapters.append(Chapter(title.upper(), found))
    return Draft(figures, content.head, made[OPENING], tuple(chapters))


def _section(key: str, heading: str, figures: Figures, content: Content) -> Section:
    built = tuple(_built(key, figures, content))
    if key not in content.texts:
        return Section(key, heading, built, built)
    lines, wrong = check(content.texts[key], built)
    return Section(key, heading, tuple(lines), built, is_edited=True, wrong=tuple(wrong))


def _built(key: str, figures: Figures, content: Content) -> Sequence[Line]:
    head = content.head
    if key == OPENING:
        return [sentences.opening(figures, head["basis"], head["reporter"])]
    own = [one.line for one in content.picked(key)]
    if key == Indicator.Section.OUTREACH:
        return [*sentences.done(figures, key), *sentences.contents_done(figures)]
    if key in Indicator.Section.values:
        return sentences.done(figures, key)
    by_key = {
        GOOD: lambda: assessment.good(figures),
        WEAK: lambda: assessment.weak(figures),
        AHEAD: lambda: assessment.ahead(figures, head["basis"]),
    }
    return [*by_key.get(key, list)(), *own]


def edited(draft_now: Draft, content: Content, key: str, text: str) -> Content:
    """``content`` with the section ``key`` as it was typed; as built, it follows the figures again."""
    typed = "\n".join(line for line in clean(text).split("\n") if line)
    texts = {one: kept for one, kept in content.texts.items() if one != key}
    if typed != sentences.plain(draft_now.sections[key].built):
        texts[key] = typed
    return Content(content.head, texts, content.picks)


def chosen(content: Content, picks: Sequence[Pick]) -> Content:
    """``content`` with other sentences of the units; an edited section gains and loses them too."""
    texts = dict(content.texts)
    for key in set(FIELDS.values()) & set(texts):
        old = [text_of(one.line) for one in content.picked(key)]
        new = [text_of(one.line) for one in picks if FIELDS[one.part] == key]
        kept = [row for row in texts[key].split("\n") if row not in old or row in new]
        texts[key] = "\n".join([*kept, *(row for row in new if row not in kept)])
    return Content(content.head, texts, tuple(picks))


# -- The head -----------------------------------------------------------------


def head_for(
    profile: str,
    card: WardProfile | None,
    span: Span,
    scope: Scope,
    plans: Sequence[Plan],
    before: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """What stands around the text; as in the last document of this form where there is one.

    No name of a person is ever filled in: who signs writes it.
    """
    head = dict.fromkeys(HEAD_FIELDS, "")
    if before:
        head |= {name: before.get(name, "") for name in HEAD_FIELDS}
    else:
        head |= _usual(profile, card, scope)
    return head | {
        "subject": sentences.subject(span),
        "basis": "; ".join(basis_of(plan, card) for plan in plans),
    }


def _usual(profile: str, card: WardProfile | None, scope: Scope) -> dict[str, str]:
    committee = card.committee_name if card else ""
    superior = card.superior_name if card else ""
    place = {"place": card.place_name if card else ""}
    party = [f"{committee} (để báo cáo)"] if committee else []
    ward = sentences.lower(scope.ward.name)
    if PROFILES[profile] is ND30:
        return place | {
            "issuer": f"Ủy ban nhân dân {ward}",
            "reporter": f"Ủy ban nhân dân {ward}",
            "symbol": "BC-UBND",
            "authority": "TM. ỦY BAN NHÂN DÂN",
            "recipients": "\n".join([*party, "Lưu: VT, VHXH"]),
        }
    if PROFILES[profile] is MTTQ:
        return place | {
            "issuer": f"Ủy ban Mặt trận Tổ quốc Việt Nam {ward}",
            "reporter": f"Ủy ban Mặt trận Tổ quốc Việt Nam {ward}",
            "symbol": "BC-MTTQ-BTT",
            "authority": "TM. BAN THƯỜNG TRỰC",
            "recipients": "\n".join([*party, "Lưu: VT"]),
        }
    above = [f"{superior} (để báo cáo)"] if superior else []
    return place | {
        "superior": superior,
        "issuer": committee,
        "reporter": f"Ban Thường vụ {committee}" if committee else "",
        "symbol": "BC/ĐU",
        "authority": "T/M BAN THƯỜNG VỤ",
        "recipients": "\n".join([*above, "Thường trực Đảng ủy", "Lưu Văn phòng Đảng ủy"]),
    }


def basis_of(plan: Plan, card: WardProfile | None) -> str:
    """ "Kế hoạch số 85-KH/ĐU, ngày 22/3/2023 của Đảng ủy phường Phương Liệt"."""
    kind = plan.document_type.capitalize()
    number = f" số {plan.code}" if plan.code else ""
    day = f", ngày {format_date(plan.issued_on)}" if plan.issued_on else ""
    issuer = f" của {_in_prose(plan.issuer, card)}" if plan.issuer else ""
    return f"{kind}{number}{day}{issuer}"


def _in_prose(issuer: str, card: WardProfile | None) -> str:
    """The head of a plan is in capitals; the card has the name as it stands in a sentence."""
    for name in (card.committee_name, card.superior_name) if card else ():
        if fold(name) == fold(issuer):
            return name
    return issuer

"""The ward's own report as a Word file, and its annex as a sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from django.utils import timezone

from core.charts import WIDTH_MM, pictures
from core.docx import Head, OfficialDocument, Profile, Signature
from core.docx.columns import fitting
from core.docx.parts import table_blocks
from core.docx.xml import text_paragraph
from core.qr import qr_png
from core.sheets import Column, Kind, write_sheet
from core.text import clean
from reports.official.annex import Cell, Table, numbers, tables
from reports.official.drafting import Chapter, Draft
from reports.official.pictures import charts
from reports.official.pieces import text_of
from reports.spans import ROMAN

ATTACHED = "(Gửi kèm Biểu tổng hợp số liệu)"
QR_WIDTH = 16  # mm
# Columns of sentences, by their place, and how they share what the others leave.
WIDE = {False: {1: 1.0}, True: {1: 60.0, 2: 40.0, 3: 30.0}}


@dataclass(frozen=True, slots=True)
class Trace:
    """The way back from paper: the code that is printed, the address it stands for, and who
    approved it by link.
    """

    code: str
    address: str
    approval: str = ""

    @property
    def words(self) -> str:
        code = f"Mã tra cứu nguồn gốc số liệu (trong nội bộ văn phòng): {self.code}"
        return f"{code}. {self.approval}" if self.approval else code


def official_docx(
    draft: Draft,
    profile: Profile,
    *,
    is_draft: bool,
    trace: Trace | None = None,
    with_charts: bool = True,
    today: dt.date | None = None,
) -> bytes:
    """``draft`` as a .docx in ``profile``; number and day stay blank for the clerks.

    The annex lies across, with ``trace`` at the foot of its pages where there is one.
    """
    today = today or timezone.localdate()
    head = draft.head
    document = OfficialDocument(profile, is_draft=is_draft)
    document.head(head_of(draft, today))
    subject = subject_of(draft, profile)
    document.title("BÁO CÁO", subject)
    for line in draft.opening.lines:
        document.paragraph(clean(text_of(line)))
    for one in printed(draft.chapters):
        document.item(one.marker, one.text, level=one.level, heading=one.heading)
    document.centred(ATTACHED)
    document.foot(
        recipients=rows_of(head["recipients"]),
        signatures=[Signature(tuple(rows_of(head["authority"])), clean(head["position"]))],
    )
    _annex(document, draft, trace)
    if with_charts:
        _charts(document, draft)
    title = f"Báo cáo {clean(head['subject'])}"
    return document.save(title=title, author=clean(head["issuer"]), at=timezone.localtime())


def head_of(draft: Draft, today: dt.date) -> Head:
    """The organs and the place; number and day are the clerks'."""
    head = draft.head
    return Head(
        issuers=(clean(head["issuer"]),),
        superior=clean(head["superior"]),
        symbol=clean(head["symbol"]),
        place=clean(head["place"]),
        year=today.year,
        month=today.month,
    )


def subject_of(draft: Draft, profile: Profile) -> str:
    """A state organ's abstract begins with a capital (NĐ 30), a Party organ's does not."""
    subject = clean(draft.head["subject"])
    return subject[:1].upper() + subject[1:] if profile.subject_rule else subject


def rows_of(text: str) -> list[str]:
    return [row.rstrip(" .,;") for row in clean(text).split("\n") if row.strip(" .,;-")]


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of the body: ``heading`` or ``text`` behind its marker."""

    marker: str
    level: int
    text: str = ""
    heading: str = ""


def printed(chapters: Sequence[Chapter]) -> Iterator[Printed]:
    """Numbered as they come; what nobody wrote anything under is not printed."""
    number = 0
    for chapter in chapters:
        if chapter.is_blank:
            continue
        yield Printed(f"{ROMAN[number]}.", 1, heading=chapter.heading)
        number += 1
        place = 0
        for section in chapter.sections:
            if not section.lines:
                continue
            if section.heading:
                place += 1
                yield Printed(f"{place}.", 2, heading=section.heading)
            for line in section.lines:
                yield Printed("-", 3, clean(text_of(line)).lstrip("-+ "))


def _annex(document: OfficialDocument, draft: Draft, trace: Trace | None) -> None:
    number = f"số      {document.profile.number_join}{draft.head['symbol']}"
    note = f"(Kèm theo Báo cáo {number}, ngày      của {draft.head['reporter']})"
    for place, table in enumerate(tables(draft.figures)):
        if not place:
            document.annex(table.title, note=clean_line(note), is_landscape=True)
            if trace is not None:
                document.foot_of_pages(
                    trace.words,
                    png=qr_png(trace.address),
                    width=QR_WIDTH,
                    description=f"Mã QR dẫn đến nguồn gốc số liệu {trace.code}",
                )
        else:
            document.subtitle(table.title)
        document.blocks(partial(_table, table, document.profile))


def annex_blocks(draft: Draft, profile: Profile, width: float) -> list[Any]:
    """All tables with their titles, for a text ``width`` millimetres wide."""
    found: list[Any] = []
    for table in tables(draft.figures):
        found.append(text_paragraph(table.title, profile.annex_title, profile, keep_next=True))
        found += _table(table, profile, width)
    return found


def _table(table: Table, profile: Profile, width: float) -> list[Any]:
    size, widths = fitting(
        [table.head, *_texts(table)], wide=WIDE[len(table.head) == 4], width=width
    )
    return [
        *table_blocks(table.head, _texts(table), profile, width=width, shares=widths, size=size),
        *(text_paragraph(clean(text), profile.body, profile) for text in table.notes),
    ]


def _texts(table: Table) -> list[list[str]]:
    return [[clean(cell.text) for cell in row] for row in table.rows]


def clean_line(text: str) -> str:
    """Without what XML refuses; the gap for a number stays."""
    return " ".join(clean(part) for part in text.split(" "))


def _charts(document: OfficialDocument, draft: Draft) -> None:
    for place, chart in enumerate(charts(draft.figures), 1):
        for png in pictures(chart):
            document.picture(png, width=WIDTH_MM * 0.9, description=chart.description)
        document.centred(f"Biểu đồ {place}. {clean(chart.title)}")


def annex_sheet(draft: Draft) -> bytes:
    """The numbers of the annex as .xlsx: numbers as numbers, equal to those in Word."""
    table = numbers(draft.figures)
    columns = [
        Column(name, Kind.TEXT if place in (1, 2) else Kind.DECIMAL, 44 if place == 1 else None)
        for place, name in enumerate(table.head)
    ]
    result = BytesIO()
    write_sheet(
        result,
        name="Biểu số 01",
        columns=columns,
        rows=[[_sheet_value(cell) for cell in row] for row in table.rows],
        heading=[
            table.title,
            f"Kỳ: {draft.figures.span.words}. Số liệu của các báo cáo đã tiếp nhận.",
            *table.notes,
        ],
    )
    return result.getvalue()


def _sheet_value(cell: Cell) -> str | float:
    """A percentage as it is printed: with one decimal."""
    return cell.text if cell.number is None else round(cell.number, 1)

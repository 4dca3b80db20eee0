"""A cell's own report of a month as a Word file, as it would sign it on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import timezone

from core.docx import PARTY_HD05, Head, OfficialDocument, Signature
from core.text import clean, format_month
from plans.models import Plan
from reports.answers import Answers, Paper
from reports.models import Indicator
from reports.official.drafting import basis_of
from reports.periods import Period
from reports.sentences import CAMPAIGN, count_lines, happening_lines, zero_words
from reports.spans import ROMAN, window_words
from units.models import WardProfile

RECIPIENTS = ("Đảng ủy phường (qua Ban Xây dựng Đảng)", "Lưu Chi bộ")


def cell_docx(
    paper: Paper,
    answers: Answers,
    period: Period,
    *,
    card: WardProfile | None,
    plans: Sequence[Plan] = (),
) -> bytes:
    """``answers`` of one unit and month; number, day and the signer's name stay blank."""
    unit, month = clean(paper.unit.name), paper.month
    document = OfficialDocument(PARTY_HD05)
    document.head(
        Head(
            issuers=(unit,),
            superior=f"Đảng bộ {paper.ward.name}",
            symbol="BC/CB",
            place=card.place_name if card else "",
            year=period.due_on.year,
            month=period.due_on.month,
        )
    )
    words = format_month(month).replace("/", " năm ")
    document.title("BÁO CÁO", f"kết quả thực hiện {CAMPAIGN} {words}")
    bases = "; ".join(basis_of(plan, card) for plan in plans)
    begun = f"Thực hiện {bases}, {unit}" if bases else unit
    window = window_words(period.data_from, period.data_to)
    document.paragraph(f"{begun} báo cáo kết quả {format_month(month)} ({window}) như sau:")
    _chapters(document, paper, answers)
    document.foot(recipients=RECIPIENTS, signatures=[Signature(("T/M CHI BỘ",), "BÍ THƯ")])
    title = f"Báo cáo {words}, {unit}"
    return document.save(title=title, author=unit, at=timezone.localtime())


def _chapters(document: OfficialDocument, paper: Paper, answers: Answers) -> None:
    chapters = [
        ("KẾT QUẢ THỰC HIỆN", list(_done(paper, answers))),
        ("TỒN TẠI, HẠN CHẾ", [("", _rows(answers.difficulties))]),
        ("KIẾN NGHỊ, ĐỀ XUẤT", [("", _rows(answers.recommendations))]),
    ]
    number = 0
    for heading, sections in chapters:
        kept = [(name, lines) for name, lines in sections if lines]
        if not kept:
            continue
        document.item(f"{ROMAN[number]}.", "", level=1, heading=heading)
        number += 1
        for place, (name, lines) in enumerate(kept, 1):
            if name:
                document.item(f"{place}.", "", level=2, heading=name)
            for line in lines:
                document.item("-", line.lstrip("-+ "), level=3)


def _done(paper: Paper, answers: Answers) -> Iterator[tuple[str, list[str]]]:
    """The sections of the ward's report, with this unit's numbers and words."""
    if answers.is_zero:
        yield "", [zero_words(answers)]
        return
    counts = {
        code: count
        for code, count in answers.totals(paper.indicators).items()
        if count is not None and count.value
    }
    contents = [f"{item.short_title}." for item in answers.contents]
    for section, label in Indicator.Section.choices:
        own = [one for one in paper.indicators if one.section == section]
        told = {one.code for one in own}
        lines = list(count_lines(counts, own))
        lines += happening_lines([one for one in answers.happenings if one.code in told], own)
        if section == Indicator.Section.LEADERSHIP:
            lines += contents
        yield str(label), [clean(line) for line in lines]
    yield "Kết quả nổi bật", _rows(answers.result)


def _rows(text: str) -> list[str]:
    return [row for row in clean(text).split("\n") if row]

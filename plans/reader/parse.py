"""Paragraphs -> :class:`Reading`: the parts of the reader put together."""

import re

from core.text import fold
from plans.reader import assignments, bases, body, deadlines, header, questions, tail
from plans.reader.lines import Line, is_wrapped, join, lines_of
from plans.reader.nodes import tree
from plans.reader.reading import (
    NotAPlanError,
    Paragraph,
    Place,
    Question,
    Reading,
    Section,
)

YEAR = re.compile(r"(?:năm(?: học)?|quý\s*[IVX1-4]+\s*/|tháng\s*\d{1,2}\s*/)\s*(20\d{2})", re.I)
PERIOD = re.compile(r"giai đoạn[^;,]{0,30}", re.I)
LETTER = re.compile(r"\bCV\b|^\W*(?:v/v|về việc)\b", re.I)


def parse(paragraphs: tuple[Paragraph, ...], *, ward_name: str | None) -> Reading:
    """The reading of a plan. Raises :class:`NotAPlanError` for any other document."""
    lines = lines_of(paragraphs)
    head = header.read_head(lines)
    _refuse_others(head, lines)
    end = tail.starts_at(lines, head.end)
    text, foot = lines[head.end : end], tail.read(lines[end:])
    if head.issued_on is None and not head.has_blank_day:
        header.read_late_date(head, lines[end:])
    text = join(text, wrapped=is_wrapped(text))
    begin = body.first_section(text)
    cited, enacting = bases.read(text[:begin])
    main, closing = body.split_closing(text[begin:])
    sections = body.grow(main)
    year = year_of(head)
    found = assignments.collect(sections, year)
    for line in closing:
        found.due(deadlines.in_text(line.text, year), line.first)
    superior, issuers = header.organs(head)
    if not issuers and enacting and enacting.issuer:
        issuers = (enacting.issuer,)
        head.places["issuers"] = Place(enacting.paragraph, 0.8)
    asked = _questions(head, year, sections, [*issuers, enacting.issuer or "" if enacting else ""],
                       ward_name)  # fmt: skip
    if not issuers:
        asked.append(Question("issuers", "Không thấy cơ quan ban hành kế hoạch.", None, None))
    return Reading(
        document_type=head.document_type or "",
        number=head.number,
        symbol=head.symbol,
        code=f"{head.number}{head.separator}{head.symbol}" if head.number else None,
        issued_on=head.issued_on,
        issued_month=head.issued_month,
        issue_place=head.issue_place,
        superior=superior,
        issuers=issuers,
        subject=head.subject,
        year=year,
        legal_bases=tuple(cited),
        sections=tuple(_section(place) for place in sections if place.is_section),
        assignments=tuple(found.assignments),
        deadlines=tuple(found.deadlines),
        closing=" ".join(line.text for line in closing) or None,
        recipients=tuple(foot.recipients),
        signatures=tuple(foot.signatures),
        attachments=tuple(line.text for line in foot.attachments),
        questions=tuple(asked + found.questions),
        places=head.places,
        nodes=tree(lines, head, text[:begin], sections, closing, lines[end:], foot),
        paragraphs=paragraphs,
    )


def _section(place: body.Place) -> Section:
    pairs = body.items(place)
    return Section(
        numeral=place.numeral or None,
        heading=place.text,
        role=place.role,
        items=tuple(text for text, _ in pairs),
        paragraph=place.line.first,
        item_paragraphs=tuple(paragraph for _, paragraph in pairs),
    )


def _questions(
    head: header.Head,
    year: int | None,
    sections: list[body.Place],
    organs: list[str],
    ward_name: str | None,
) -> list[Question]:
    known = [questions.bare_place(ward_name)] if ward_name else []
    known += [name for name in questions.places_named(organs) if name not in known]
    place = questions.about_place(head, known)
    return [
        *([place] if place else []),
        *questions.about_head(head, year),
        *questions.about_sections(sections),
    ]


def year_of(head: header.Head) -> int | None:
    """The year in the abstract, outside a period of years; else that of the date."""
    subject = PERIOD.sub("", head.subject)
    found = YEAR.findall(subject)
    if found:
        return int(found[-1])
    date = head.issued_on or head.issued_month
    return int(date[:4]) if date else None


def _refuse_others(head: header.Head, lines: list[Line]) -> None:
    """Only a plan goes on; anything else is named for what it is."""
    kind = head.document_type
    if kind and kind.startswith("KẾ HOẠCH"):
        return
    top = [line.text for line in lines[:30]]
    is_letter = any(fold(text).startswith("kinh gui") for text in top) or (
        head.symbol and head.symbol.startswith("CV")
    )
    if kind is None and (is_letter or (head.symbol and any(LETTER.search(t) for t in top))):
        kind = "CÔNG VĂN"
    if kind:
        raise NotAPlanError(
            f"Đây là {kind.lower()}, không phải kế hoạch; chỉ nạp được văn bản kế hoạch.", kind
        )
    raise NotAPlanError(
        "Không nhận ra đây là kế hoạch: không thấy dòng “KẾ HOẠCH” ở đầu văn bản.", None
    )

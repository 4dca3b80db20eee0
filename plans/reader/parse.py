"""Paragraphs -> :class:`Reading`: the parts of the reader put together."""

import re
from dataclasses import dataclass, field

from core.text import fold
from plans.reader import (
    assignments,
    attached,
    bases,
    body,
    damage,
    deadlines,
    header,
    plain,
    questions,
    tail,
)
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
LEGAL = ("LUẬT", "BỘ LUẬT", "NGHỊ ĐỊNH", "THÔNG TƯ", "CHỈ THỊ", "NGHỊ QUYẾT", "QUYẾT ĐỊNH", "KẾT LUẬN",
         "QUY ĐỊNH", "HƯỚNG DẪN", "THÔNG TRI", "PHÁP LỆNH")  # fmt: skip
LETTER = re.compile(r"\bCV\b|^\W*(?:v/v|về việc)\b", re.I)


def parse(paragraphs: tuple[Paragraph, ...], *, ward_name: str | None) -> Reading:
    """The reading of a plan. Raises :class:`NotAPlanError` for any other document."""
    if plain.is_plain(paragraphs):
        reading = _parse(plain.accented(paragraphs), ward_name)
        return plain.unmarked(reading, paragraphs)
    return _parse(paragraphs, ward_name)


def _parse(paragraphs: tuple[Paragraph, ...], ward_name: str | None) -> Reading:
    document = _document(lines_of(paragraphs))
    head, opening = document.head, document.opening
    cited, enacting = bases.read([*document.carried, *opening])
    main, closing = body.split_closing(document.main)
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
    foot = document.tail
    asked += [*document.questions, *questions.about_tail(foot), *found.questions]
    asked += [*questions.about_rows(paragraphs), *damage.suspected(paragraphs)]
    _place_rest(head, year, closing, foot)
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
        questions=tuple(asked),
        places=head.places,
        nodes=tree(document.lines, head, opening, sections, closing, document.foot, foot),
        paragraphs=paragraphs,
    )


@dataclass(slots=True)
class _Document:
    """The lines of a plan by their part. ``carried`` is the text of a decision before the plan."""

    lines: list[Line]
    head: header.Head
    opening: list[Line]
    main: list[Line]
    foot: list[Line]
    tail: tail.Tail
    carried: list[Line] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def _document(lines: list[Line]) -> _Document:
    head = header.read_head(lines)
    at = attached.plan_within(lines) if head.document_type in attached.CARRIERS else None
    if at is None:
        _refuse_others(head, lines)
        return _parted(lines, head)
    carrier_end = tail.starts_at(lines[:at], head.end)
    result = _parted(lines, attached.head_of_plan(head, lines, at))
    result.carried = join(lines[head.end : carrier_end], wrapped=False)
    result.questions.append(attached.question(head))
    signed = tail.read([line for line in lines[carrier_end:at] if not header.is_motto(line.text)])
    if not result.tail.signatures:
        result.tail.signatures = signed.signatures
    if not result.tail.recipients:
        result.tail.recipients = signed.recipients
    return result


def _parted(lines: list[Line], head: header.Head) -> _Document:
    end = tail.starts_at(lines, head.end)
    text, foot = lines[head.end : end], lines[end:]
    if head.issued_on is None and not head.has_blank_day:
        header.read_late_date(head, foot)
    text = [line for line in text if not header.ATTACHED_TO.match(line.text)]
    text = join(text, wrapped=is_wrapped(text))
    begin = body.first_section(text)
    return _Document(lines, head, text[:begin], text[begin:], foot, tail.read(foot))


def _place_rest(head: header.Head, year: int | None, closing: list[Line], foot: tail.Tail) -> None:
    """Where the fields that are not of the head were read."""
    if closing:
        head.places["closing"] = Place(closing[0].first, 0.9)
    if foot.recipients:
        head.places["recipients"] = Place(foot.recipients[0].paragraph)
    if foot.signatures:
        is_sure = all(s.name and s.title for s in foot.signatures)
        head.places["signatures"] = Place(foot.signatures[0].paragraph, 1.0 if is_sure else 0.5)
    if foot.attachments:
        head.places["attachments"] = Place(foot.attachments[0].first)
    if year is not None:
        subject = head.places.get("subject", Place(None))
        is_said = str(year) in head.subject
        date = head.places.get("issued_on", Place(None))
        head.places["year"] = Place(
            (subject if is_said else date).paragraph, 1.0 if is_said else 0.7
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
        confidence=0.6 if place.is_misread else 1.0,
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
        what = kind.lower()
        advice = (
            f"muốn ghi {what} này làm căn cứ thì thêm ở phần căn cứ của kế hoạch"
            if kind in LEGAL
            else "hãy chọn tệp của kế hoạch"
        )
        raise NotAPlanError(
            f"Đây là {what}, không phải kế hoạch nên không nạp được; {advice}.", kind
        )
    raise NotAPlanError(
        "Không nhận ra đây là kế hoạch: không thấy dòng “KẾ HOẠCH” ở đầu văn bản;"
        " hãy chọn tệp khác, hoặc dán toàn văn kế hoạch, kể cả phần đầu, vào ô.",
        None,
    )

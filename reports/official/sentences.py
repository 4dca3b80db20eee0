"""What the figures say, in the office's sentences (DOMAIN §C.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.text import format_count, format_number
from reports.official.figures import Complete, Figures, Lacking, Told
from reports.official.pieces import Line, Piece, capital, joined, line, text_of
from reports.official.words import amount_words
from reports.sentences import CAMPAIGN, PLACE_OF_NUMBER
from reports.spans import Span, SpanKind, window_words
from reports.statistics import WINDOWS

SPAN, OF_YEAR, BEFORE = WINDOWS
CHANGE, TARGET = "so-sanh", "ke-hoach"
COMPLETE = "don-vi"
CONTENT = "noi-dung-"
MOST_NAMED = 12  # units in the opening sentence; the annex has them all
MOST_CONTENTS = 3


# -- The opening --------------------------------------------------------------


def subject(span: Span) -> str:
    """ "kết quả thực hiện … quý I; phương hướng, nhiệm vụ quý II năm 2026"."""
    after = span.following
    is_one_year = span.start.year == after.start.year and span.kind != SpanKind.HALF
    now = span.name if is_one_year else span.words
    return f"kết quả thực hiện {CAMPAIGN} {now}; phương hướng, nhiệm vụ {after.words}"


def opening(figures: Figures, basis: str, issuer: str) -> Line:
    """Basis, organ, data window and completeness."""
    begun = f"Thực hiện {basis}, {issuer}" if basis else issuer
    of = f" tại {figures.scope}" if figures.scope else ""
    return (
        Piece(
            f"{begun} báo cáo kết quả thực hiện {CAMPAIGN} {figures.span.words}{of} "
            f"({window_words(figures.data_from, figures.data_to)}; "
        ),
        *completeness(figures),
        Piece("), như sau:"),
    )


def completeness(figures: Figures) -> Line:
    """ "tổng hợp từ 41/43 đơn vị trực thuộc; 02 đơn vị chưa gửi: A, B"."""
    complete, is_month = figures.complete, figures.span.kind == SpanKind.MONTH
    enough = "" if is_month else "đủ "
    parts = [
        line(
            "tổng hợp từ ",
            Piece(f"{complete.whole}/{complete.units}", f"{COMPLETE}.{SPAN}"),
            f" đơn vị gửi {enough}báo cáo" if enough else " đơn vị trực thuộc",
        )
    ]
    if not is_month:
        of_reports = Piece(f"{complete.reports}/{complete.owed}", f"bao-cao.{SPAN}")
        parts.append(line(of_reports, " báo cáo tháng"))
    parts += _groups(complete, is_month=is_month)
    return joined(parts, "; ", end="")


def _groups(complete: Complete, *, is_month: bool) -> Iterator[Line]:
    enough = "" if is_month else " đủ"
    for units, key, words in (
        (complete.lacking, "chua-gui", f" đơn vị chưa gửi{enough}: "),
        (complete.waiting, "cho-xem", " đơn vị đã gửi, đang xem xét: "),
    ):
        if units:
            named = ", ".join(_named(one, is_month=is_month) for one in units[:MOST_NAMED])
            more = len(units) - MOST_NAMED
            rest = f" và {format_count(more)} đơn vị khác nêu tại Biểu số 02" if more > 0 else ""
            count = Piece(format_count(len(units)), f"{key}.{SPAN}")
            yield line(count, f"{words}{named}{rest}")


def _named(one: Lacking, *, is_month: bool) -> str:
    if is_month or one.is_all:
        return one.name
    return f"{one.name} (tháng {', '.join(map(str, one.months))})"


# -- I. What was done ----------------------------------------------------------


def done(figures: Figures, section: str) -> list[Line]:
    """The sentences of one section: the numbers, the year so far, the year before, the plan."""
    told = [one for one in figures.of_section(section) if one.total.is_known and _is_some(one)]
    found = [
        capital(joined(_groups_of_phrases(told), "; ")),
        _year_so_far(told, figures.span),
        _beside(told),
        _of_plan(figures.of_section(section), figures.span),
    ]
    return [one for one in found if one]


def _is_some(one: Told) -> bool:
    return bool(one.total.of if one.is_share else one.total.value)


def _groups_of_phrases(told: Sequence[Told], window: str = SPAN) -> list[Line]:
    """Those who came stand behind what they came to, after a comma."""
    groups: list[list[Line]] = []
    heads: dict[str, list[Line]] = {}
    for one in told:
        if one.attendance_of in heads:
            heads[one.attendance_of].append(phrase(one, window))
        else:
            heads[one.code] = [phrase(one, window)]
            groups.append(heads[one.code])
    return [joined(group, ", ", end="") for group in groups]


def phrase(one: Told, window: str = SPAN) -> Line:
    """ "tổ chức 76 buổi tuyên truyền"; a share with the numbers behind it."""
    amount, key = (one.of_year if window == OF_YEAR else one.total), f"{one.code}.{window}"
    number = Piece(amount_words(amount), key)
    if one.is_share:
        parts = f"{format_number(amount.value or 0)}/{format_number(amount.of or 0)}"
        return line(f"{lower(one.name)} đạt ", number, " (", Piece(parts, key), f" {one.unit})")
    if PLACE_OF_NUMBER in one.phrase:
        before, after = one.phrase.split(PLACE_OF_NUMBER, 1)
        return line(before, number, after)
    return line(f"{lower(one.name)}: ", number, f" {one.unit}")


def _year_so_far(told: Sequence[Told], span: Span) -> Line:
    """Only where the year began before the span; what is standing is not added up."""
    if span.months == span.of_year:
        return ()
    adding = [one for one in told if not one.is_last and one.of_year.is_known]
    groups = _groups_of_phrases(adding, OF_YEAR)
    return (Piece("Lũy kế từ đầu năm: "), *joined(groups, "; ")) if groups else ()


def _beside(told: Sequence[Told]) -> Line:
    """ "So với cùng kỳ năm trước: buổi tuyên truyền tăng 18 (31,0%); tờ rơi bằng cùng kỳ."."""
    parts = [line(f"{lower(one.name)} ", *_changed(one)) for one in told if one.change is not None]
    return (Piece("So với cùng kỳ năm trước: "), *joined(parts, "; ")) if parts else ()


def _changed(one: Told) -> Line:
    count, percent = one.change or (0, None)
    key = f"{one.code}.{CHANGE}"
    if not count:
        return line(Piece("bằng cùng kỳ", key))
    words = "tăng " if count > 0 else "giảm "
    if one.is_share:
        return line(words, Piece(format_number(abs(count) / 10, 1), key), " điểm phần trăm")
    number = Piece(format_count(abs(count)), key)
    if percent is None:
        return line(words, number)
    return line(words, number, " (", Piece(f"{format_number(abs(percent), 1)}%", key), ")")


def _of_plan(told: Sequence[Told], span: Span) -> Line:
    """ "So với kế hoạch năm 2026: buổi tuyên truyền đạt 76/100 (76,0%)."."""
    parts = []
    for one in told:
        if one.of_target is not None:
            key = f"{one.code}.{TARGET}"
            reached = f"{format_number(one.of_year.value or 0)}/{format_number(one.target or 0)}"
            percent = f"{format_number(one.of_target, 1)}%"
            parts.append(
                line(f"{lower(one.name)} đạt ", Piece(reached, key), " (", Piece(percent, key), ")")
            )
    return (
        (Piece(f"So với kế hoạch năm {span.start.year}: "), *joined(parts, "; ")) if parts else ()
    )


def contents_done(figures: Figures) -> list[Line]:
    """How many contents of the plans were carried out, and which by most units."""
    contents = figures.contents
    if not contents:
        return []
    some = [one for one in contents if one.unit_count]
    if not some:
        return []
    ranked = sorted(some, key=lambda one: -one.unit_count)[:MOST_CONTENTS]
    named = [
        line(
            f"{lower(one.title.rstrip('.;, '))} (",
            Piece(format_count(one.unit_count), f"{CONTENT}{one.pk}.{SPAN}"),
            " đơn vị)",
        )
        for one in ranked
    ]
    share = Piece(f"{len(some)}/{len(contents)}", f"noi-dung.{SPAN}")
    return [
        (
            Piece("Các đơn vị đã triển khai "),
            share,
            Piece(" nội dung theo kế hoạch; thực hiện ở nhiều đơn vị nhất: "),
            *joined(named, "; "),
        )
    ]


def plain(lines: Sequence[Line]) -> str:
    """As a text area shows them, a line each."""
    return "\n".join(text_of(one) for one in lines)


def lower(name: str) -> str:
    """Within a sentence; "OCOP" stays as it is."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]

"""The annex as tables of numbers: what Word and Excel print and the page shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.text import format_number
from reports.official.figures import Figures, Told
from reports.official.sentences import BEFORE, CHANGE, CONTENT, OF_YEAR, SPAN, TARGET
from reports.official.words import NOTHING, annex_words, change_words
from reports.spans import month_heading
from reports.statistics import Amount


@dataclass(frozen=True, slots=True)
class Cell:
    """``text`` as printed, ``number`` for a sheet, ``figure`` for the trace."""

    text: str
    figure: str = ""
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


def tables(figures: Figures) -> list[Table]:
    """The numbers; then who is missing and the contents, where there are any."""
    found = [numbers(figures)]
    for title, head, rows in (
        ("TÌNH HÌNH GỬI BÁO CÁO", ("STT", "Đơn vị", "Tháng", "Ghi chú"), _missing(figures)),
        (
            "NỘI DUNG ĐÃ TRIỂN KHAI",
            ("STT", "Nội dung", "Kế hoạch", "Số đơn vị triển khai"),
            _contents(figures),
        ),
    ):
        made = tuple(rows)
        if made:
            found.append(Table(f"BIỂU SỐ {len(found) + 1:02}. {title}", head, made))
    return found


def numbers(figures: Figures) -> Table:
    """One line an indicator: months, the span, the year so far, the year before, the plan."""
    span = figures.span
    has_year = span.months != span.of_year
    has_target = any(line.target for line in figures.lines)
    name = span.name or "cả năm"
    head = ["STT", "Nội dung", "Đơn vị tính", *map(month_heading, figures.months)]
    head.append(name[:1].upper() + name[1:])
    head += ["Lũy kế năm"] if has_year else []
    head += [f"Cùng kỳ {span.start.year - 1}", "So với cùng kỳ"]
    head += ["Kế hoạch năm", "Đạt kế hoạch"] if has_target else []
    rows = tuple(
        tuple(_row(place, line, figures, has_year=has_year, has_target=has_target))
        for place, line in enumerate(figures.lines, 1)
    )
    notes = (
        f"Dòng {place}: {line.note}." for place, line in enumerate(figures.lines, 1) if line.note
    )
    return Table("BIỂU SỐ 01. TỔNG HỢP SỐ LIỆU", tuple(head), rows, (*notes, *figures.changes))


def _row(
    place: int, line: Told, figures: Figures, *, has_year: bool, has_target: bool
) -> Iterator[Cell]:
    yield Cell(str(place), number=place)
    yield Cell(line.name)
    yield Cell(line.measure)
    for month, amount in zip(figures.months, line.by_month, strict=False):
        yield _amount(line, amount, f"{month:%Y-%m}")
    yield _amount(line, line.total, SPAN)
    if has_year:
        yield _amount(line, line.of_year, OF_YEAR)
    yield _amount(line, line.before, BEFORE)
    yield Cell(change_words(line), f"{line.code}.{CHANGE}" if line.change else "")
    if has_target:
        yield Cell(format_number(line.target) if line.target else NOTHING, number=line.target)
        percent = line.of_target
        words = f"{format_number(percent, 1)}%" if percent is not None else NOTHING
        yield Cell(words, f"{line.code}.{TARGET}" if percent is not None else "")


def _amount(line: Told, amount: Amount, window: str) -> Cell:
    if not amount.is_known:
        return Cell(NOTHING)
    number = amount.percent if amount.is_share else amount.value
    return Cell(annex_words(amount), f"{line.code}.{window}", number)


def _missing(figures: Figures) -> Iterator[tuple[Cell, ...]]:
    complete, place = figures.complete, 0
    for units, words in (
        (complete.lacking, "chưa gửi"),
        (complete.waiting, "đã gửi, đang xem xét"),
    ):
        for unit in units:
            place += 1
            months = ", ".join(map(str, unit.months))
            yield Cell(str(place), number=place), Cell(unit.name), Cell(months), Cell(words)


def _contents(figures: Figures) -> Iterator[tuple[Cell, ...]]:
    for place, one in enumerate(figures.contents, 1):
        count = Cell(format_number(one.unit_count), f"{CONTENT}{one.pk}.{SPAN}", one.unit_count)
        yield Cell(str(place), number=place), Cell(one.title), Cell(one.plan), count

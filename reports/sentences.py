"""A report in words: the sentences that the ward's own report uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.text import Count, format_count, format_number
from reports.answers import Answers, Happening, Paper
from reports.models import Indicator, ZeroReason

PLACE_OF_NUMBER = "…"
CAMPAIGN = "Cuộc vận động “Người Việt Nam ưu tiên dùng hàng Việt Nam”"


@dataclass(frozen=True, slots=True)
class Passage:
    """One answer in words: its question's key, a heading, and the paragraphs."""

    key: str
    label: str
    lines: tuple[str, ...]
    is_blank: bool = False


def passages(answers: Answers, paper: Paper) -> list[Passage]:
    """The whole report, answer by answer."""
    if answers.is_zero:
        return [Passage("zero", "Không phát sinh", (zero_words(answers),))]
    contents = tuple(f"{item.short_title}." for item in answers.contents)
    return [
        _passage("contents", "Nội dung đã thực hiện", contents),
        _passage("counts", "Số liệu", _counted(answers, paper)),
        _passage("result", "Kết quả", _paragraphs(answers.result)),
        _passage("difficulties", "Khó khăn, vướng mắc", _paragraphs(answers.difficulties)),
        _passage("recommendations", "Kiến nghị, đề xuất", _paragraphs(answers.recommendations)),
    ]


def _counted(answers: Answers, paper: Paper) -> tuple[str, ...]:
    """What was done, of that one by one, then what there was none of."""
    done, none = _counted_lines(answers.totals(paper.indicators), paper.indicators)
    return (*done, *happening_lines(answers.happenings, paper.indicators), *none)


def happening_lines(
    happenings: Iterable[Happening], indicators: Iterable[Indicator]
) -> tuple[str, ...]:
    """ "Trong đó: ngày 22/3 tại nhà văn hóa: Nói chuyện về hàng Việt, 45 lượt người; ngày 25/3 …"."""
    told: dict[str, list[str]] = {}
    for one in happenings:
        told.setdefault(one.code, []).append(_happening(one))
    names = {one.code: one.name for one in indicators}
    lines = []
    for code, phrases in told.items():
        of = f" ({_lower(names.get(code, code))})" if len(told) > 1 else ""
        lines.append(f"Trong đó{of}: {'; '.join(phrases)}.")
    return tuple(lines)


def _happening(one: Happening) -> str:
    place = f" tại {one.place}" if one.place else ""
    people = f", {format_count(one.attendance)} người dự" if one.attendance else ""
    title = one.title.rstrip(".;, ")
    return f"ngày {one.held_on.day}/{one.held_on.month}{place}: {title}{people}"


def count_lines(counts: Mapping[str, Count | None], indicators: list[Indicator]) -> tuple[str, ...]:
    """ "Tổ chức 02 buổi tuyên truyền, 118 lượt người dự; treo 02 băng rôn.", then what there was none of."""
    done, none = _counted_lines(counts, indicators)
    return (*done, *none)


def _counted_lines(
    counts: Mapping[str, Count | None], indicators: list[Indicator]
) -> tuple[list[str], list[str]]:
    told: list[str] = []
    none: list[str] = []
    for indicator in indicators:
        count = counts.get(indicator.code)
        if count is None:
            continue
        if not count.value and count.of is None:
            none.append(_lower(indicator.name))
        elif told and indicator.attendance_of_id:
            told[-1] += f", {phrase(indicator, count)}"
        else:
            told.append(phrase(indicator, count))
    text = "; ".join(told)
    return (
        [f"{text[:1].upper()}{text[1:]}."] if told else [],
        [f"Không có: {'; '.join(none)}."] if none else [],
    )


def phrase(indicator: Indicator, count: Count) -> str:
    """The indicator's words with the number in their place: "treo 02 băng rôn"; of a share also
    with the whole, in the second place of the words or behind them.
    """
    words = indicator.phrase
    if PLACE_OF_NUMBER not in words:
        words = f"{indicator.name}: {PLACE_OF_NUMBER} {indicator.unit_of_measure}"
    words = words.replace(PLACE_OF_NUMBER, figure(count), 1)
    if count.of is None or count.percent is None:
        return words
    if PLACE_OF_NUMBER not in words:
        words = f"{words} trên tổng số {PLACE_OF_NUMBER}"
    percent = format_number(round(count.percent, 1))
    return f"{words.replace(PLACE_OF_NUMBER, format_count(count.of), 1)} ({percent}%)"


def figure(count: Count) -> str:
    number = format_count(count.value)
    return f"khoảng {number}" if count.is_approximate else number


def zero_words(answers: Answers) -> str:
    reason = answers.zero_reason_text or ZeroReason(answers.zero_reason).label
    return f"Tháng này không có hoạt động. Lý do: {reason[:1].lower()}{reason[1:].rstrip('.')}."


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _passage(key: str, label: str, lines: tuple[str, ...]) -> Passage:
    return Passage(key, label, lines, is_blank=not lines)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())

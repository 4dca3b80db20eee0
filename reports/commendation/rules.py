"""The rules, and how the office set them; the span of time that is looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.workflow import StaleError
from reports.models import CommendationRule
from units.models import Unit


@dataclass(frozen=True, slots=True)
class Rule:
    """A visible rule; ``words`` has the threshold in place of {n}."""

    code: str
    name: str
    words: str
    default: int
    unit: str
    most: int = 1000


RULES = (
    Rule("on_time", "Nộp đúng hạn", "nộp đúng hạn từ {n}% số tháng phải báo cáo", 100, "%", 100),
    Rule("contents", "Phủ nhiều nội dung", "tuyên truyền từ {n} nội dung khác nhau", 3, "nội dung"),
    Rule("evidence", "Có minh chứng", "kể từ {n} việc trong báo cáo có ảnh", 2, "việc"),
    Rule("models", "Mô hình, cách làm hay", "duy trì từ {n} mô hình, cách làm hay", 1, "mô hình"),
    Rule(
        "helped",
        "Làm việc chưa ai làm",
        "từ {n} lần là đơn vị duy nhất tuyên truyền một nội dung trong tháng",
        1,
        "lần",
    ),
)
BY_CODE = {rule.code: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Setting:
    """How the office set a rule; ``by`` and ``at`` are None while it never did."""

    rule: Rule
    is_on: bool
    threshold: int
    by: Any = None
    at: dt.datetime | None = None

    @property
    def words(self) -> str:
        is_most = self.threshold == self.rule.most  # nothing lies above all of the months
        words = self.rule.words.replace("từ {n}", "đủ {n}") if is_most else self.rule.words
        return words.format(n=self.threshold)


@dataclass(frozen=True, slots=True)
class Span:
    """A quarter, a half-year or a year."""

    slug: str
    name: str
    months: list[dt.date]


def span_of(slug: str, today: dt.date) -> Span:
    """ "2026-Q4", "2026-H1" or "2026"; the quarter of ``today`` for anything else."""
    year, _, part = slug.partition("-")
    kind, number = part[:1], part[1:]
    if year.isascii() and year.isdigit() and 2000 <= int(year) < 2100:
        if not part:
            return _span(slug, f"năm {year}", int(year), 1, 12)
        if kind == "Q" and number in ("1", "2", "3", "4"):
            roman = ("I", "II", "III", "IV")[int(number) - 1]
            return _span(slug, f"quý {roman}/{year}", int(year), 3 * int(number) - 2, 3)
        if kind == "H" and number in ("1", "2"):
            half = ("đầu", "cuối")[int(number) - 1]
            return _span(slug, f"6 tháng {half} năm {year}", int(year), 6 * int(number) - 5, 6)
    return span_of(f"{today.year}-Q{(today.month + 2) // 3}", today)


def _span(slug: str, name: str, year: int, first: int, count: int) -> Span:
    return Span(slug, name, [dt.date(year, first + step, 1) for step in range(count)])


def settings_of(ward: Unit) -> tuple[list[Setting], int]:
    """The rules as they are set, and the version of that, for the form; one query."""
    rows = list(CommendationRule.objects.newest(ward))
    newest = {row.code: row for row in rows}
    found = [
        Setting(rule, row.is_on, row.threshold, row.by, row.at)
        if (row := newest.get(rule.code))
        else Setting(rule, True, rule.default)
        for rule in RULES
    ]
    return found, rows[-1].pk if rows else 0


@transaction.atomic
def write_settings(
    ward: Unit, chosen: Mapping[str, tuple[bool, int]], *, actor: Any, seen_version: int
) -> None:
    """Keep what differs from what is set. Raises :class:`~core.workflow.StaleError`."""
    Unit.objects.select_for_update(of=("self",)).get(pk=ward.pk)
    known, version = settings_of(ward)
    if version != seen_version:
        raise StaleError(None)
    for setting in known:
        is_on, threshold = chosen[setting.rule.code]
        if (is_on, threshold) != (setting.is_on, setting.threshold):
            CommendationRule.objects.create(
                owner=ward, code=setting.rule.code, is_on=is_on, threshold=threshold, by=actor
            )

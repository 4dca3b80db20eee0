"""Units to commend, by rules that everybody can read, each with its figures and its evidence.

There is no score: units stand in the order of how many of the chosen rules they meet, and among
equals in the official order. Only units and counts, never persons.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from core.text import format_date, format_month, next_month, sort_key
from core.workflow import StaleError
from reports import periods, statistics
from reports.models import (
    HANDED_IN,
    Activity,
    CommendationRule,
    IndicatorValue,
    MonthlyReport,
    Photo,
    ReportContent,
)
from units.models import Unit

MODELS = "models"  # the code of the indicator that counts models and good ways
MOST_SHOWN = 8  # pieces of evidence beside a figure; a year of a ward has thousands


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
        return self.rule.words.format(n=self.threshold)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A report, or a content in a month, that a figure rests on."""

    text: str
    report: int | None = None
    content: int | None = None
    month: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule for one unit: its figure in words, whether it is met, what shows it."""

    setting: Setting
    figure: str
    is_met: bool
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def shown(self) -> list[Evidence]:
        return self.evidence[:MOST_SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.evidence) - MOST_SHOWN)


@dataclass(frozen=True, slots=True)
class Line:
    unit: Unit
    findings: list[Finding]

    @property
    def met(self) -> int:
        return sum(finding.is_met for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Span:
    """A quarter, a half-year or a year."""

    slug: str
    name: str
    months: list[dt.date]


@dataclass(slots=True)
class _Known:
    """What was counted for one unit."""

    owed: int = 0
    on_time: int = 0
    late: list[Evidence] = field(default_factory=list)
    contents: dict[int, Evidence] = field(default_factory=dict)
    happenings: int = 0
    shown: dict[int, Evidence] = field(default_factory=dict)
    models: int = 0
    models_in: list[Evidence] = field(default_factory=list)
    helped: list[Evidence] = field(default_factory=list)


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


def shortlist(
    ward: Unit, months: list[dt.date], settings: Iterable[Setting], today: dt.date
) -> list[Line]:
    """The units that meet a rule that is on; those that meet more stand before.

    Nine queries, however many units and months.
    """
    used = [setting for setting in settings if setting.is_on]
    known: defaultdict[int, _Known] = defaultdict(_Known)
    units = _count_punctuality(ward, months, today, known)
    _count_contents(ward, months, known)
    _count_evidence(ward, months, known)
    _count_models(ward, months, known)
    lines = [Line(unit, [_finding(setting, known[unit.pk]) for setting in used]) for unit in units]
    lines = [line for line in lines if line.met]
    return sorted(lines, key=lambda line: (-line.met, line.unit.position, sort_key(line.unit.name)))


def _finding(setting: Setting, known: _Known) -> Finding:
    n = setting.threshold
    match setting.rule.code:
        case "on_time":
            share = 100 * known.on_time / known.owed if known.owed else 0
            figure = f"{known.on_time}/{known.owed} tháng đúng hạn"
            return Finding(setting, figure, bool(known.owed) and share >= n, known.late)
        case "contents":
            count, rows = len(known.contents), list(known.contents.values())
            return Finding(setting, f"{count} nội dung", count >= n, rows)
        case "evidence":
            figure = f"{known.happenings} việc trong báo cáo có ảnh"
            return Finding(setting, figure, known.happenings >= n, list(known.shown.values()))
        case "models":
            return Finding(setting, f"{known.models} mô hình", known.models >= n, known.models_in)
        case _:
            count = len(known.helped)
            return Finding(setting, f"{count} lần", count >= n, known.helped)


def _count_punctuality(
    ward: Unit, months: list[dt.date], today: dt.date, known: dict[int, _Known]
) -> list[Unit]:
    """Of the months that are over, or reported already; the units that owed one of them."""
    calendar = periods.Calendar(ward, months)
    reports = {
        (report.unit_id, report.month): report
        for report in MonthlyReport.objects.filter(
            ward=ward, month__in=months, first_submitted_at__isnull=False
        ).only("unit", "month", "first_submitted_at", "due_on", "excused_until")
    }
    spans: defaultdict[int, list[tuple[dt.date, dt.date | None]]] = defaultdict(list)
    duties = statistics.duties(ward, months[0], months[-1])
    for unit, start, end in duties.values_list("unit", "starts_on", "ends_on"):
        spans[unit].append((start, end))
    units = list(Unit.objects.filter(pk__in=list(spans)).in_order())
    for unit in units:
        for month in months:
            period = calendar.period(month, unit.pk)
            report = reports.get((unit.pk, month))
            owed = any(
                s < next_month(month) and (e is None or e > month) for s, e in spans[unit.pk]
            )
            if not owed or period.is_exempt or not (report or period.is_overdue(today)):
                continue
            one = known[unit.pk]
            one.owed += 1
            if report is None:
                one.late.append(Evidence(f"{format_month(month)}: chưa nộp"))
            elif report.is_late:
                one.late.append(Evidence(f"{format_month(month)}: nộp muộn", report.pk))
            else:
                one.on_time += 1
    return units


def _count_contents(ward: Unit, months: list[dt.date], known: dict[int, _Known]) -> None:
    """Which contents each unit covered, and where it was the only one in the month."""
    rows = list(
        ReportContent.objects.filter(
            report__ward=ward, report__month__in=months, report__status__in=HANDED_IN
        )
        .order_by("report__month", "content_item__position", "pk")
        .values_list(
            "content_item", "content_item__short_title", "report__unit", "report__month", "report"
        )
    )
    times = Counter((item, month) for item, _, _, month, _ in rows)
    for item, title, unit, month, report in rows:
        one = known[unit]
        one.contents.setdefault(item, Evidence(title, report))
        if times[item, month] == 1:
            words = f"{title}, {format_month(month)}"
            one.helped.append(Evidence(words, content=item, month=month))


def _count_evidence(ward: Unit, months: list[dt.date], known: dict[int, _Known]) -> None:
    """Single happenings of reports that have photographs; that of the sheet itself shows none."""
    photos = Photo.objects.filter(report=OuterRef("report"), is_sheet=False, removed_at=None)
    rows = Activity.objects.filter(
        Exists(photos),
        report__ward=ward,
        report__month__in=months,
        report__status__in=HANDED_IN,
    ).order_by("held_on", "pk")
    for pk, unit, report, title, day in rows.values_list(
        "pk", "report__unit", "report", "title", "held_on"
    ):
        known[unit].happenings += 1
        known[unit].shown[pk] = Evidence(f"{title}, {format_date(day)}", report)


def _count_models(ward: Unit, months: list[dt.date], known: dict[int, _Known]) -> None:
    """The newest number of models that each unit reported."""
    rows = IndicatorValue.objects.filter(
        ward=ward,
        month__in=months,
        indicator__code=MODELS,
        value__isnull=False,
        report__status__in=HANDED_IN,
    ).order_by("month")
    for unit, month, value, report in rows.values_list("unit", "month", "value", "report"):
        known[unit].models = value or 0
        known[unit].models_in = [Evidence(f"báo cáo {format_month(month)}", report)]


def draft_lines(lines: Iterable[Line], span: Span) -> list[str]:
    """The paragraphs of a proposal in the words of the office; every figure is on the page."""
    lines = list(lines)
    count = f"{len(lines):02}"
    texts = [
        f"Qua theo dõi báo cáo hằng tháng của các đơn vị trong {span.name}, Văn phòng đề nghị biểu "
        f"dương {count} đơn vị có kết quả tốt trong thực hiện Cuộc vận động “Người Việt Nam ưu tiên "
        "dùng hàng Việt Nam”:"
    ]
    for number, line in enumerate(lines, 1):
        met = [
            f"{one.setting.rule.name.lower()} ({one.figure})" for one in line.findings if one.is_met
        ]
        end = "." if number == len(lines) else ";"
        texts.append(f"{number}. {line.unit.name}: {', '.join(met)}{end}")
    return texts


def criteria_text(settings: Iterable[Setting]) -> str:
    """The rules by which the units were found, for the end of the draft."""
    words = "; ".join(setting.words for setting in settings if setting.is_on)
    return f"Tiêu chí xem xét: {words}."

"""The shortlist, and the draft of a proposal in words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from core.text import sort_key
from reports.commendation.counting import (
    Evidence,
    Known,
    count_contents,
    count_evidence,
    count_models,
    count_punctuality,
)
from reports.commendation.rules import Setting, Span
from units.models import Unit

MOST_SHOWN = 8  # pieces of evidence beside a figure; a year of a ward has thousands


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


def shortlist(
    ward: Unit, months: list[dt.date], settings: Iterable[Setting], today: dt.date
) -> list[Line]:
    """The units that meet a rule that is on; those that meet more stand before.

    Ten queries, however many units and months.
    """
    used = [setting for setting in settings if setting.is_on]
    known: defaultdict[int, Known] = defaultdict(Known)
    units = count_punctuality(ward, months, today, known)
    count_contents(ward, months, known)
    count_evidence(ward, months, known)
    count_models(ward, months, known)
    lines = [Line(unit, [_finding(setting, known[unit.pk]) for setting in used]) for unit in units]
    lines = [line for line in lines if line.met]
    return sorted(lines, key=lambda line: (-line.met, line.unit.position, sort_key(line.unit.name)))


def _finding(setting: Setting, known: Known) -> Finding:
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

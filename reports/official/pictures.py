"""The charts of an official report, for the page and for Word alike."""

from __future__ import annotations

from core.charts import Chart, Kind, Series
from reports.models import Indicator
from reports.official.figures import Figures, Told
from reports.spans import month_heading

MOST_CONTENTS = 12


def charts(figures: Figures) -> list[Chart]:
    """Reports by month, who came beside the year before, forms used, contents carried out."""
    found = [*_by_month(figures), _forms(figures), _contents(figures)]
    return [chart for chart in found if chart is not None]


def _by_month(figures: Figures) -> list[Chart | None]:
    """What a single month cannot show."""
    if not figures.months:
        return []
    words = figures.span.words
    months = [month_heading(month) for month in figures.months]
    rates = [100 * count / owed if owed else None for count, owed in figures.complete.by_month]
    found: list[Chart | None] = [
        Chart(
            kind=Kind.COLUMNS,
            title=f"Tỷ lệ báo cáo đã tiếp nhận, {words}",
            categories=months,
            series=[Series("Tỷ lệ", rates)],
            category_name="Tháng",
            is_share=True,
            is_time=True,
        )
    ]
    attended = next((one for one in figures.lines if one.attendance_of), None)
    if attended is not None:
        found.append(_attendance(attended, figures, months))
    return found


def _attendance(attended: Told, figures: Figures, months: list[str]) -> Chart:
    """Beside the year before, where there was anything to stand beside."""
    year = figures.span.start.year
    past = [one.value for one in attended.before_by_month]
    series = [Series(str(year), [one.value for one in attended.by_month])]
    beside = ""
    if any(value is not None for value in past):
        series.insert(0, Series(str(year - 1), past))
        beside = " so với cùng kỳ"
    return Chart(
        kind=Kind.COLUMNS,
        title=f"{attended.name}, {figures.span.words}{beside}",
        categories=months,
        series=series,
        unit=attended.unit,
        category_name="Tháng",
        is_time=True,
    )


def _forms(figures: Figures) -> Chart | None:
    """In how many reports each form of outreach was used: sheets and sessions are not one measure."""
    told = [one for one in figures.of_section(Indicator.Section.OUTREACH) if _is_form(one)]
    if not told:
        return None
    return Chart(
        kind=Kind.COLUMNS,
        title=f"Hình thức tuyên truyền đã dùng, {figures.span.words}",
        categories=[one.name for one in told],
        series=[Series("Số báo cáo có dùng", [one.total.some_count for one in told])],
        unit="báo cáo",
        category_name="Hình thức",
    )


def _is_form(one: Told) -> bool:
    """People who came are no form."""
    return not one.attendance_of and not one.is_share and one.total.some_count > 0


def _contents(figures: Figures) -> Chart | None:
    ranked = sorted(figures.contents, key=lambda one: -one.unit_count)[:MOST_CONTENTS]
    if not any(one.unit_count for one in ranked):
        return None
    return Chart(
        kind=Kind.COLUMNS,
        title=f"Nội dung kế hoạch đã triển khai, {figures.span.words}",
        categories=[one.title for one in ranked],
        series=[Series("Số đơn vị", [one.unit_count for one in ranked])],
        unit="đơn vị",
        category_name="Nội dung",
    )

"""The comparison: units × indicators × months, with its chart, its sheet and what lies behind."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from core.admin import OfficePage, office_render
from core.charts import Chart, draw, pictures
from core.exporting import logged_sheet
from core.replica import reads_replica
from core.text import format_date, format_month, format_number, month_slug
from reports import periods, pivot, rules, statistics
from reports.forms.pivot import PivotForm, periods_before
from reports.models import Indicator
from reports.office.scope import choose_ward, ward_context, wards_for
from reports.pivot import MOST_COLUMNS, Dimension, Measure, Selection
from reports.pivot.axes import Head
from reports.pivot.behind import reports_behind
from reports.pivot.selection import DEFINITIONS
from units.models import Unit, UnitGroup

PAGE = 100
Line = tuple[Head, list[tuple[str, str, str, str]]]
TOO_WIDE = "Bảng có {} cột, quá rộng để đọc: đồng chí đổi hàng với cột, hoặc lọc bớt."
TAKEN_OFF = (
    "Việc mà nhiều báo cáo cùng kể chỉ tính một lần trong các ô cộng nhiều đơn vị; "
    "ô của từng đơn vị giữ số đã báo cáo."
)
NO_INDICATOR = "Phường chưa có chỉ tiêu nào trong các tháng này."


@require_http_methods(["GET", "HEAD", "POST"])
def pivot_page(request: HttpRequest) -> HttpResponseBase:
    """The table with its chart; a POST takes it as a sheet, which leaves a line in the log."""
    wards = wards_for(request)
    ward = choose_ward(request, wards)
    form = _form(request, ward)
    context = {**ward_context(ward, wards), "form": form, "periods": _periods(request, form)}
    table = _table(form)
    if table is None:
        return office_render(request, "reports/office/pivot.html", context)
    title = title_of(table.selection)
    made = pivot.chart_of(table, wanted=form.cleaned_data["bieu-do"], title_of=title_of)
    if request.method == "POST":
        return _sheet(request, table, title)
    if request.GET.get("tai") == "png" and made:
        return _picture(made[0])
    query = _kept(request)
    context |= {
        "table": table,
        "title_of_table": title,
        "drawing": draw(made[0]) if made else None,
        "left_out": made[1] if made else "",
        "definition": _definition(table.selection),
        "taken_off": TAKEN_OFF if table.has_repeats else "",
        "lines": _lines(table, table.rows, query.urlencode()),
        "foot": _lines(table, [table.foot] if table.foot else [], query.urlencode()),
        "query": query.urlencode(),
        "swapped": _swapped(query),
    }
    return office_render(request, "reports/office/pivot.html", context)


@require_safe
def pivot_reports_page(request: HttpRequest) -> HttpResponse:
    """The reports behind one cell, which ``?o=`` names by the keys of its row and column."""
    wards = wards_for(request)
    ward = choose_ward(request, wards)
    form = _form(request, ward)
    if not form.is_valid():
        return redirect(f"{reverse('admin:report_pivot')}?{_kept(request).urlencode()}")
    selection = form.selection()
    row, _, column = (request.GET.get("o") or f"{pivot.TOTAL}.{pivot.TOTAL}").partition(".")
    behind = reports_behind(selection, row, column)
    page = Paginator(behind.reports, PAGE).get_page(request.GET.get("trang"))
    query = _kept(request)
    query.pop("o", None)
    context = {
        **ward_context(ward, wards),
        "page_obj": page,
        "words": behind.words,
        "values": behind.values_of(page.object_list),
        "back": query.urlencode(),
        "title_of_table": title_of(selection),
    }
    return office_render(request, "reports/office/pivot_reports.html", context)


def _form(request: HttpRequest, ward: Unit) -> PivotForm:
    """What the address asks, with what is usual where it says nothing."""
    current = periods.Calendar(ward, []).month_asked(timezone.localdate())
    indicators = list(Indicator.objects.filter(owner=ward))
    groups = list(UnitGroup.objects.filter(owner=ward).prefetch_related("members"))
    data = request.GET.copy()
    usual = {
        "so-lieu": Measure.VALUE,
        "hang": Dimension.UNIT,
        "cot": Dimension.MONTH,
        "tu": month_slug(current.replace(month=1)),
        "den": month_slug(current),
    }
    for name, value in usual.items():
        if not data.get(name):
            data[name] = value
    return PivotForm(data, ward=ward, indicators=indicators, groups=groups, current=current)


def _table(form: PivotForm) -> pivot.Table | None:
    """The table; None with the sentence in the form where there is none."""
    if not form.is_valid():
        return None
    selection = form.selection()
    if selection.measure is Measure.VALUE and not selection.indicators:
        form.add_error("chi-tieu", NO_INDICATOR)
        return None
    table = pivot.build(selection)
    if len(table.columns) > MOST_COLUMNS:
        form.add_error("cot", TOO_WIDE.format(len(table.columns)))
        return None
    return table


def title_of(selection: Selection) -> str:
    """ "Số buổi tuyên truyền theo đơn vị và tháng, từ tháng 1/2026 đến tháng 11/2026"."""
    words = selection.measure.words
    if selection.measure is Measure.VALUE:
        only = selection.indicators[0].name if len(selection.indicators) == 1 else ""
        words = only or "số liệu"
    by = selection.rows.words
    if selection.columns is not Dimension.NONE:
        by += f" và {selection.columns.words}"
    if selection.group:
        by += f", {selection.group.name}"
    if selection.kind:
        by += f", {Unit.Kind(selection.kind).label}"
    return f"{words[:1].upper()}{words[1:]} theo {by}, {_period(selection)}"


def _period(selection: Selection) -> str:
    if selection.first == selection.last:
        return format_month(selection.first)
    return f"{format_month(selection.first)} đến {format_month(selection.last)}"


def _definition(selection: Selection) -> str:
    if selection.measure in DEFINITIONS:
        return DEFINITIONS[selection.measure]
    return {
        Measure.VALUE: statistics.TOTAL,
        Measure.ON_TIME: statistics.ON_TIME,
        Measure.RECEIVED: statistics.RECEIVED,
    }[selection.measure].definition


def _periods(request: HttpRequest, form: PivotForm) -> list[dict[str, Any]]:
    """Links that keep everything but the period."""
    made = []
    for words, first, last in periods_before(form.current):
        query = _kept(request)
        query["tu"], query["den"] = month_slug(first), month_slug(last)
        here = (form.data.get("tu"), form.data.get("den")) == (query["tu"], query["den"])
        made.append({"words": words, "query": query.urlencode(), "is_current": here})
    return made


def _kept(request: HttpRequest) -> QueryDict:
    query = request.GET.copy()
    for name in ("tai", "trang"):
        query.pop(name, None)
    return query


def _swapped(query: QueryDict) -> str:
    """Rows as columns; nothing where the columns are none."""
    rows = query.get("hang") or Dimension.UNIT
    columns = query.get("cot") or Dimension.MONTH
    if columns == Dimension.NONE:
        return ""
    swapped = query.copy()
    swapped["hang"], swapped["cot"] = columns, rows
    return swapped.urlencode()


def _lines(table: pivot.Table, rows: Iterable[pivot.Row], query: str) -> list[Line]:
    """Each of ``rows`` with the texts of its cells and the addresses of the reports behind them.

    Made here, not in the template: a table has thousands of cells.
    """
    selection = table.selection
    is_month_of_unit = (selection.rows, selection.columns) == (Dimension.UNIT, Dimension.MONTH)

    def address(row: str, cell: pivot.Cell) -> str:
        if cell.value is None:
            return ""
        if is_month_of_unit and pivot.TOTAL not in (row, cell.column):
            return f"../o/{row}/{cell.column}/"
        return f"bao-cao/?{query}&o={row}.{cell.column}"

    return [
        (
            line.head,
            [
                (cell.text, address(line.head.key, cell), cell.told, _taken_off(cell))
                for cell in line.all
            ],
        )
        for line in rows
    ]


def _taken_off(cell: pivot.Cell) -> str:
    return f"đã trừ {format_number(cell.repeated)} tính hai lần" if cell.repeated else ""


def _stamp() -> str:
    return f"số liệu lúc {timezone.localtime():%H:%M} ngày {format_date(timezone.localdate())}"


def _sheet(request: HttpRequest, table: pivot.Table, title: str) -> HttpResponseBase:
    return logged_sheet(
        request,
        name=title,
        columns=pivot.columns_of(table),
        rows=pivot.rows_of(table),
        heading=(_stamp().capitalize(), *([TAKEN_OFF] if table.has_repeats else [])),
        wards=[table.selection.ward.path],
    )


def _picture(chart: Chart) -> HttpResponse:
    """The chart with its caption; one that is longer than a page comes as pictures in a .zip."""
    unit = f" (đơn vị tính: {chart.unit}; {_stamp()})" if chart.unit else f" ({_stamp()})"
    parts = pictures(chart, caption=f"Biểu đồ. {chart.title}{unit}")
    if len(parts) > 1:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for number, part in enumerate(parts, 1):
                archive.writestr(f"bieu-do-{number}.png", part)
        return _download(packed.getvalue(), "application/zip", f"bieu-do-{_name()}.zip")
    return _download(parts[0], "image/png", f"bieu-do-{_name()}.png")


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _name() -> str:
    return f"{timezone.localtime():%Y%m%d-%H%M}"


PIVOT_PAGES = (
    OfficePage(
        route="bao-cao/so-sanh/",
        name="report_pivot",
        view=reads_replica(pivot_page),
        policy=rules.VIEW,
        section="reports",
        label="So sánh số liệu",
        order=32,
    ),
    OfficePage(
        route="bao-cao/so-sanh/bao-cao/",
        name="report_pivot_reports",
        view=pivot_reports_page,
        policy=rules.VIEW,
        section="reports",
    ),
)

"""What was recognised, by programme, year and group; what has lapsed is said to have lapsed."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from products.models import Product, Programme, Recognition
from products.public import last_checked, public_page, ward_or_404
from units.models import Unit

PAGE_SIZE = 60


@public_page
def recognitions(request: HttpRequest) -> HttpResponse:
    ward = ward_or_404(request)
    marks = _marks(ward)
    programmes = [value for value in Programme.values if any(p == value for p, _, _ in marks)]
    asked = request.GET.get("chuong-trinh", "")
    programme = asked if asked else next(iter(programmes), "")
    years = sorted({year for p, year, _ in marks if p == programme}, reverse=True)
    year = request.GET.get("nam", "")
    group = request.GET.get("nhom", "")
    rows = _rows(ward, programme, year, group)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("trang"))
    today = timezone.localdate()
    for row in page:
        row.is_lapsed = not row.holds_on(today)
    context = {
        "programmes": [(value, Programme(value).label) for value in programmes],
        "programme": programme,
        "title": Programme(programme).label if programme in Programme.values else "",
        "years": years,
        "year": year,
        "groups": sorted({name for p, y, name in marks if p == programme and name}),
        "group": group,
        "page": page,
        "by_year": _by_year(page.object_list),
        "checked_on": last_checked(page),
    }
    return render(request, "products/recognitions.html", context)


def _shown(ward: Unit) -> QuerySet[Recognition]:
    """Checked ones of published goods; lapsed ones too, for a list of years tells of years."""
    return Recognition.objects.filter(
        Q(checked_on__isnull=False),
        product__owner=ward,
        product__status=Product.Status.PUBLISHED,
    )


def _marks(ward: Unit) -> list[tuple[str, int, str]]:
    return list(_shown(ward).order_by().values_list("programme", "year", "group").distinct())


def _rows(ward: Unit, programme: str, year: str, group: str) -> QuerySet[Recognition]:
    rows = _shown(ward).filter(programme=programme).select_related("product", "product__producer")
    if year:
        rows = rows.filter(year=int(year)) if year.isdecimal() and len(year) == 4 else rows.none()
    if group:
        rows = rows.filter(group=group)
    return rows.order_by("-year", "group", "level", "product__name_sort", "pk")


def _by_year(rows: Any) -> list[dict[str, Any]]:
    years = []
    for year, of_year in groupby(rows, key=lambda row: row.year):
        groups = groupby(of_year, key=lambda row: row.group)
        years.append(
            {"year": year, "groups": [{"name": name, "rows": list(some)} for name, some in groups]}
        )
    return years

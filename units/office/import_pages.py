"""A list in Excel goes in: kept, shown as a dry run, written, taken back; and a list goes out."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core import exporting
from core.admin import office_render, undo_page, write_page
from core.files import FileRefusedError, open_stored
from core.imports import Header, Plan, TableError, read_table
from units import exports, imports
from units.forms import ImportForm
from units.imports.columns import LABELS, chosen, find_header
from units.models import Unit, UnitImport
from units.office.scope import ward_for

VIEW, ADD = "units.view_unitimport", "units.add_unitimport"
PAGE_SIZE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def imports_page(request: HttpRequest) -> HttpResponse:
    """Choose a file; the imports so far; the way out as Excel."""
    ward = ward_for(request, ADD)
    if ward is None:
        raise PermissionDenied
    is_sent = request.method == "POST"
    form = ImportForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        try:
            one = imports.keep(ward, form.cleaned_data["file"], user=request.user)
        except (FileRefusedError, TableError) as error:
            form.add_error("file", str(error))
        else:
            return redirect("admin:unit_import", pk=one.pk)
    rows = UnitImport.objects.visible_to(request.user).select_related(
        "source", "created_by", "applied_by", "undone_by"
    )
    context = {"form": form, "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("trang"))}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return office_render(request, "units/office/imports.html", context, status)


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run of one file by the columns in the address, written when asked; or what it wrote."""
    one = _import(request, pk)
    if one.applied_at is not None:
        return _written(request, one)
    header = _header(one)
    return write_page(
        request,
        one,
        page="admin:unit_import",
        plan=lambda asked: _plan(request, one, header, asked),
        apply=imports.apply,
        dry_run=lambda plan, status, refusal: _dry_run(request, one, header, plan, status, refusal),
    )


@require_POST
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    one = _import(request, pk)
    return undo_page(
        request,
        one,
        page="admin:unit_import",
        back="admin:unit_imports",
        undo=imports.undo,
        written=lambda refused: _written(request, one, refused, HTTPStatus.UNPROCESSABLE_ENTITY),
    )


@require_POST
def export_page(request: HttpRequest) -> HttpResponse:
    """The units and secretaries of the ward as .xlsx, which the import takes back.

    A POST: it leaves a line in the log.
    """
    ward = ward_for(request, VIEW)
    if ward is None:
        raise PermissionDenied
    return exporting.logged_sheet(
        request, name="Đơn vị", columns=exports.COLUMNS, rows=exports.rows(ward), wards=[ward.path]
    )


def _import(request: HttpRequest, pk: int) -> UnitImport:
    rows = UnitImport.objects.visible_to(request.user).select_related(
        "source", "ward", "created_by", "applied_by", "undone_by"
    )
    return get_object_or_404(rows, pk=pk)


def _header(one: UnitImport) -> Header:
    with open_stored(one.source) as file:
        return find_header(read_table(file))


def _plan(request: HttpRequest, one: UnitImport, header: Header, asked: Mapping[str, str]) -> Plan:
    return imports.plan(
        Unit.objects.get(pk=one.ward_id),
        header,
        chosen(header, asked),
        actor=request.user,
        today=timezone.localdate(),
        choices=asked,
    )


def _dry_run(
    request: HttpRequest,
    one: UnitImport,
    header: Header,
    plan: Plan,
    status: HTTPStatus,
    refusal: str,
) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    columns = chosen(header, asked)
    samples = header.lines[0] if header.lines else None
    context: dict[str, Any] = {
        "one": one,
        "plan": plan,
        "refusal": refusal,
        "is_stale": status == HTTPStatus.CONFLICT,
        "groups": plan.groups,
        "titles": [
            (index, title or f"cột {index + 1}", samples.text(index) if samples else "")
            for index, title in enumerate(header.titles)
        ],
        "columns": [(meaning, label, columns.get(meaning)) for meaning, label in LABELS.items()],
    }
    return office_render(request, "units/office/import.html", context, status)


def _written(
    request: HttpRequest,
    one: UnitImport,
    refused: list[str] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    counts = {
        word: sum(entry["op"] == op for entry in one.entries)
        for op, word in (
            ("unit", "đơn vị mới"),
            ("person", "bí thư"),
            ("set", "mã, tên gọn"),
            ("phone", "số điện thoại"),
        )
    }
    context = {
        "one": one,
        "counts": [(word, count) for word, count in counts.items() if count],
        "refused": refused or [],
    }
    return office_render(request, "units/office/import_written.html", context, status)

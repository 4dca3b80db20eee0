"""Goods in Excel with photos in a zip go in: kept, shown as a dry run, written, taken back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.admin import office_render, undo_page, write_page
from core.files import FileRefusedError
from core.imports import Plan, TableError
from core.sheets import CONTENT_TYPE
from products import imports
from products.models import ProductImport
from units.office.scope import ward_for

ADD = "products.add_productimport"
PAGE_SIZE = 20


class GoodsImportForm(forms.Form):
    use_required_attribute = False
    file = forms.FileField(
        label="Tệp Excel",
        help_text="Tệp .xlsx theo tệp mẫu, không quá 5 MB và 1.000 dòng một bảng.",
        error_messages={
            "required": "Chưa chọn tệp, đồng chí chọn tệp Excel.",
            "empty": "Tệp này trống, hãy chọn tệp khác.",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    archive = forms.FileField(
        label="Ảnh nén trong một tệp .zip",
        required=False,
        help_text="Không quá 30 MB và 60 ảnh; tên tệp là tên hàng hoặc như cột Tệp ảnh.",
        error_messages={"empty": "Tệp này trống, hãy chọn tệp khác."},
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def imports_page(request: HttpRequest) -> HttpResponse:
    """Choose a file and its photos; the imports so far; the template."""
    ward = ward_for(request, ADD)
    if ward is None:
        raise PermissionDenied
    is_sent = request.method == "POST"
    form = GoodsImportForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        sent = form.cleaned_data
        try:
            one = imports.keep(ward, sent["file"], sent["archive"], user=request.user)
        except imports.ArchiveRefusedError as error:
            form.add_error("archive", str(error))
        except (FileRefusedError, TableError) as error:
            form.add_error("file", str(error))
        else:
            return redirect("admin:product_import", pk=one.pk)
    rows = ProductImport.objects.visible_to(request.user).select_related(
        "source", "archive", "created_by", "applied_by", "undone_by"
    )
    context = {"form": form, "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("trang"))}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return office_render(request, "products/office/imports.html", context, status)


@require_safe
def template_page(request: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    response = HttpResponse(imports.template(), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="mau-nhap-hang.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run of one file, written when asked; or what it wrote."""
    one = _import(request, pk)
    if one.applied_at is not None:
        return _written(request, one)

    def dry_run(plan: Plan, status: HTTPStatus, refusal: str) -> HttpResponse:
        context = {
            "one": one,
            "plan": plan,
            "groups": plan.groups,
            "refusal": refusal,
            "is_stale": status == HTTPStatus.CONFLICT,
        }
        return office_render(request, "products/office/import.html", context, status)

    return write_page(
        request,
        one,
        page="admin:product_import",
        plan=lambda _asked: imports.plan_of(one),
        apply=imports.apply,
        dry_run=dry_run,
    )


@require_POST
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    one = _import(request, pk)
    return undo_page(
        request,
        one,
        page="admin:product_import",
        back="admin:product_imports",
        undo=imports.undo,
        written=lambda refused: _written(request, one, refused, HTTPStatus.UNPROCESSABLE_ENTITY),
    )


def _import(request: HttpRequest, pk: int) -> ProductImport:
    rows = ProductImport.objects.visible_to(request.user).select_related(
        "source", "archive", "ward", "created_by", "applied_by", "undone_by"
    )
    return get_object_or_404(rows, pk=pk)


def _written(
    request: HttpRequest,
    one: ProductImport,
    refused: list[str] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    made = [entry.get("model", entry["op"]) for entry in one.entries if entry["op"] != "set"]
    counts: list[tuple[str, Any]] = [
        (words, made.count(name))
        for name, words in (
            ("product", "mặt hàng"),
            ("producer", "cơ sở"),
            ("outlet", "nơi bán"),
            ("claim", "công nhận"),
            ("sale", "chỗ bán"),
            ("photo", "ảnh"),
        )
    ]
    counts.append(("ô sửa lại", sum(entry["op"] == "set" for entry in one.entries)))
    context = {
        "one": one,
        "counts": [(words, count) for words, count in counts if count],
        "refused": refused or [],
    }
    return office_render(request, "products/office/import_written.html", context, status)

"""Recognitions to check and about to lapse, and the shops to ask again."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.workflow import TransitionRefusedError
from products import evidence
from products.models import Recognition, Sale

PAGE_SIZE = 50


class SeenForm(forms.Form):
    """One row of a list, as it was seen, and what is said of it."""

    pk = forms.IntegerField(min_value=1, max_value=2**53)
    seen_version = forms.IntegerField()
    said = forms.ChoiceField(choices=[("yes", "có"), ("no", "không")], required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_page(request: HttpRequest) -> HttpResponse:
    """Three lists: to check, about to lapse, lapsed within a year."""
    refusal, status = "", HTTPStatus.OK
    if request.method == "POST":
        form = SeenForm(request.POST)
        if form.is_valid():
            rows = Recognition.objects.visible_to(request.user)
            row = get_object_or_404(
                rows.select_related("product__owner"), pk=form.cleaned_data["pk"]
            )
            try:
                evidence.check(
                    row, actor=request.user, seen_version=form.cleaned_data["seen_version"]
                )
            except TransitionRefusedError as error:
                refusal, status = str(error), _status(error)
            else:
                messages.success(request, f"Đã đối chiếu: {row.product.name}, {row}.")
                return redirect("admin:product_evidence")
        else:
            refusal, status = (
                "Chưa rõ công nhận nào, mời chọn lại.",
                HTTPStatus.UNPROCESSABLE_ENTITY,
            )
    user = request.user
    context: dict[str, Any] = {
        "refusal": refusal,
        "unchecked": evidence.unchecked(user)[:PAGE_SIZE],
        "lapsing": evidence.lapsing(user)[:PAGE_SIZE],
        "lapsed": evidence.lapsed(user)[:PAGE_SIZE],
        "today": timezone.localdate(),
        "may_write": user.has_perm("products.change_recognition"),
    }
    return office_render(request, "products/office/evidence.html", context, status)


@require_http_methods(["GET", "HEAD", "POST"])
def sales_page(request: HttpRequest) -> HttpResponse:
    """“Còn bán?”: shop by shop, what nobody asked about for ninety days."""
    refusal, status = "", HTTPStatus.OK
    if request.method == "POST":
        form = SeenForm(request.POST)
        if form.is_valid() and form.cleaned_data["said"]:
            sale = get_object_or_404(
                Sale.objects.visible_to(request.user).select_related("outlet__owner", "product"),
                pk=form.cleaned_data["pk"],
            )
            if not request.user.has_perm("products.change_sale", sale):
                raise PermissionDenied
            try:
                evidence.answer(
                    sale,
                    is_sold=form.cleaned_data["said"] == "yes",
                    actor=request.user,
                    seen_version=form.cleaned_data["seen_version"],
                )
            except TransitionRefusedError as error:
                refusal, status = str(error), _status(error)
            else:
                words = "còn bán" if form.cleaned_data["said"] == "yes" else "không còn bán"
                messages.success(request, f"{sale.outlet}: {words} {sale.product}.")
                return redirect("admin:product_sales")
        else:
            refusal, status = "Chưa rõ nơi bán nào, mời chọn lại.", HTTPStatus.UNPROCESSABLE_ENTITY
    page = Paginator(evidence.to_ask(request.user), PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "refusal": refusal,
        "days": evidence.ASKED_AGAIN.days,
        "may_write": request.user.has_perm("products.change_sale"),
    }
    return office_render(request, "products/office/sales.html", context, status)


def _status(error: TransitionRefusedError) -> HTTPStatus:
    is_stale = hasattr(error, "fresh")
    return HTTPStatus.CONFLICT if is_stale else HTTPStatus.UNPROCESSABLE_ENTITY

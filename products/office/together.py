"""Many goods at once: chosen in the list, shown with what would change, then written."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.forms import VietnameseDateField
from core.imports import ImportStaleError, Plan
from core.workflow import TransitionRefusedError
from products import together
from products.models import Category, Outlet, Product


class TogetherForm(forms.Form):
    """What is to hold for all of them. Empty boxes change nothing."""

    category = forms.ModelChoiceField(
        Category.objects.none(), label="Loại hàng", required=False, empty_label="giữ nguyên"
    )
    featured = forms.ChoiceField(
        label="Trang đầu",
        required=False,
        choices=[
            ("", "giữ nguyên"),
            (together.FEATURE, "đưa lên trang đầu"),
            (together.UNFEATURE, "thôi đưa lên trang đầu"),
        ],
    )
    first = VietnameseDateField(label="Lên trang đầu từ ngày", required=False)
    over = VietnameseDateField(label="Đến trước ngày", required=False)
    sold = forms.ModelMultipleChoiceField(
        Outlet.objects.none(), label="Bán ở", required=False, widget=forms.SelectMultiple
    )
    over_there = forms.ModelMultipleChoiceField(
        Outlet.objects.none(), label="Không còn bán ở", required=False, widget=forms.SelectMultiple
    )

    def __init__(self, *args: Any, ward: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["category"].queryset = Category.objects.filter(owner=ward)
        for name in ("sold", "over_there"):
            fields[name].queryset = Outlet.objects.filter(owner=ward).open()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        first, over = sent.get("first"), sent.get("over")
        if first and over and over <= first:
            self.add_error("over", "Ngày thôi đưa lên trang đầu phải sau ngày bắt đầu.")
        if (first or over) and sent.get("featured") != together.FEATURE:
            self.add_error("featured", "Có ngày thì chọn “đưa lên trang đầu”.")
        if set(sent.get("sold", ())) & set(sent.get("over_there", ())):
            self.add_error("over_there", "Một nơi bán không thể vừa còn vừa không còn.")
        return sent

    @property
    def asked(self) -> together.Asked:
        sent = self.cleaned_data
        return together.Asked(
            sent["category"],
            sent["featured"],
            sent["first"],
            sent["over"],
            tuple(sent["sold"]),
            tuple(sent["over_there"]),
        )


@require_http_methods(["GET", "HEAD", "POST"])
def together_page(request: HttpRequest) -> HttpResponse:
    """The form, what it would change, and on POST the change itself."""
    sent = request.POST if request.method == "POST" else request.GET
    goods = _goods(request, _keys(request))
    if not goods:
        if request.method == "POST":
            return _show(request, [], None, None, "Chưa chọn mặt hàng nào.", HTTPStatus(422))
        return redirect("admin:products_product_changelist")
    is_asked = request.method == "POST" or "xem" in sent
    form = TogetherForm(sent if is_asked else None, ward=goods[0].owner)
    if not is_asked:
        return _show(request, goods, form)
    if not form.is_valid():
        return _show(request, goods, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.method != "POST":
        return _show(request, goods, form, together.plan(goods, form.asked))
    try:
        count = together.write(
            [one.pk for one in goods], form.asked, actor=request.user, seen=sent.get("seen", "")
        )
    except ImportStaleError as error:
        told = "Có người vừa sửa, hoặc đồng chí vừa chọn lại: xem lại bên dưới rồi ghi."
        return _show(request, goods, form, error.fresh, told, HTTPStatus.CONFLICT)
    except TransitionRefusedError as error:
        plan = together.plan(goods, form.asked)
        return _show(request, goods, form, plan, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, f"Đã sửa {count} mặt hàng; mỗi mặt hàng có dòng trong lịch sử.")
    return redirect("admin:products_product_changelist")


def _keys(request: HttpRequest) -> list[str]:
    sent = request.POST if request.method == "POST" else request.GET
    return sent.getlist("hang")


def _goods(request: HttpRequest, keys: list[str]) -> list[Product]:
    """The chosen goods, all of one ward; 404 where one of them is not to be seen or changed."""
    wanted = {
        int(key)
        for key in list(dict.fromkeys(keys))[: together.MOST]
        if key.isascii() and key.isdigit()
    }
    if any(key > 2**53 for key in wanted):
        raise Http404
    rows = Product.objects.visible_to(request.user).filter(pk__in=wanted)
    goods = list(rows.select_related("category", "owner").order_by("name_sort", "pk"))
    mine = [one for one in goods if request.user.has_perm("products.change_product", one)]
    if len(mine) != len(wanted) or len({one.owner_id for one in mine}) > 1:
        raise Http404
    return mine


def _show(
    request: HttpRequest,
    goods: list[Product],
    form: TogetherForm | None,
    plan: Plan | None = None,
    refusal: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "goods": goods,
        "beyond": max(len(set(_keys(request))) - together.MOST, 0),
        "most": together.MOST,
        "form": form,
        "plan": plan,
        "groups": plan.groups if plan else [],
        "refusal": refusal,
        "sent": [(name, value) for name, values in _sent(request) for value in values],
    }
    return office_render(request, "products/office/together.html", context, status)


def _sent(request: HttpRequest) -> list[tuple[str, list[str]]]:
    sent = request.POST if request.method == "POST" else request.GET
    return [(name, sent.getlist(name)) for name in TogetherForm.base_fields if name in sent]

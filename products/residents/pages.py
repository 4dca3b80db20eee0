"""The residents' own pages, below /gop-y/: no account, no session, never kept by a cache.

The only pages for the public that set a cookie, that of Django's guard against forged forms.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core.access import offers_typed, public
from core.qr import qr_code
from core.text import clean
from products.models import PageRating, Product, Suggestion, SuggestionContact
from products.public import ward_or_404
from products.residents import codes, guard, workflow
from products.residents.about import About, about
from products.residents.forms import (
    CodeForm,
    GuardedForm,
    MessageForm,
    MistakeForm,
    ProductForm,
    RatingForm,
)

BUSY = "Từ mạng này vừa có nhiều lượt gửi. Nội dung còn đây, mời chờ một giờ rồi bấm gửi lại."
SAID = (
    "Góp ý đúng như thế này hôm nay đã có người ở mạng này gửi, phường đã nhận;"
    " xem kết quả bằng mã đã hiện khi gửi."
)
OUTCOMES = 6
safe_or_post = require_http_methods(["GET", "HEAD", "POST"])
silent = sensitive_post_parameters("text", "contact", "product_name", "code")


@public
@safe_or_post
def home(request: HttpRequest) -> HttpResponse:
    """What can be said here, the way to an outcome, and what became of what others said."""
    ward = ward_or_404(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            code = codes.normal(form.cleaned_data["code"])
            if code and workflow.find(ward, code):
                return redirect("residents:outcome", code)
            form.add_error("code", "Không thấy góp ý nào có mã này, mời xem lại từng chữ.")
    made = Product.objects.filter(owner=ward, suggestions__status="accepted").published()
    context = {"form": form, "made": made.distinct().order_by("-pk")[:OUTCOMES]}
    return render(request, "products/residents/home.html", context, status=status)


@public
@offers_typed("stamp", "page", "kind", "consent")
@silent
@safe_or_post
def product(request: HttpRequest) -> HttpResponse:
    """Suggest goods."""
    return _message(request, ProductForm, "product.html")


@public
@offers_typed("stamp", "page", "kind", "consent")
@silent
@safe_or_post
def mistake(request: HttpRequest) -> HttpResponse:
    """Report a mistake on a page, or goods that look like a fake."""
    return _message(request, MistakeForm, "mistake.html")


@public
@safe_or_post
def rate(request: HttpRequest) -> HttpResponse:
    """Say how a page served. Only sums are kept, of a month."""
    ward = ward_or_404(request)
    here = about(_page_asked(request), ward)
    form = _bound(request, RatingForm)
    if request.method != "POST":
        score = request.GET.get("muc", "")
        form = RatingForm(initial={**form.initial, "score": score if len(score) == 1 else ""})
        return _page(request, "rate.html", form, here)
    if _read(request, form) is None:
        return _page(request, "rate.html", form, here, HTTPStatus.UNPROCESSABLE_ENTITY)
    said = ("rating", here.page)
    if not guard.is_within_rate(request, "rating", guard.RATINGS):
        form.add_error(None, BUSY)
        return _page(request, "rate.html", form, here, HTTPStatus.TOO_MANY_REQUESTS)
    if not guard.is_said_before(request, *said, form.cleaned_data["stamp"]):
        guard.note_said(request, *said, form.cleaned_data["stamp"])
        workflow.rate(ward, here.page, form.cleaned_data["score"])
    return redirect(f"{reverse('residents:thanks')}?trang={here.page}")


@public
@require_http_methods(["GET", "HEAD"])
def thanks(request: HttpRequest) -> HttpResponse:
    here = about(request.GET.get("trang", ""), ward_or_404(request))
    return render(request, "products/residents/thanks.html", {"here": here})


@public
@safe_or_post
def outcome(request: HttpRequest, code: str) -> HttpResponse:
    """What became of a message, for whoever has its code; the text itself is not shown again."""
    ward = ward_or_404(request)
    suggestion = workflow.find(ward, codes.normal(code))
    if suggestion is None:
        raise Http404
    if request.method == "POST":
        workflow.withdraw_contact(suggestion)
        return redirect("residents:outcome", codes.normal(code))
    address = request.build_absolute_uri(reverse("residents:outcome", args=[codes.normal(code)]))
    candidate = suggestion.candidate
    context = {
        "suggestion": suggestion,
        "code": codes.grouped(codes.normal(code)),
        "address": address,
        "qr": qr_code(address),
        "is_new": request.GET.get("moi") == "1" and suggestion.status == "received",
        "has_contact": SuggestionContact.objects.filter(suggestion=suggestion).exists(),
        "published": candidate if candidate and candidate.status == "published" else None,
    }
    return render(request, "products/residents/outcome.html", context)


def _message(request: HttpRequest, form_class: type[MessageForm], template: str) -> HttpResponse:
    ward = ward_or_404(request)
    here = about(_page_asked(request), ward)
    form = _bound(request, form_class)
    if request.method != "POST":
        return _page(request, template, form, here)
    seed = _read(request, form)
    if seed is None:
        return _page(request, template, form, here, HTTPStatus.UNPROCESSABLE_ENTITY)
    typed = form.cleaned_data
    kind = typed.get("kind", Suggestion.Kind.PRODUCT)
    words = {
        "kind": kind,
        "text": typed["text"],
        "product_name": typed.get("product_name", ""),
        "contact": typed["contact"],
    }
    said = (kind, here.page, words["product_name"], words["text"])
    code = workflow.code_for(seed, about=here, **words)
    if workflow.find(ward, code) is None:
        if guard.is_said_before(request, *said):
            form.add_error(None, SAID)
            return _page(request, template, form, here, HTTPStatus.CONFLICT)
        if not guard.is_within_rate(request, "message", guard.MESSAGES):
            form.add_error(None, BUSY)
            return _page(request, template, form, here, HTTPStatus.TOO_MANY_REQUESTS)
        workflow.send(ward, code=code, about=here, **words)
        guard.note_said(request, *said)
    return redirect(f"{reverse('residents:outcome', args=[code])}?moi=1")


def _bound(request: HttpRequest, form_class: type[GuardedForm]) -> Any:
    if request.method == "POST":
        return form_class(request.POST)
    initial = {"stamp": guard.fresh_stamp()}
    if name := clean(request.GET.get("ten", ""))[:160]:  # looked for and not found
        initial["product_name"] = name
    if request.GET.get("viec") == Suggestion.Kind.FAKE:
        initial["kind"] = Suggestion.Kind.FAKE
    return form_class(initial=initial)


def _read(request: HttpRequest, form: GuardedForm) -> str | None:
    """The seed of a form that may be taken; ``None`` leaves the reason, and a good stamp, in it."""
    is_valid, seed = form.is_valid(), None
    try:
        seed = guard.read_stamp(request.POST.get("stamp", ""))
    except guard.StampError as error:
        if is_valid:
            form.add_error(None, str(error))
        if not error.is_kept:
            form.data = form.data.copy()
            form.data["stamp"] = guard.fresh_stamp()  # type: ignore[index]
        return None
    return seed if is_valid else None


def _page_asked(request: HttpRequest) -> str:
    return (
        request.POST.get("page", "") if request.method == "POST" else request.GET.get("trang", "")
    )


def _page(
    request: HttpRequest, template: str, form: Any, here: About, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"form": form, "here": here, "scores": PageRating.Score.choices}
    return render(request, f"products/residents/{template}", context, status=status)

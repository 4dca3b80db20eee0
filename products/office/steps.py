"""The way of one kind of goods from a proposal to the public pages, and who took which step."""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.forms import PlainTextField, VietnameseDateField
from core.workflow import StaleError, TransitionRefusedError
from products import rules, workflow
from products.models import Product

Status = Product.Status
ROAD = (Status.DRAFT, Status.CHECKED, Status.PUBLISHED)


class StepForm(forms.Form):
    """A click on one of the buttons. A reason is asked for where the step needs one."""

    reason = PlainTextField(
        label="Lý do",
        required=False,
        max_length=1000,
        multiline=True,
        help_text="Cần ghi khi trả lại, rút xuống hoặc ngừng vì hết hiệu lực.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    first = VietnameseDateField(
        label="Lên trang đầu từ ngày", required=False, help_text="Để trống là từ hôm nay."
    )
    over = VietnameseDateField(
        label="Đến trước ngày", required=False, help_text="Để trống là đến khi thôi."
    )
    step = forms.ChoiceField(choices=[(name, name) for name in workflow.STEPS])
    seen_version = forms.IntegerField(label="Bản đang xem")


@require_http_methods(["GET", "HEAD", "POST"])
def step_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a step with one kind of goods, and see who took which before."""
    products = Product.objects.visible_to(request.user)
    product = get_object_or_404(products.select_related("owner", "author", "checked_by"), pk=pk)
    initial = {"first": product.featured_from, "over": product.featured_to}
    form, status = StepForm(request.POST or None, initial=initial), HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                fresh = _take(request, product, form)
            except StaleError as error:
                product, status = error.fresh, HTTPStatus.CONFLICT
                form.add_error(None, str(error))
            except TransitionRefusedError as error:
                product.refresh_from_db()
                form.add_error(None, str(error))
            else:
                messages.success(request, f"{fresh.name}: {fresh.get_status_display()}.")
                return redirect("admin:product_step", fresh.pk)
    return office_render(
        request, "products/office/step.html", _context(request, product, form), status=status
    )


def _take(request: HttpRequest, product: Product, form: StepForm) -> Product:
    sent, step = form.cleaned_data, workflow.STEPS[form.cleaned_data["step"]]
    refusal = workflow.why_not_approve(product, request.user) if step is workflow.PUBLISH else ""
    if refusal:
        raise TransitionRefusedError(refusal)
    return workflow.take(
        step,
        product,
        actor=request.user,
        seen_version=sent["seen_version"],
        reason=sent["reason"],
        dates=workflow.Dates(sent["first"], sent["over"]),
    )


def _context(request: HttpRequest, product: Product, form: StepForm) -> dict[str, object]:
    history = list(product.steps.select_related("actor").order_by("-pk"))
    for entry in history:
        entry.label = workflow.STEPS[entry.name].label
    steps = workflow.open_steps(product, request.user)
    dated = [step for step in steps if step in (workflow.FEATURE, workflow.UNFEATURE)]
    return {
        "product": product,
        "form": form,
        "steps": {
            "any": steps,
            "plain": [step for step in steps if step not in dated and not step.needs_reason],
            "dated": dated,
            "reasoned": [step for step in steps if step.needs_reason],
        },
        "history": history,
        "road": _road(product),
        "is_on_road": product.status in ROAD,
        "refusal": workflow.why_not_approve(product, request.user),
        "is_changed": product.status == Status.PUBLISHED and bool(rules.editors_since(product)),
    }


def _road(product: Product) -> list[tuple[str, str]]:
    """The three places on the way, each with where the goods stand: done, here, or ahead."""
    here = ROAD.index(Status(product.status)) if product.status in ROAD else -1
    return [
        (str(place.label), "done" if number < here else "here" if number == here else "ahead")
        for number, place in enumerate(ROAD)
    ]

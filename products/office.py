"""Office pages of our own for goods: publishing and withdrawing."""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.forms import PlainTextField
from core.workflow import StaleError, TransitionRefusedError
from products import workflow
from products.models import Product


class StepForm(forms.Form):
    """A click on one of the buttons. A reason is asked for where the step needs one."""

    reason = PlainTextField(
        label="Lý do",
        required=False,
        max_length=1000,
        multiline=True,
        help_text="Cần ghi khi rút xuống.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    step = forms.ChoiceField(choices=[(name, name) for name in workflow.STEPS])
    seen_version = forms.IntegerField(label="Bản đang xem")


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish or withdraw one kind of goods, and see who did so before."""
    products = Product.objects.visible_to(request.user).select_related("owner", "picture")
    product = get_object_or_404(products, pk=pk)
    form, status = StepForm(request.POST or None), HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                fresh = workflow.take(
                    workflow.STEPS[form.cleaned_data["step"]],
                    product,
                    actor=request.user,
                    seen_version=form.cleaned_data["seen_version"],
                    reason=form.cleaned_data["reason"],
                )
            except StaleError as error:
                product, status = error.fresh, HTTPStatus.CONFLICT
                form.add_error(None, str(error))
            except TransitionRefusedError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"{fresh.name}: {fresh.get_status_display()}.")
                return redirect("admin:product_step", fresh.pk)
    context = {
        "product": product,
        "form": form,
        "steps": workflow.open_steps(product, request.user),
        "history": product.steps.select_related("actor").order_by("-pk"),
        "status_names": dict(Product.Status.choices),
    }
    return office_render(request, "products/office/step.html", context, status=status)

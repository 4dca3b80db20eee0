"""The office's side: the queue of messages, one message with its steps, what pages were rated."""

from __future__ import annotations

from collections import defaultdict
from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from core.admin import OfficePage, TodayItem, office_render
from core.text import fold
from core.workflow import StaleError, TransitionRefusedError
from products.models import PageRating, Suggestion, SuggestionContact
from products.residents import workflow
from products.residents.forms import StepForm
from units.office import WardOwnedAdmin

MONTHS_SHOWN = 12
SAME_SHOWN = 10


@admin.register(Suggestion)
class SuggestionAdmin(WardOwnedAdmin):
    """The queue. Neither the text nor how to reach the sender stands in it, so no table has them."""

    office_section = "products"
    office_order = 40
    office_label = "Góp ý của bà con"
    view_on_site = False
    list_display = ("opened", "kind", "about", "status", "received_on", "answered_by")
    list_display_links = None
    list_filter = ("status", "kind")
    list_select_related = ("product", "answered_by", "owner")
    search_fields = ("name_key",)
    search_help_text = "Gõ tên mặt hàng, không cần dấu."

    @admin.display(description="số", ordering="pk")
    def opened(self, row: Suggestion) -> str:
        return format_html('<a href="{}">{}</a>', row.get_absolute_url(), f"Góp ý {row.pk}")

    @admin.display(description="về", ordering="name_key")
    def about(self, row: Suggestion) -> str:
        return row.product_name or (str(row.product) if row.product else row.page)

    @admin.display(description="nhận ngày", ordering="created_at")
    def received_on(self, row: Suggestion) -> Any:
        return timezone.localdate(row.created_at)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        words = fold(search_term).split()[:8]
        for word in words:
            queryset = queryset.filter(name_key__contains=word)
        return queryset, False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """No form of the admin: a message is answered on its own page, and never changed."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return redirect(row)


@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message, what else was said of the same goods, and the steps that are open."""
    return _page(request, _visible(request, pk))


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a step; the page again with the reason where it is refused."""
    rows = Suggestion.objects.answerable_by(request.user)
    suggestion = get_object_or_404(rows.select_related("owner", "product", "candidate"), pk=pk)
    form = StepForm(request.POST, suggestion=suggestion)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    taken = workflow.STEPS.get(request.POST.get("step", ""))
    if form.is_valid() and taken is not None:
        typed = form.cleaned_data
        try:
            fresh = workflow.take(
                taken,
                suggestion,
                actor=request.user,
                seen_version=typed["seen_version"],
                answer=typed["answer"],
                reason=typed["reason"],
                category=typed["category"],
            )
        except StaleError as error:
            suggestion, status = _visible(request, error.fresh.pk), HTTPStatus.CONFLICT
            form.add_error(None, str(error))
        except TransitionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Góp ý {fresh.pk}: {fresh.get_status_display().lower()}.")
            return redirect("admin:suggestion_page", fresh.pk)
    elif taken is None:
        form.add_error(None, "Không có việc này, mời đồng chí bấm lại một nút trên trang.")
    return _page(request, suggestion, form, status)


@require_safe
def ratings(request: HttpRequest) -> HttpResponse:
    """Pages × answers of the last twelve months, the least liked first."""
    today = timezone.localdate().replace(day=1)
    since = today.replace(year=today.year - 1)
    rows = (
        PageRating.objects.visible_to(request.user)
        .filter(month__gt=since)
        .values("page", "score")
        .annotate(total=Sum("count"))
    )
    sums: dict[str, dict[int, int]] = defaultdict(dict)
    for row in rows:
        sums[row["page"]][row["score"]] = row["total"]
    lines = [
        {
            "page": page,
            "counts": [(score.label, scores.get(score, 0)) for score in PageRating.Score],
            "total": sum(scores.values()),
        }
        for page, scores in sums.items()
    ]
    lines.sort(
        key=lambda line: (-line["counts"][-1][1] / line["total"], -line["total"], line["page"])
    )
    context = {"lines": lines, "labels": PageRating.Score.labels, "since": since}
    return office_render(request, "products/office/ratings.html", context)


def _visible(request: HttpRequest, pk: int) -> Suggestion:
    rows = Suggestion.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("owner", "product", "candidate"), pk=pk)


def _page(
    request: HttpRequest,
    suggestion: Suggestion,
    form: StepForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    may_answer = workflow.may_answer(request.user, suggestion)
    held = SuggestionContact.objects.held().filter(suggestion=suggestion)
    same = Suggestion.objects.visible_to(request.user).exclude(pk=suggestion.pk)
    same = same.filter(owner=suggestion.owner_id, name_key=suggestion.name_key)
    context = {
        "suggestion": suggestion,
        "form": form or StepForm(suggestion=suggestion),
        "steps": workflow.open_steps(suggestion, request.user),
        "history": suggestion.steps.select_related("actor").order_by("-pk"),
        "labels": {one.name: one.label for one in workflow.STEPS.values()},
        # Only who answers needs to reach the sender.
        "contact": held.first() if may_answer else None,
        "same": same.select_related("candidate")[:SAME_SHOWN] if suggestion.name_key else [],
    }
    return office_render(request, "products/office/suggestion.html", context, status=status)


def today_items(request: HttpRequest) -> list[TodayItem]:
    new = Suggestion.objects.answerable_by(request.user).filter(status=Suggestion.Status.RECEIVED)
    url = reverse("admin:products_suggestion_changelist")
    return [
        TodayItem(
            new,
            "góp ý của bà con chưa ai xem",
            f"{url}?status__exact={Suggestion.Status.RECEIVED}",
            "Xem",
            weight=55,
        )
    ]


admin.site.add_today(today_items)
admin.site.add_pages(
    OfficePage(
        route="gop-y/<int:pk>/",
        name="suggestion_page",
        view=message,
        policy="products.view_suggestion",
        section="products",
    ),
    OfficePage(
        route="gop-y/<int:pk>/buoc/",
        name="suggestion_step",
        view=step,
        policy="products.change_suggestion",
        section="products",
    ),
    OfficePage(
        route="gop-y/danh-gia/",
        name="ratings",
        view=ratings,
        policy="products.view_suggestion",
        section="products",
        label="Đánh giá trang",
        order=50,
    ),
)

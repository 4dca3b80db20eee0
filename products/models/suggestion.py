"""What residents say to the ward: a suggestion or report, its outcome, and how a page served them.

Nothing here says who they are: no account, no address of a device, no history. The one thing
that may, a way to be reached, has a row of its own that ends (docs/decisions/0027).
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.text import fold
from core.workflow import StepRecord, WorkflowModel
from products.models.product import Product
from units.models import Unit
from units.permissions import scope_q

KEPT_UNANSWERED = dt.timedelta(days=365)
KEPT_ANSWERED = dt.timedelta(days=183)
# What was agreed to, by version: a changed sentence gets a new number, old rows keep theirs.
CONSENTS = {
    1: (
        "Tôi đồng ý để văn phòng phường giữ cách liên hệ này, chỉ để hỏi lại và báo kết quả về"
        " góp ý này. Văn phòng xóa sau 6 tháng kể từ ngày trả lời, chậm nhất 12 tháng kể từ"
        " ngày gửi. Tôi rút lại được bất cứ lúc nào ở trang xem kết quả."
    )
}
CONSENT = max(CONSENTS)


class SuggestionQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "products.view_suggestion", prefix="owner__"))

    def answerable_by(self, user: Any) -> Self:
        return self.filter(scope_q(user, "products.change_suggestion", prefix="owner__"))

    def waiting(self) -> Self:
        return self.filter(status__in=Suggestion.OPEN)


class Suggestion(WorkflowModel):
    """One message of a resident. See :mod:`products.residents.workflow` for its steps."""

    class Kind(models.TextChoices):
        PRODUCT = "product", "Giới thiệu một mặt hàng"
        MISTAKE = "mistake", "Báo chỗ chưa đúng"
        FAKE = "fake", "Báo nghi hàng giả, hàng kém chất lượng"

    class Status(models.TextChoices):
        RECEIVED = "received", "Mới nhận"
        CHECKING = "checking", "Đang xem xét"
        ANSWERED = "answered", "Đã trả lời"
        ACCEPTED = "accepted", "Đã đưa vào danh sách đề xuất"
        DISMISSED = "dismissed", "Không xử lý"

    class End(models.TextChoices):
        """Why a way to be reached is no longer kept."""

        WITHDRAWN = "withdrawn", "người gửi rút lại"
        EXPIRED = "expired", "hết thời hạn giữ"

    OPEN = (Status.RECEIVED, Status.CHECKING)

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường"
    )
    kind = models.CharField("việc", max_length=10, choices=Kind)
    status = models.CharField(
        "trạng thái", max_length=10, choices=Status, default=Status.RECEIVED, editable=False
    )
    product_name = models.CharField("tên hàng", max_length=160, blank=True)
    name_key = models.CharField(max_length=320, blank=True, editable=False)
    text = models.TextField("nội dung", blank=True)
    page = models.CharField("trang", max_length=160, blank=True)
    product = models.ForeignKey(
        Product,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="nói về mặt hàng",
    )
    candidate = models.ForeignKey(
        Product,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="suggestions",
        verbose_name="thành đề xuất",
    )
    code_hash = models.CharField("mã băm của mã tra cứu", max_length=64, editable=False)
    answer = models.TextField("trả lời", blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người trả lời",
    )
    contact_ended = models.CharField(
        "thôi giữ liên hệ vì", max_length=10, choices=End, blank=True, editable=False
    )
    contact_ended_on = models.DateField("thôi giữ liên hệ ngày", null=True, editable=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = "góp ý của bà con"
        verbose_name_plural = "góp ý của bà con"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["code_hash"], name="suggestion_code_is_unique"),
            models.CheckConstraint(
                condition=~Q(product_name="") | ~Q(text=""),
                name="suggestion_says_something",
                violation_error_message="Góp ý chưa có nội dung.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["product", "mistake", "fake"]),
                name="suggestion_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["received", "checking", "answered", "accepted", "dismissed"]
                ),
                name="suggestion_status_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="answered")
                | ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="suggestion_answered_has_answer",
                violation_error_message="Trả lời thì phải có lời trả lời.",
            ),
            models.CheckConstraint(
                condition=~Q(status="accepted") | Q(candidate__isnull=False),
                name="suggestion_accepted_is_a_candidate",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "status", "-id"], name="suggestion_queue"),
            models.Index(fields=["owner", "name_key"], name="suggestion_same_goods"),
        ]

    def __str__(self) -> str:
        """Never the text: this is what error pages and logs show of a row."""
        return f"góp ý số {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = fold(self.product_name)[:320]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Its page in the office."""
        return reverse("admin:suggestion_page", args=[self.pk])

    @property
    def scope_unit(self) -> Unit:
        return self.owner


class SuggestionStep(StepRecord):
    """What the office did with a suggestion, who and why."""

    suggestion = models.ForeignKey(
        Suggestion, on_delete=models.PROTECT, related_name="steps", verbose_name="góp ý"
    )


class SuggestionContactQuerySet(models.QuerySet):
    def held(self, day: dt.date | None = None) -> Self:
        """What may still be looked at; ``kept_until`` itself is the first day it may not."""
        return self.filter(kept_until__gt=day or timezone.localdate())

    def over(self, day: dt.date | None = None) -> Self:
        return self.filter(kept_until__lte=day or timezone.localdate())


class SuggestionContact(models.Model):
    """How to reach the sender, with the consent to it. The row itself goes; no copy is made."""

    suggestion = models.OneToOneField(
        Suggestion, on_delete=models.CASCADE, related_name="contact", verbose_name="góp ý"
    )
    contact = models.CharField("cách liên hệ", max_length=120)
    consent = models.PositiveSmallIntegerField("bản lời đồng ý")
    consented_at = models.DateTimeField("đồng ý lúc")
    kept_until = models.DateField("giữ đến trước ngày")

    objects = SuggestionContactQuerySet.as_manager()

    class Meta:
        verbose_name = "cách liên hệ"
        verbose_name_plural = "cách liên hệ"
        constraints = [
            models.CheckConstraint(condition=~Q(contact=""), name="suggestioncontact_is_not_empty"),
        ]
        indexes = [models.Index(fields=["kept_until"], name="suggestioncontact_over")]

    def __str__(self) -> str:
        return f"cách liên hệ của góp ý số {self.suggestion_id}"

    @property
    def consent_text(self) -> str:
        return CONSENTS[self.consent]


class PageRatingQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "products.view_suggestion", prefix="owner__"))


class PageRating(models.Model):
    """How many in a month said what of a page: sums only, so nobody's word can be told apart."""

    class Score(models.IntegerChoices):
        GOOD = 3, "Hài lòng"
        FAIR = 2, "Tạm được"
        POOR = 1, "Chưa hài lòng"

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường"
    )
    page = models.CharField("trang", max_length=160)
    month = models.DateField("tháng", help_text="Ngày đầu tháng.")
    score = models.PositiveSmallIntegerField("mức", choices=Score)
    count = models.PositiveIntegerField("số lượt", default=0)

    objects = PageRatingQuerySet.as_manager()

    class Meta:
        verbose_name = "đánh giá trang"
        verbose_name_plural = "đánh giá trang"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "month", "page", "score"], name="pagerating_is_one_sum"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="pagerating_month_is_first_day"),
            models.CheckConstraint(
                condition=Q(score__in=[1, 2, 3]), name="pagerating_score_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page}, {self.get_score_display()}"

"""What units are asked for: contents to report on, and the names that the plan gives to units."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from core.search_keys import FoundModel, SearchKeyField
from core.text import next_month
from plans.models.parts import PlanPart
from plans.models.plan import HELD, Plan, PlanNode
from units.models import Unit, UnitGroup
from units.permissions import scope_q

SHORT_TITLE_LENGTH = 90


class ContentItemQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "plans.view_plan", prefix="plan__owner__"))

    def in_force(self, ward: Unit, month: dt.date, until: dt.date | None = None) -> Self:
        """Contents of all plans of ``ward`` in force in the month that begins on ``month``.

        With ``until``, the first day of a later month, in any month from the one to the other.
        In the order of the plans (oldest first) and of the text.
        """
        following = next_month(until or month)
        held = Q(plan__valid_from__lt=following) & (
            Q(plan__valid_to__isnull=True) | Q(plan__valid_to__gt=month)
        )
        begun = Q(counts_from__isnull=True) | Q(counts_from__lt=following)
        not_over = Q(left_out_from__isnull=True) | Q(left_out_from__gt=month)
        return (
            self.filter(
                held, begun, not_over, plan__owner=ward, plan__status__in=HELD, is_left_out=False
            )
            .select_related("plan")
            .defer("plan__reading")
            .order_by("plan__issued_on", "plan", "position")
        )

    def asked_between(self, ward: Unit, first: dt.date, last: dt.date) -> Self:
        """Contents that reports of some month from ``first`` to ``last`` (first days) ask for.

        :meth:`ContentItem.is_asked_in` says for each of the months.
        """
        following = (last.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        return (
            self.filter(
                Q(plan__valid_to__isnull=True) | Q(plan__valid_to__gt=first),
                Q(counts_from__isnull=True) | Q(counts_from__lt=following),
                Q(left_out_from__isnull=True) | Q(left_out_from__gt=first),
                plan__owner=ward,
                plan__status__in=HELD,
                plan__valid_from__lt=following,
                is_left_out=False,
            )
            .select_related("plan")
            .defer("plan__reading")
            .order_by("plan__issued_on", "plan", "position")
        )


class ContentItem(FoundModel, PlanPart):
    """A content that units report on; ``short_title`` is what a tick box shows.

    One that a newer text of the plan brought counts from ``counts_from``, one that it no longer
    has counts until ``left_out_from``: reports of the months between keep what they covered.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="content_items")
    node = models.ForeignKey(
        PlanNode, on_delete=models.SET_NULL, null=True, blank=True, related_name="content_items"
    )
    text = models.TextField("nguyên văn")
    short_title = models.CharField("tên gọn", max_length=120)
    counts_from = models.DateField("tính từ ngày", null=True, blank=True)
    left_out_from = models.DateField("thôi tính từ ngày", null=True, blank=True)

    search = SearchKeyField(sources=("short_title", "text"), max_length=1200)

    history = HistoricalRecords(excluded_fields=["search"])
    objects = ContentItemQuerySet.as_manager()

    class Meta(PlanPart.Meta):
        verbose_name = "nội dung tuyên truyền"
        verbose_name_plural = "nội dung tuyên truyền"

    def __str__(self) -> str:
        return self.short_title

    def is_asked_in(self, month: dt.date) -> bool:
        """Does a report of ``month`` (its first day) ask for it? Needs its plan."""
        plan = self.plan
        following = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        return (
            not self.is_left_out
            and plan.status in HELD
            and plan.valid_from is not None
            and plan.valid_from < following
            and (plan.valid_to is None or plan.valid_to > month)
            and (self.counts_from is None or self.counts_from < following)
            and (self.left_out_from is None or self.left_out_from > month)
        )


class NamedUnit(models.Model):
    """A unit as the plan names it, and what a person decided that it is.

    ``choice`` says which of the other fields counts; NEW_UNIT and NEW_GROUP are made when the
    plan is confirmed.
    """

    class Choice(models.TextChoices):
        UNIT = "unit", "đơn vị"
        GROUP = "group", "nhóm đơn vị"
        NEW_UNIT = "new_unit", "tạo đơn vị mới"
        NEW_GROUP = "new_group", "tạo nhóm đơn vị mới"
        NONE = "none", "không giao cho đơn vị nào"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="named_units")
    node = models.ForeignKey(PlanNode, on_delete=models.SET_NULL, null=True, related_name="+")
    position = models.PositiveIntegerField("thứ tự")
    printed_name = models.CharField("tên trong kế hoạch", max_length=300)
    choice = models.CharField("là", max_length=10, choices=Choice, default=Choice.NONE)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(UnitGroup, on_delete=models.PROTECT, null=True, related_name="+")
    new_name = models.CharField("tên đơn vị mới", max_length=200, blank=True)
    new_kind = models.CharField("loại đơn vị mới", max_length=20, blank=True, choices=Unit.Kind)
    score = models.PositiveSmallIntegerField("độ khớp", default=0)

    class Meta:
        verbose_name = "tên đơn vị trong kế hoạch"
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "printed_name"], name="plan_names_a_unit_once"),
            models.CheckConstraint(
                condition=(
                    Q(choice="unit", unit__isnull=False, group__isnull=True)
                    | Q(choice="group", unit__isnull=True, group__isnull=False)
                    | Q(choice__in=["new_unit", "new_group"], unit__isnull=True, group__isnull=True)
                    & ~Q(new_name="")
                    | Q(choice="none", unit__isnull=True, group__isnull=True)
                ),
                name="plan_named_unit_is_what_it_says",
            ),
        ]

    def __str__(self) -> str:
        return self.printed_name

    @property
    def target(self) -> Unit | UnitGroup | None:
        return self.unit or self.group

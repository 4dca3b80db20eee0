"""One tree of units. Units never move and are never deleted: they open and close by date."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from core.statements import Given, Question, columns, row_of
from core.text import fold, sort_key
from units.permissions import scope_q


def holds_on(day: dt.date, starts: str, ends: str) -> Q:
    """Rows whose span from ``starts`` to ``ends`` (exclusive, null is open) contains ``day``."""
    return Q(**{f"{starts}__lte": day}) & (
        Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": day})
    )


def holds_in(month: dt.date, starts: str, ends: str) -> Q:
    """Rows whose span touches the month that begins on ``month``."""
    following = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return Q(**{f"{starts}__lt": following}) & (
        Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": month})
    )


class UnitQuerySet(MP_NodeQuerySet):
    def wards(self) -> Self:
        return self.filter(depth=1)

    def open_on(self, day: dt.date) -> Self:
        return self.filter(holds_on(day, "opened_on", "closed_on"))

    def not_over(self, day: dt.date) -> Self:
        """Units that are open on ``day`` or will be."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))

    def owing(self, month: dt.date) -> Self:
        """Units that owe a report for ``month`` (its first day): the denominator of its rates."""
        from units.models.ward import ReportingDuty  # noqa: PLC0415  the models know each other

        duties = ReportingDuty.objects.filter(holds_in(month, "starts_on", "ends_on"))
        return self.filter(pk__in=duties.values("unit"))

    def under(self, root: Unit) -> Self:
        """``root`` and everything below it: one prefix test."""
        return self.filter(path__startswith=root.path)

    def permitted(self, user: Any, action: str) -> Self:
        """The units on which ``user`` may do ``action``."""
        return self.filter(scope_q(user, action, prefix=""))

    def visible_to(self, user: Any) -> Self:
        return self.permitted(user, "units.view_unit")

    def in_order(self) -> Self:
        """As an official list: by the set position, then by name in Vietnamese order."""
        return self.order_by("position", "sort_key", "pk")


class UnitManager(MP_NodeManager.from_queryset(UnitQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> UnitQuerySet:
        return UnitQuerySet(self.model, using=self._db).order_by("path")


class Unit(MP_Node):
    """A body of the ward. The root is the ward itself; a city is many roots."""

    class Kind(models.TextChoices):
        WARD = "ward", "phường"
        COMMITTEE = "committee", "cấp ủy, ban, văn phòng của Đảng"
        GOVERNMENT = "government", "ủy ban, phòng của chính quyền"
        FRONT = "front", "Mặt trận và đoàn thể"
        RESIDENTIAL_CELL = "residential_cell", "chi bộ tổ dân phố"
        AGENCY_CELL = "agency_cell", "chi bộ cơ quan"
        SCHOOL_CELL = "school_cell", "chi bộ trường học"
        FORCES_CELL = "forces_cell", "chi bộ công an, quân sự"
        HEALTH_CELL = "health_cell", "chi bộ y tế"
        ENTERPRISE_CELL = "enterprise_cell", "chi bộ doanh nghiệp"
        RESIDENTIAL_GROUP = "residential_group", "tổ dân phố"
        OTHER = "other", "đơn vị khác"

    CELL_KINDS = (
        Kind.RESIDENTIAL_CELL,
        Kind.AGENCY_CELL,
        Kind.SCHOOL_CELL,
        Kind.FORCES_CELL,
        Kind.HEALTH_CELL,
        Kind.ENTERPRISE_CELL,
    )

    kind = models.CharField("loại", max_length=20, choices=Kind)
    name = models.CharField(
        "tên", max_length=200, help_text="Tên chính thức hiện nay. Tên cũ giữ ở phần “Tên”."
    )
    short_name = models.CharField("tên gọn", max_length=60, blank=True)
    code = models.CharField("mã", max_length=20, blank=True)
    position = models.PositiveIntegerField("thứ tự", default=500)
    opened_on = models.DateField("hoạt động từ ngày")
    closed_on = models.DateField(
        "thôi hoạt động từ ngày",
        null=True,
        blank=True,
        help_text="Ngày đầu tiên không còn hoạt động. Để trống khi đang hoạt động.",
    )
    residential_group = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cells",
        verbose_name="tổ dân phố",
        help_text="Tổ dân phố mà chi bộ này phụ trách.",
    )
    sort_key = models.CharField(max_length=400, editable=False)
    search = models.CharField(max_length=300, editable=False)

    history = HistoricalRecords(excluded_fields=["sort_key", "search"])
    objects = UnitManager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gt=F("opened_on")),
                name="unit_closes_after_it_opens",
                violation_error_message="Ngày thôi hoạt động phải sau ngày bắt đầu hoạt động.",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(depth=1) & ~Q(code=""),
                name="unit_ward_code_is_unique",
                violation_error_message="Đã có phường mang mã này.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.name)[:400]
        self.search = fold(f"{self.name} {self.short_name} {self.code}")[:300]
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        return self.short_name or self.name

    @property
    def scope_unit(self) -> Unit:
        return self

    @property
    def ward_path(self) -> str:
        return self.path[: self.steplen]

    @property
    def is_ward(self) -> bool:
        return self.path == self.ward_path

    @property
    def ward(self) -> Unit:
        """The root that this unit belongs to; itself when it is one."""
        return self if self.depth == 1 else row_of(Unit, _BY_PATH.ask(path=self.ward_path)[0])

    def name_on(self, day: dt.date) -> str:
        """The official name that held on ``day``; today's where none was kept."""
        kept = self.names.filter(
            holds_on(day, "valid_from", "valid_to"), kind=UnitName.Kind.OFFICIAL
        ).first()
        return kept.name if kept else self.name


_BY_PATH = Question(
    lambda: (
        Unit.objects.filter(path=Given("path", models.CharField()))
        .order_by()
        .values_list(*columns(Unit))
    )
)


class UnitName(models.Model):
    """A name with its time: what the unit was officially called, or is also called."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", "tên chính thức"
        ALIAS = "alias", "tên gọi khác"

    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, related_name="names", verbose_name="đơn vị"
    )
    kind = models.CharField("loại tên", max_length=10, choices=Kind, default=Kind.ALIAS)
    name = models.CharField("tên", max_length=200)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    search = models.CharField(max_length=200, editable=False, db_index=True)

    history = HistoricalRecords(excluded_fields=["search"])

    class Meta:
        verbose_name = "tên của đơn vị"
        verbose_name_plural = "tên của đơn vị"
        ordering = ["unit", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="unit_name_ends_after_it_starts",
                violation_error_message="Ngày hết dùng tên phải sau ngày bắt đầu.",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(kind="official", valid_to__isnull=True),
                name="unit_has_one_official_name_now",
                violation_error_message="Đơn vị chỉ có một tên chính thức hiện nay.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(self.name)[:200]
        super().save(*args, **kwargs)


class UnitSuccession(models.Model):
    """After a merge or a split: which unit goes on where, from which day."""

    from_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="successors", verbose_name="đơn vị cũ"
    )
    to_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="predecessors", verbose_name="đơn vị mới"
    )
    on = models.DateField("từ ngày")

    class Meta:
        verbose_name = "sáp nhập, chia tách"
        verbose_name_plural = "sáp nhập, chia tách"
        constraints = [
            models.UniqueConstraint(
                fields=["from_unit", "to_unit"], name="unit_succession_is_told_once"
            ),
            models.CheckConstraint(
                condition=~Q(from_unit=F("to_unit")), name="unit_does_not_succeed_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_unit} → {self.to_unit}"


class UnitGroupQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "units.view_unitgroup", prefix="owner__"))


class UnitGroup(models.Model):
    """“Các chi bộ trực thuộc”: units named together, by kind or one by one, expanded by date."""

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="groups", verbose_name="phường"
    )
    name = models.CharField("tên nhóm", max_length=200)
    aliases = models.TextField("tên gọi khác", blank=True, help_text="Mỗi dòng một tên.")
    kinds = models.JSONField("gồm các loại đơn vị", default=list, blank=True)
    members = models.ManyToManyField(
        Unit, blank=True, related_name="+", verbose_name="và các đơn vị"
    )

    history = HistoricalRecords(m2m_fields=[members])
    objects = UnitGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "nhóm đơn vị"
        verbose_name_plural = "nhóm đơn vị"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="unit_group_name_is_unique_in_ward",
                violation_error_message="Phường đã có nhóm mang tên này.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_unit(self) -> Unit:
        return self.owner

    def units_on(self, day: dt.date | None = None) -> UnitQuerySet:
        """The units of the group that are open on ``day`` (today if left out)."""
        inside = Q(path__startswith=self.owner.path)
        chosen = Q(kind__in=self.kinds) | Q(pk__in=self.members.values("pk"))
        return Unit.objects.open_on(day or timezone.localdate()).filter(inside & chosen)

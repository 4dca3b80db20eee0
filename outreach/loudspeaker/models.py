"""Bulletins, the ward's slots, what was planned for which day and whether it was aired."""

from __future__ import annotations

import datetime as dt
from math import ceil
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from core.text import format_date
from core.workflow import StepRecord, WorkflowModel
from outreach.content.models import Piece, PieceQuerySet
from outreach.loudspeaker.length import FASTEST, SLOWEST, VOV_NEWS
from units.models import Unit
from units.permissions import scope_q

MOST_LETTERS = 20_000
EVERY_DAY = "1234567"
WEEKDAYS = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Chủ nhật")


class OwnedQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        action = f"outreach.view_{self.model._meta.model_name}"
        return self.filter(scope_q(user, action, prefix="owner__"))


class Bulletin(Piece):
    """A script for the loudspeakers. ``seconds`` is its spoken length when it was last saved."""

    noun = "lượt phát loa"

    text = models.TextField(
        "lời",
        help_text="Viết như trên giấy; cổng đọc số, ngày, chữ tắt thành lời ở trang sau.",
    )
    syllables = models.PositiveIntegerField("số âm tiết", default=0, editable=False)
    seconds = models.PositiveIntegerField("thời lượng (giây)", default=0, editable=False)

    history = HistoricalRecords(m2m_fields=["bases"], excluded_fields=["search"])
    objects = PieceQuerySet.as_manager()

    class Meta(Piece.Meta):
        verbose_name = "bản tin loa"
        verbose_name_plural = "bản tin loa"
        constraints = [
            *Piece.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(text=""),
                name="bulletin_has_words",
                violation_error_message="Bản tin chưa có lời.",
            ),
        ]

    def fault(self) -> str:
        return (
            ""
            if self.syllables
            else "Bản tin chưa có lời nào đọc được. Đồng chí viết lời rồi lưu lại."
        )


class BulletinStep(StepRecord):
    bulletin = models.ForeignKey(
        Bulletin, on_delete=models.PROTECT, related_name="steps", verbose_name="bản tin loa"
    )


class Slot(models.Model):
    """A time of the day in which the ward's loudspeakers speak."""

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường", editable=False
    )
    name = models.CharField("tên", max_length=40, help_text="Ví dụ: Sáng, Chiều.")
    starts_at = models.TimeField("phát lúc")
    minutes = models.PositiveSmallIntegerField(
        "số phút", validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    weekdays = models.CharField(
        "các ngày trong tuần",
        max_length=7,
        default=EVERY_DAY,
        help_text="1 là thứ Hai, 7 là Chủ nhật; ví dụ 12345 là thứ Hai đến thứ Sáu.",
    )
    is_active = models.BooleanField("đang dùng", default=True)

    history = HistoricalRecords()
    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "khung giờ loa"
        verbose_name_plural = "khung giờ loa"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "starts_at"],
                name="slot_begins_once",
                violation_error_message="Đã có khung giờ bắt đầu lúc này.",
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 120)),
                name="slot_has_minutes",
                violation_error_message="Khung giờ dài từ 1 đến 120 phút.",
            ),
            models.CheckConstraint(
                condition=Q(weekdays__regex=r"^[1-7]{1,7}$"),
                name="slot_has_weekdays",
                violation_error_message="Ghi các số từ 1 (thứ Hai) đến 7 (Chủ nhật), ví dụ 135.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts_at:%H:%M}, {self.minutes} phút"

    @property
    def scope_unit(self) -> Unit:
        return self.owner

    @property
    def seconds(self) -> int:
        return self.minutes * 60

    @property
    def days(self) -> str:
        """ "mọi ngày", "thứ Hai, thứ Tư, Chủ nhật"."""
        if set(self.weekdays) == set(EVERY_DAY):
            return "mọi ngày"
        names = (name if name == WEEKDAYS[-1] else f"thứ {name}" for name in WEEKDAYS)
        return ", ".join(
            name for key, name in zip(EVERY_DAY, names, strict=True) if key in self.weekdays
        )

    def is_on(self, day: dt.date) -> bool:
        return self.is_active and str(day.isoweekday()) in self.weekdays

    def begins(self, day: dt.date) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(day, self.starts_at))


class SpokenWord(models.Model):
    """How the ward says a word or an abbreviation; stands before the portal's own table."""

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường", editable=False
    )
    written = models.CharField("viết là", max_length=60)
    spoken = models.CharField("đọc là", max_length=200)

    history = HistoricalRecords()
    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "cách đọc"
        verbose_name_plural = "cách đọc của phường"
        ordering = ["written"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "written"],
                name="spokenword_once",
                violation_error_message="Chữ này đã có cách đọc, hãy sửa dòng đã có.",
            ),
            models.CheckConstraint(
                condition=~Q(written="") & ~Q(spoken=""), name="spokenword_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.written} đọc là {self.spoken}"

    @property
    def scope_unit(self) -> Unit:
        return self.owner


class Voice(models.Model):
    """How fast the ward's announcer reads; without a row, as fast as VOV's news."""

    owner = models.OneToOneField(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phường", editable=False
    )
    speed = models.PositiveSmallIntegerField(
        "số âm tiết mỗi phút",
        default=VOV_NEWS,
        validators=[MinValueValidator(SLOWEST), MaxValueValidator(FASTEST)],
        help_text=f"Tin của VOV: {VOV_NEWS}. Loa ngoài trời thường chậm hơn.",
    )
    says_mung = models.BooleanField("đọc ngày 1 đến 10 là “mùng”", default=False)

    history = HistoricalRecords()
    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "giọng đọc"
        verbose_name_plural = "giọng đọc của phường"
        constraints = [
            models.CheckConstraint(
                condition=Q(speed__range=(SLOWEST, FASTEST)),
                name="voice_speed_is_human",
                violation_error_message=f"Tốc độ từ {SLOWEST} đến {FASTEST} âm tiết mỗi phút.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.speed} âm tiết mỗi phút"

    @property
    def scope_unit(self) -> Unit:
        return self.owner


class AiringQuerySet(OwnedQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "outreach.view_bulletin", prefix="owner__"))

    def between(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(day__range=(first, last)).order_by("day", "slot__starts_at", "pk")

    def due(self) -> Self:
        """Their time has begun."""
        now = timezone.localtime()
        return self.filter(
            Q(day__lt=now.date()) | Q(day=now.date(), slot__starts_at__lte=now.time())
        )

    def not_approved(self) -> Self:
        """Of the next three days, with a bulletin that a second person has not read yet."""
        today = timezone.localdate()
        waiting = (Piece.Status.DRAFT, Piece.Status.SUBMITTED, Piece.Status.RETURNED)
        soon = (today, today + dt.timedelta(days=3))
        return self.filter(day__range=soon, bulletin__status__in=waiting)


class Airing(WorkflowModel):
    """A bulletin in a slot of a day: planned, then aired or missed."""

    class Status(models.TextChoices):
        PLANNED = "planned", "Đã xếp"
        AIRED = "aired", "Đã phát"
        MISSED = "missed", "Không phát"
        CANCELLED = "cancelled", "Đã bỏ xếp"

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", editable=False)
    bulletin = models.ForeignKey(
        Bulletin, on_delete=models.PROTECT, related_name="airings", verbose_name="bản tin"
    )
    slot = models.ForeignKey(
        Slot, on_delete=models.PROTECT, related_name="airings", verbose_name="khung giờ"
    )
    day = models.DateField("ngày")
    status = models.CharField(
        "trạng thái", max_length=12, choices=Status, default=Status.PLANNED, editable=False
    )
    minutes = models.PositiveSmallIntegerField("số phút đã phát", null=True, blank=True)
    announcer = models.CharField("người phát", max_length=100, blank=True)

    objects = AiringQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt phát"
        verbose_name_plural = "lượt phát"
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "day", "bulletin"],
                condition=~Q(status="cancelled"),
                name="airing_once_a_slot",
                violation_error_message="Bản tin này đã xếp vào khung giờ ấy.",
            ),
            models.CheckConstraint(
                condition=Q(status="aired", minutes__isnull=False, minutes__gte=1)
                | (~Q(status="aired") & Q(minutes__isnull=True)),
                name="airing_minutes_when_aired",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "aired", "missed", "cancelled"]),
                name="airing_status_known",
            ),
        ]
        indexes = [models.Index(fields=["owner", "day"], name="airing_owner_day")]

    def __str__(self) -> str:
        return f"{self.bulletin}, {format_date(self.day)}"

    @property
    def scope_unit(self) -> Unit:
        return self.owner

    @property
    def begins(self) -> dt.datetime:
        return self.slot.begins(self.day)

    @property
    def is_begun(self) -> bool:
        return self.begins <= timezone.now()

    @property
    def usual_minutes(self) -> int:
        return max(1, ceil(self.bulletin.seconds / 60))


class AiringStep(StepRecord):
    airing = models.ForeignKey(
        Airing, on_delete=models.PROTECT, related_name="steps", verbose_name="lượt phát"
    )

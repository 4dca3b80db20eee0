"""What grew from places of the text: legal bases, targets, recipients."""

from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords

from plans.models.plan import Plan, PlanNode
from plans.models.register import LegalInstrument
from units.models import Unit, UnitGroup


class PlanPart(models.Model):
    """A record that a place of the text became; the subclass adds ``plan`` and ``node``.

    ``last_paragraph`` is set where it was merged from several places that follow each other.
    """

    plan: Plan
    node: PlanNode | None

    position = models.PositiveIntegerField("thứ tự")
    is_left_out = models.BooleanField("bỏ ra", default=False)
    last_paragraph = models.PositiveIntegerField("đến đoạn", null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["plan", "position"]

    @property
    def scope_unit(self) -> Unit:
        return self.plan.owner

    @property
    def paragraphs(self) -> range:
        """The paragraphs of the source that it came from; more than one where it was merged."""
        if self.node is None:
            return range(0)
        first = self.node.paragraph
        return range(first, max(first, self.last_paragraph or first) + 1)


class LegalBasis(PlanPart):
    """An instrument that the plan cites before its first section."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="legal_bases")
    node = models.ForeignKey(
        PlanNode, on_delete=models.SET_NULL, null=True, blank=True, related_name="legal_bases"
    )
    document_type = models.CharField("loại văn bản", max_length=60)
    code = models.CharField("số, ký hiệu", max_length=80, blank=True)
    issued_on = models.DateField("ngày", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=300, blank=True)
    subject = models.TextField("về việc", blank=True)
    instrument = models.ForeignKey(
        LegalInstrument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
        verbose_name="trong sổ căn cứ",
    )

    history = HistoricalRecords()

    class Meta(PlanPart.Meta):
        verbose_name = "căn cứ"
        verbose_name_plural = "căn cứ"

    def __str__(self) -> str:
        return " ".join(part for part in (self.document_type, self.code) if part)


class Target(PlanPart):
    """A figure or a state that the plan wants to reach; nobody reports on it by itself."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="targets")
    node = models.ForeignKey(
        PlanNode, on_delete=models.SET_NULL, null=True, blank=True, related_name="targets"
    )
    text = models.TextField("chỉ tiêu")

    history = HistoricalRecords()

    class Meta(PlanPart.Meta):
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"

    def __str__(self) -> str:
        return self.text


class Recipient(PlanPart):
    """A line of “Nơi nhận”; its unit or group where the name is surely known."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="recipients")
    node = models.ForeignKey(
        PlanNode, on_delete=models.SET_NULL, null=True, blank=True, related_name="recipients"
    )
    text = models.CharField("nơi nhận", max_length=300)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    group = models.ForeignKey(
        UnitGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(PlanPart.Meta):
        verbose_name = "nơi nhận"
        verbose_name_plural = "nơi nhận"

    def __str__(self) -> str:
        return self.text

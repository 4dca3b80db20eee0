"""The small tables of the floor: a unit, its report, five rows below it, an audit row."""

from django.conf import settings
from django.db import models


class Unit(models.Model):
    name = models.CharField(max_length=100)
    secretary = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.name


class Report(models.Model):
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    month = models.DateField()
    status = models.CharField(max_length=20)
    result = models.TextField(blank=True)
    difficulties = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "month"], name="one_per_month")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month}"


class Line(models.Model):
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="lines")
    indicator = models.PositiveIntegerField()
    value = models.PositiveIntegerField()
    note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"


class Audit(models.Model):
    report = models.ForeignKey(Report, on_delete=models.PROTECT)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    action = models.CharField(max_length=30)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.action

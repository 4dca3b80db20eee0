"""One list of units and people as the ward had it in Excel: read, applied, taken back."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from core.imports.records import ImportRecord, undone_after_applied
from units.models.tree import Unit
from units.permissions import scope_q


class UnitImportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_q(user, "units.view_unitimport", prefix="ward__"))


class UnitImport(ImportRecord):
    """A file with its dry run; once applied, ``entries`` hold what it wrote and what stood before."""

    ward = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="imports", verbose_name="phường"
    )

    objects = UnitImportQuerySet.as_manager()

    class Meta(ImportRecord.Meta):
        verbose_name = "lần nhập từ Excel"
        verbose_name_plural = "các lần nhập từ Excel"
        constraints = [undone_after_applied("unitimport_undone_after_it_was_applied")]

"""Every list of the office as a table: the same rows, in the same order, with the same columns."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db import models
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from core.exporting import logged_sheet, made_at, reached
from core.sheets import Column, Kind, TooManyRowsError

BATCH = 500
BOX = "action_checkbox"


class SheetMixin:
    """Adds “xuat/” to a list. ``sheet_without`` are columns that a table cannot hold, such as pictures."""

    model: type[models.Model]
    opts: Any
    sheet_without: tuple[str, ...] = ()

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("xuat/", self.export_view, name=name), *super().get_urls()]  # type: ignore[misc]

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """A POST: it leaves a line in the log. The filter is that of the address."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        meta = self.opts
        back = f"admin:{meta.app_label}_{meta.model_name}_changelist"
        try:
            shown = self.get_changelist_instance(request)  # type: ignore[attr-defined]
            names = [name for name in shown.list_display if name not in (BOX, *self.sheet_without)]
            return logged_sheet(
                request,
                name=self._sheet_name(),
                columns=[self._column(name) for name in names],
                rows=self._sheet_rows(shown.queryset, names),
                wards=reached(request.user, f"{meta.app_label}.view_{meta.model_name}"),
                heading=(made_at(),),
            )
        except IncorrectLookupParameters:
            return redirect(back)
        except TooManyRowsError as error:
            messages.error(request, str(error))
            return redirect(back)

    def _sheet_name(self) -> str:
        name = getattr(self, "office_label", "") or str(self.opts.verbose_name_plural)
        return name[:1].upper() + name[1:]

    def _column(self, name: str) -> Column:
        title = str(label_for_field(name, self.model, self))  # type: ignore[call-overload]
        return Column(title[:1].upper() + title[1:], _kind(self._field(name)))

    def _field(self, name: str) -> Any:
        try:
            return self.opts.get_field(name)
        except FieldDoesNotExist:
            return None

    def _sheet_rows(self, rows: Any, names: list[str]) -> Iterator[list[Any]]:
        for row in rows.iterator(chunk_size=BATCH):
            yield [self._value(row, name) for name in names]

    def _value(self, row: Any, name: str) -> Any:
        try:
            field, _, value = lookup_field(name, row, self)  # type: ignore[arg-type]
        except ObjectDoesNotExist:
            return None
        if field is not None and getattr(field, "flatchoices", None):
            return dict(field.flatchoices).get(value, value)
        if isinstance(value, SafeString):
            return html.unescape(strip_tags(value))
        return str(value) if isinstance(value, models.Model) else value


def _kind(field: Any) -> Kind:
    if isinstance(field, models.DateTimeField):
        return Kind.MOMENT
    if isinstance(field, models.DateField):
        return Kind.DATE
    if isinstance(field, models.IntegerField) and not field.choices:
        return Kind.COUNT
    return Kind.TEXT

"""Change forms that tell the second of two officers, and who else has them open."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from core.admin import presence, seen


class GuardedFormMixin:
    """Nothing is written over what the officer has not seen (:mod:`core.admin.seen`)."""

    model: type[Model]
    opts: Any

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        arguments = (request, object_id, form_url, extra_context)
        if request.method != "POST" or object_id is None:
            return super().changeform_view(*arguments)  # type: ignore[misc]
        with transaction.atomic():
            clash = self._look(request, object_id)
            response = super().changeform_view(*arguments)  # type: ignore[misc]
        if clash is not None and hasattr(response, "context_data"):
            response.status_code = clash.status
        return response

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)  # type: ignore[misc]
        clash = getattr(request, "office_clash", None)
        if clash is None:
            return form

        sentence = clash.sentence

        class ClashingForm(form):  # type: ignore[misc, valid-type]
            def full_clean(self) -> None:
                super().full_clean()
                if self.is_bound:
                    self.add_error(None, sentence)

        return ClashingForm

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        row = kwargs.get("obj")
        if row is not None and self.has_change_permission(request, row):  # type: ignore[attr-defined]
            context["clash"] = getattr(request, "office_clash", None)
            context["seen_token"] = self._token(request, context, row)
            context["presence"] = presence.sentence(request.user, row)
        return super().render_change_form(request, context, **kwargs)  # type: ignore[misc]

    def _look(self, request: HttpRequest, object_id: str) -> seen.Clash | None:
        """Lock the row and the rows below it, then compare; the answers are put into the form."""
        row = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if row is None or not self.has_change_permission(request, row):  # type: ignore[attr-defined]
            return None  # the form itself answers
        # On SQLite the lock is the IMMEDIATE transaction itself.
        rows = self.model._default_manager.select_for_update(of=("self",))
        row = rows.filter(pk=row.pk).first() or row
        cells = self._cells_now(request, row)
        clash = seen.clash_of(row, cells, request.POST, request.user)
        request.office_clash = clash  # type: ignore[attr-defined]
        if clash is None:
            request.POST = seen.take_choices(cells, request.POST)
        return clash

    def _cells_now(self, request: HttpRequest, row: Any) -> seen.Cells:
        names = flatten_fieldsets(self.get_fieldsets(request, row))  # type: ignore[attr-defined]
        form = self.get_form(request, row, change=True, fields=names)(instance=row)
        return seen.cells_of(row, form, list(self._formsets_now(request, row)))

    def _formsets_now(self, request: HttpRequest, row: Any) -> Any:
        places: dict[str, int] = {}
        for made, inline in self.get_formsets_with_inlines(request, row):  # type: ignore[attr-defined]
            prefix = made.get_default_prefix()
            places[prefix] = places.get(prefix, 0) + 1
            if places[prefix] > 1:
                prefix = f"{prefix}-{places[prefix]}"
            if inline.has_change_permission(request, row):
                rows = inline.get_queryset(request).select_for_update(of=("self",))
                yield made(instance=row, prefix=prefix, queryset=rows), _noun(inline)

    def _token(self, request: HttpRequest, context: dict[str, Any], row: Any) -> str:
        if request.method == "POST":
            clash = getattr(request, "office_clash", None)
            return clash.token if clash else request.POST.get(seen.SEEN, "")
        formsets = [
            (one.formset, _noun(one.opts))
            for one in context["inline_admin_formsets"]
            if one.has_change_permission
        ]
        return seen.sign(row, seen.cells_of(row, context["adminform"].form, formsets))


def _noun(inline: Any) -> str:
    return str(inline.verbose_name_plural)

"""Lists and forms of the office: in scope, by the permission table, nothing ever deleted."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import flatten, unquote
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.admin.guarded import GuardedFormMixin
from core.admin.sheets import SheetMixin
from core.history import kind_of
from core.lists import STALE


class ScopedChoicesMixin:
    """Foreign keys offer, and accept, only what the person's own list of that model shows."""

    admin_site: Any

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> Any:
        related = self.admin_site._registry.get(db_field.remote_field.model)
        if related is None:
            return super().get_field_queryset(db, db_field, request)  # type: ignore[misc]
        return related.get_queryset(request)


class OfficeModelAdmin(  # type: ignore[misc]  # the mixins take what Django passes
    SheetMixin, GuardedFormMixin, ScopedChoicesMixin, admin.ModelAdmin
):
    """A list and form of the office: in scope, by the permission table, nothing ever deleted."""

    office_section = "system"
    list_per_page = 50
    show_full_result_count = False
    save_on_top = False
    more_filters: ClassVar[dict[type[Model], list[Any]]] = {}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).visible_to(request.user)  # type: ignore[attr-defined]

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Who may only look is not shown the boxes that are for typing alone."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        kept = {field.name for field in self.opts.get_fields()} | {
            *self.get_readonly_fields(request, obj)
        }
        return [
            (title, {**options, "fields": [f for f in flatten(options["fields"]) if f in kept]})
            for title, options in fieldsets
        ]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what the list offers as a filter. Django lets an address ask any column of the
        row, and by its answers guess what no page shows, such as the hash of a password.
        """
        offered = [_name_of(one) for one in self.get_list_filter(request)]
        return any(
            lookup == name or lookup.startswith(f"{name}__") for name in offered
        ) and super().lookup_allowed(lookup, value, request)

    def get_list_filter(self, request: HttpRequest) -> Any:
        """The own filters, and those that apps above know more for."""
        return [*super().get_list_filter(request), *self.more_filters.get(self.model, ())]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Without the name of a kept filter, which is no lookup (``core.lists``)."""
        if STALE in request.GET:
            request.stale_filter = request.GET[STALE]  # type: ignore[attr-defined]
            asked = request.GET.copy()
            del asked[STALE]
            request.GET = asked  # type: ignore[assignment]
        return super().get_changelist_instance(request)

    def _get_obj_does_not_exist_redirect(self, request: Any, opts: Any, object_id: Any) -> Any:
        """A foreign row and a missing one answer alike."""
        raise Http404

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The portal's own page of the record, where the record has one."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        kind = kind_of(self.model)
        if kind is None:
            return super().history_view(request, object_id, extra_context)
        return redirect(f"admin:history_{kind.slug}", row.pk)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, "view", obj) or self._may(request, "change", obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, "change", obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "add")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def _may(self, request: HttpRequest, verb: str, obj: Model | None = None) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.{verb}_{self.opts.model_name}", obj)


def add_filters(model: type[Model], *filters: Any) -> None:
    """Filters of a list by what lies above its app."""
    OfficeModelAdmin.more_filters.setdefault(model, []).extend(filters)


def _name_of(one: Any) -> str:
    """The field or parameter of an entry of ``list_filter``."""
    if isinstance(one, list | tuple):
        return one[0]
    return one if isinstance(one, str) else one.parameter_name


class OfficeInline(ScopedChoicesMixin, admin.TabularInline):
    """Rows below a form; added and changed by their own right on its row, never removed."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "view", obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "add", obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def _may(self, request: HttpRequest, verb: str, obj: Model | None = None) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.{verb}_{self.opts.model_name}", obj)

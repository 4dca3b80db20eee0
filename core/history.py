"""Earlier states of a row in the office."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from simple_history.admin import SimpleHistoryAdmin

from core.access import SAFE_METHODS


class OfficeHistoryAdmin(SimpleHistoryAdmin):
    """The library looks a state up by its number alone; here the row must be in scope first.

    A foreign row, a missing one and a number that is none answer alike, with 404.

    An earlier state is for reading. To write it back would bring the columns that no form
    shows with it: status, version and picture of goods, the place of a unit in the tree.
    """

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        self._see_that_it_is_in_scope(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        self._see_that_it_is_in_scope(request, object_id)
        if not version_id.isascii() or not version_id.isdigit():
            raise Http404
        return super().history_form_view(request, object_id, version_id, extra_context)

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def _see_that_it_is_in_scope(self, request: HttpRequest, object_id: str) -> None:
        if self.get_object(request, unquote(object_id)) is None:
            raise Http404

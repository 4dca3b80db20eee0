"""What office pages of every app share about wards."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from core.admin import OfficeModelAdmin
from units.models import Unit
from units.permissions import OWN, active_memberships, reach_of


class WardOwnedAdmin(OfficeModelAdmin):
    """For models with an ``owner``: never a choice of the form.

    A new row belongs to the first ward in which the officer may add it.
    """

    def get_exclude(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return [*(super().get_exclude(request, obj) or []), "owner"]

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The row knows its ward before it is validated, so constraints on it can speak."""
        form = super().get_form(request, obj, **kwargs)
        ward = self._ward(request) if obj is None else obj.owner

        class OwnedForm(form):  # type: ignore[misc, valid-type]
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                self.instance.owner = ward

            def _get_validation_exclusions(self) -> Any:
                return super()._get_validation_exclusions() - {"owner"}

        return OwnedForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and self._ward(request) is not None

    def _ward(self, request: HttpRequest) -> Unit | None:
        action = f"{self.opts.app_label}.add_{self.opts.model_name}"
        held = active_memberships(request.user)
        places = (one.unit for one in held if one.unit and OWN in reach_of(one, action))
        return next((unit for unit in places if unit.depth == 1), None)

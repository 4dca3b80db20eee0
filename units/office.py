"""What office pages of every app share about wards."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from core.admin import OfficeModelAdmin
from units.wards import ward_of


class WardOwnedAdmin(OfficeModelAdmin):
    """For models with an ``owner``: the ward is the officer's own, never a choice of the form."""

    def get_exclude(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return [*(super().get_exclude(request, obj) or []), "owner"]

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A new row knows its ward before it is validated, so constraints on it can speak."""
        form = super().get_form(request, obj, **kwargs)
        if obj is not None:
            return form
        ward = ward_of(request.user)

        class OwnedForm(form):  # type: ignore[misc, valid-type]
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                self.instance.owner = ward

            def _get_validation_exclusions(self) -> Any:
                return super()._get_validation_exclusions() - {"owner"}

        return OwnedForm

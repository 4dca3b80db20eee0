"""Which plans the address of the list asks for, for the page and its table alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from core.finding import Asked, holding
from core.text import clean
from plans.models import Plan, Status

LONGEST = 80


@dataclass(frozen=True, slots=True)
class AskedPlans:
    tim: str = ""
    status: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> AskedPlans:
        status = request.GET.get("trang-thai", "")
        typed = clean(request.GET.get("tim", ""))[:LONGEST]
        return cls(" ".join(typed.split()), status if status in Status.values else "")

    @property
    def words(self) -> str:
        """What is filtered by, "" when nothing is."""
        status = str(Status(self.status).label) if self.status else ""
        return ", ".join(part for part in (f"“{self.tim}”" if self.tim else "", status) if part)

    def rows(self, user: Any) -> Any:
        """The plans that ``user`` may see and the filter names, newest first."""
        rows = Plan.objects.visible_to(user)
        if self.status:
            rows = rows.filter(status=self.status)
        if self.tim:
            rows = rows.filter(holding(Asked.of(self.tim), "search"))
        return rows.for_list()

"""Which ward an office page on units speaks of."""

from __future__ import annotations

from django.http import HttpRequest

from units.models import Unit


def ward_for(request: HttpRequest, action: str) -> Unit | None:
    """The ward on which this person may do ``action``: the one of ``?phuong=``, else the first."""
    wards = list(Unit.objects.wards().permitted(request.user, action)[:50])
    wanted = request.GET.get("phuong", "")
    named = [ward for ward in wards if str(ward.pk) == wanted] if wanted else wards
    return named[0] if named else None

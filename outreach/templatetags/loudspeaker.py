"""What the page of a bulletin shows of how it is spoken."""

from __future__ import annotations

from typing import Any

from django import template

from outreach.loudspeaker import scripts, workflow
from outreach.loudspeaker.models import Airing, Bulletin, Slot
from outreach.loudspeaker.speaking import is_installed

register = template.Library()


@register.simple_tag
def spoken(bulletin: Bulletin) -> dict[str, Any]:
    """The reading text, its length, the slots that it fits, where it is planned."""
    reading, length = scripts.read(bulletin)
    slots = list(Slot.objects.filter(owner=bulletin.owner, is_active=True))
    airings = bulletin.airings.exclude(status=Airing.Status.CANCELLED)
    return {
        "reading": reading,
        "length": length,
        "changes": list(dict.fromkeys(reading.changes)),
        "fits": workflow.fits(bulletin, slots, bulletin.owner),
        "airings": list(airings.select_related("slot", "bulletin").order_by("-day")[:20]),
        "has_machine": is_installed(),
    }


@register.filter
def minutes(seconds: int) -> str:
    """ "2 phút 5 giây"."""
    return str(workflow.Length(0, seconds))

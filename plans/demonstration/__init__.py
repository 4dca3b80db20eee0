"""Plan 85 through the real reader, confirmed, and marked as extended to today; one that waits."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from core.files import Kind, store_upload
from plans import proposals, review
from plans.models import Plan
from plans.reader import read_plan
from units.models import Unit

FILE = Path(__file__).with_name("85-KH-DU.docx")
NOTE = (
    "Dữ liệu trình diễn: Kế hoạch 85-KH/ĐU là kế hoạch của năm 2023,"
    " ở đây được coi là gia hạn đến nay."
)

WAITING = Path(__file__).with_name("trinh-dien.txt")


def load(ward: Unit, *, user: Any) -> Plan:
    """Import and confirm Plan 85 for ``ward`` as ``user``, in force from 22/3/2023 without end."""
    plan = _propose(ward, FILE.name, FILE.read_bytes(), user=user)
    head = {"valid_from": dt.date(2023, 3, 22), "valid_to": None, "extension_note": NOTE}
    return review.confirm(plan, review.Edits(head=head), actor=user, seen_version=plan.version)


def load_waiting(ward: Unit, *, user: Any, today: dt.date) -> Plan:
    """A plan of ``today`` that says itself that it is made up, read and not confirmed: to be
    reviewed, or approved by a leader from a link.
    """
    text = WAITING.read_text().format(signed=today)
    return _propose(ward, "Ke-hoach-trinh-dien.txt", text.encode(), user=user)


def _propose(ward: Unit, name: str, data: bytes, *, user: Any) -> Plan:
    reading = read_plan(data, name, ward_name=ward.name)
    stored = store_upload(ContentFile(data, name=name), kinds=[Kind.DOCUMENT], user=user)
    return proposals.propose(reading, ward=ward, stored_file=stored, user=user)

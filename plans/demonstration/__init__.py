"""Plan 85 through the real reader, confirmed, and marked as extended to today; one that waits."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from core.files import Kind, store_upload
from plans import progress, proposals, review
from plans.models import Plan, Task
from plans.reader import read_plan
from units.models import Unit

FILE = Path(__file__).with_name("85-KH-DU.docx")
NOTE = (
    "Dữ liệu trình diễn: Kế hoạch 85-KH/ĐU là kế hoạch của năm 2023,"
    " ở đây được coi là gia hạn đến nay."
)

MADE_UP = "số liệu minh họa"

WAITING = Path(__file__).with_name("trinh-dien.txt")


def load(ward: Unit, *, user: Any) -> Plan:
    """Import and confirm Plan 85 for ``ward`` as ``user``, in force from 22/3/2023 without end."""
    plan = _propose(ward, FILE.name, FILE.read_bytes(), user=user)
    head = {"valid_from": dt.date(2023, 3, 22), "valid_to": None, "extension_note": NOTE}
    return review.confirm(plan, review.Edits(head=head), actor=user, seen_version=plan.version)


def load_progress(plan: Plan, *, today: dt.date) -> None:
    """How some tasks of the confirmed ``plan`` stand, so that each kind of row is there to be seen:
    counted, overdue, soon due with parts, done. All of it says that it is made up.
    """
    counted, overdue, parted, done = [
        task for task in plan.tasks.order_by("-position") if not task.is_left_out
    ][:4]
    item = plan.content_items.order_by("position").first()
    _write(counted, rule=Task.Rule.ALL, rule_item=item, responsibility=MADE_UP)
    _write(overdue, due=[f"{today - dt.timedelta(days=9)}"], person=MADE_UP)
    _write(done, state=Task.State.DONE, evidence=f"Đã xong, {MADE_UP}.")
    parted = _write(parted, due=[f"{today + dt.timedelta(days=10)}"], deliverable=MADE_UP)
    for text in ("Soạn tài liệu", "Tập huấn báo cáo viên"):
        words = {"text": f"{text} ({MADE_UP})", "person": "", "due": []}
        part = progress.add_part(parted, seen_version=parted.version, **words)
        parted.refresh_from_db()
    _write(part, state=Task.State.DONE, evidence=f"Đã tập huấn, {MADE_UP}.")


def _write(task: Task, **changes: Any) -> Task:
    return progress.write(task, seen_version=task.version, **changes)


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

"""Sending a note, reading the notes of a month, switching them on or off."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from core import secrecy
from core.workflow import TransitionRefusedError, save_seen
from opinions import personal, rules
from opinions.models import (
    MIN_STATEMENT,
    OpinionDecision,
    OpinionNote,
    OpinionReading,
    OpinionSetting,
)
from opinions.personal import Finding
from units.models import Unit

CLOSED = "Phường chưa mở mục ý kiến, nên chưa gửi được. Đồng chí hỏi văn phòng phường."
MARKED = (
    "Nội dung có dấu hiệu tài liệu mật. Cổng này không nhận thông tin mật: "
    "đồng chí gửi theo đường văn thư của phường và bỏ phần này ở đây."
)


class PersonalDataError(Exception):
    """The text seems to speak of a person. ``findings`` say where; the author may affirm."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("Nội dung có thể có thông tin cá nhân.")
        self.findings = findings


@transaction.atomic
def send(
    unit: Unit,
    month: dt.date,
    *,
    topic: str,
    text: str,
    key: uuid.UUID,
    actor: Any,
    is_affirmed: bool = False,
) -> OpinionNote:
    """Keep a note of ``unit`` about ``topic``; the same text with the same ``key`` is one note.

    Raises ``PermissionDenied``; :class:`PersonalDataError` until the author affirms that what
    was found is no personal data; :class:`core.workflow.TransitionRefusedError` where the ward
    has not switched notes on, or the text bears a mark of secrecy, which cannot be affirmed.
    """
    if not rules.may_write(actor, unit):
        raise PermissionDenied
    # Sent twice it is one note; changed after a step back it is another, and neither is lost.
    key = uuid.uuid5(key, f"{topic} {text}")
    known = OpinionNote.objects.filter(key=key, unit=unit).first()
    if known is not None:
        return known
    if not OpinionSetting.objects.is_open_for(unit):
        raise TransitionRefusedError(CLOSED)
    if secrecy.mark_in(text):
        raise TransitionRefusedError(MARKED)
    findings = personal.find(text)
    if findings and not is_affirmed:
        raise PersonalDataError(findings)
    note, _ = OpinionNote.objects.get_or_create(
        key=key,
        defaults={
            "unit": unit,
            "ward": unit.ward,
            "month": month,
            "topic": topic,
            "text": text,
            "author": actor,
            "is_affirmed": bool(findings),
        },
    )
    return note


@transaction.atomic
def read(ward: Unit, month: dt.date, *, topic: str = "", actor: Any) -> list[OpinionNote]:
    """The notes of a month, the oldest first; that they were read is recorded with it."""
    if not rules.may_read(actor, ward):
        raise PermissionDenied
    notes = OpinionNote.objects.filter(ward=ward, month=month).select_related("unit")
    if topic:
        notes = notes.filter(topic=topic)
    found = list(notes.order_by("topic", "pk"))
    OpinionReading.objects.create(
        ward=ward, month=month, topic=topic, note_count=len(found), by=actor
    )
    return found


@transaction.atomic
def decide(
    ward: Unit, *, is_open: bool, statement: str, actor: Any, seen_version: int
) -> OpinionSetting:
    """Switch the notes of ``ward`` on, with its written word, or off.

    Raises ``PermissionDenied``, :class:`core.workflow.StaleError`, and
    :class:`core.workflow.TransitionRefusedError` when the statement says too little.
    """
    if not rules.may_decide(actor, ward):
        raise PermissionDenied
    if is_open and len(statement) < MIN_STATEMENT:
        raise TransitionRefusedError(
            "Đồng chí ghi rõ: văn bản nào, số mấy, ngày nào, ai ký, "
            "và xác nhận các ý kiến này không thuộc danh mục bí mật nhà nước."
        )
    setting, _ = OpinionSetting.objects.get_or_create(ward=ward)
    now = timezone.now()
    setting = save_seen(
        setting,
        seen_version=seen_version,
        is_open=is_open,
        statement=statement,
        by=actor,
        at=now,
    )
    OpinionDecision.objects.create(
        setting=setting, is_open=is_open, statement=statement, by=actor, at=now
    )
    return setting

"""Photos of a month's work: they follow the report, which stands without them."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from core import erasures
from core.files import erase_picture, erasing, prepare_picture
from core.workflow import TransitionRefusedError
from reports import rules
from reports.models import MonthlyReport, Photo, Status
from units.permissions import scope_q

MAX_PHOTOS = 10  # of a report at one time
MAX_EVER = 40  # of a report, those included that were taken away
FULL = f"Mỗi báo cáo nhận tối đa {MAX_PHOTOS} ảnh, đồng chí gỡ bớt ảnh cũ rồi gửi thêm."
WORN_OUT = "Báo cáo này đã gửi rồi gỡ quá nhiều ảnh, đồng chí gọi văn phòng."
ACCEPTED = "Phường đã tiếp nhận báo cáo này nên không đổi ảnh được nữa."
TOO_EARLY = "Đồng chí viết báo cáo trước, ảnh gửi sau."


def shown(report: MonthlyReport) -> QuerySet[Photo]:
    """The photos of ``report`` that were not taken away, in the order of their coming."""
    return report.photos.filter(removed_at=None).select_related("picture").order_by("pk")


def sheets(report: MonthlyReport | None) -> list[Photo]:
    """The photos of the report as it was written by hand, the newest first."""
    return list(shown(report).filter(is_sheet=True).order_by("-pk")) if report else []


def of_secretary(user: Any) -> QuerySet[Photo]:
    """The photos that ``user`` may see as the secretary of their unit."""
    return _seen(user, rules.SUBMIT)


def of_office(user: Any) -> QuerySet[Photo]:
    """The photos of the reports that ``user`` may read."""
    return _seen(user, rules.VIEW)


def add(
    report: MonthlyReport,
    upload: File,
    key: uuid.UUID,
    actor: Any,
    *,
    is_sheet: bool = False,
) -> Photo:
    """Keep ``upload`` as a photo of ``report``; safe to repeat.

    ``is_sheet``: of the report itself, written by hand, for the office to key in. A ``report``
    that is not stored yet is stored with the photo, or not at all.

    The same ``key`` gives the same photo, and so does a picture that this report already has.
    Raises :class:`core.files.FileRefusedError`, :class:`core.workflow.TransitionRefusedError`
    (both with the sentence for the user), ``PermissionDenied``, and ``OSError`` when the disk
    refuses: then nothing is kept.
    """
    if known := _known(report, key):
        return known
    _check(report, actor)
    # Decoding takes its time and stays outside the transaction; what may have changed is asked anew.
    prepared = prepare_picture(upload, name=upload.name or "", user=actor, is_public=False)
    is_kept = False
    try:
        with transaction.atomic():
            fresh = _locked(report)
            photo = _known(fresh, key) or _same(fresh, prepared.original.sha256)
            if photo is None:
                _check(fresh, actor)
                picture = prepared.keep()
                photo = Photo.objects.create(
                    report=fresh,
                    picture=picture,
                    key=key,
                    by=actor,
                    is_sheet=is_sheet,
                    # Two sheets of paper look alike and say nothing of each other.
                    likeness=None if is_sheet else prepared.likeness,
                )
                # From here on the commit may stand although its answer is lost.
                is_kept = True
    finally:
        if not is_kept:
            prepared.discard()
    return photo


@transaction.atomic
def remove(photo: Photo, *, actor: Any) -> None:
    """Take ``photo`` away, and its files with it; safe to repeat.

    Raises ``PermissionDenied``, and :class:`core.workflow.TransitionRefusedError` after the
    report was accepted.
    """
    report = MonthlyReport.objects.select_for_update(of=("self",)).get(pk=photo.report_id)
    if not rules.may_submit(actor, report):
        raise PermissionDenied
    if report.status == Status.ACCEPTED:
        raise TransitionRefusedError(ACCEPTED)
    gone = report.photos.filter(pk=photo.pk, removed_at=None).update(removed_at=timezone.now())
    if gone:
        erase_picture(photo.picture)
        erasures.note(erasing.PICTURE, {"key": photo.picture.key}, by=actor)


def _seen(user: Any, action: str) -> QuerySet[Photo]:
    inside = scope_q(user, action, prefix="report__unit__")
    return Photo.objects.filter(inside, removed_at=None).select_related("picture")


def _locked(report: MonthlyReport) -> MonthlyReport:
    """The stored row under its lock, made here where nobody began the month."""
    if report.pk is None:
        report, _ = MonthlyReport.objects.get_or_create(
            unit=report.unit, month=report.month, defaults={"ward": report.ward}
        )
    return MonthlyReport.objects.select_for_update(of=("self",)).get(pk=report.pk)


def _known(report: MonthlyReport, key: uuid.UUID) -> Photo | None:
    if report.pk is None:
        return None
    return report.photos.filter(key=key).select_related("picture").first()


def _same(report: MonthlyReport, sha256: str) -> Photo | None:
    return shown(report).filter(picture__original__sha256=sha256).first()


def _check(report: MonthlyReport, actor: Any) -> None:
    if not rules.may_submit(actor, report):
        raise PermissionDenied
    if report.status == Status.ACCEPTED:
        raise TransitionRefusedError(ACCEPTED)
    if report.pk is None:
        return
    if shown(report).count() >= MAX_PHOTOS:
        raise TransitionRefusedError(FULL)
    if report.photos.count() >= MAX_EVER:
        raise TransitionRefusedError(WORN_OUT)

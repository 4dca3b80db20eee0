"""Photos of a report: sent one by one by a script, or several at once by a plain form."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core.access import policy, wants_json
from core.files import FileRefusedError, FilesBusyError
from core.workflow import TransitionRefusedError
from reports import photos, rules, workflow
from reports.models import Photo
from reports.views.own import by_its_writer
from reports.views.place import Place, place_for

SHEET = "to-viet-tay"
SHEET_TAKEN = (
    "Phường đã nhận ảnh tờ viết tay. Văn phòng nhập hộ, rồi đồng chí đọc lại và nộp. "
    "Báo cáo CHƯA NỘP."
)
NOTHING = "Đồng chí chưa chọn ảnh nào."
SHEET_CLOSED = "Tháng này không nhận ảnh tờ viết tay nữa. Đồng chí gọi văn phòng."
BROKEN_KEY = "Trang đã cũ, đồng chí tải lại trang rồi gửi ảnh."
AGAIN_AFTER = "30"  # seconds
HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@by_its_writer
@policy(rules.SUBMIT)
@require_POST
def photos_page(request: HttpRequest, unit_pk: int, month: dt.date) -> HttpResponse:
    place = place_for(request, unit_pk, month)
    uploads = request.FILES.getlist("photo")
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return _refusal(request, place, BROKEN_KEY)
    if not uploads:
        return _refusal(request, place, NOTHING)
    if SHEET in request.POST:
        return _add_sheet(request, place, uploads, key)
    if place.report is None:
        return _refusal(request, place, photos.TOO_EARLY)
    if wants_json(request):
        return _add_one(request, place, uploads[0], key)
    return _add_several(request, place, uploads, key)


@policy(rules.SUBMIT)
@require_safe
def photo(request: HttpRequest, unit_pk: int, month: dt.date, name: str) -> HttpResponseBase:
    """One width of a photo, for the secretary of its unit alone."""
    of_month = photos.of_secretary(request.user).filter(
        report__unit_id=unit_pk, report__month=month
    )
    return picture_response(of_month, name)


@by_its_writer
@policy(rules.SUBMIT)
@require_POST
def remove_photo(
    request: HttpRequest, unit_pk: int, month: dt.date, key: uuid.UUID
) -> HttpResponse:
    place = place_for(request, unit_pk, month)
    if place.report is None:
        raise Http404
    found = get_object_or_404(place.report.photos.select_related("picture__original"), key=key)
    try:
        photos.remove(found, actor=request.user)
    except TransitionRefusedError as refusal:
        return _refusal(request, place, str(refusal))
    if wants_json(request):
        return JsonResponse({"ok": True})
    messages.success(request, "Đã gỡ ảnh.")
    return redirect(_back(place))


@policy(rules.SUBMIT)
@require_safe
def sheet(request: HttpRequest, unit_pk: int, month: dt.date) -> HttpResponse:
    """Where the photo of a sheet that was filled in by hand goes to the office."""
    place = place_for(request, unit_pk, month)
    if not place.can_edit:
        return redirect(place.url("show"))
    found = photos.sheets(place.report)
    context = {
        "sheets": photo_rows(found, lambda name: _url(place, name)),
        "photos_key": uuid.uuid4(),
    }
    return place.render(request, "sheet.html", context)


def photos_context(place: Place) -> dict[str, Any]:
    """What ``reports/secretary/_photos.html`` needs."""
    found = list(photos.shown(place.report)) if place.report else []
    return {
        "photos": photo_rows(found, lambda name: _url(place, name)),
        "photos_key": uuid.uuid4(),
        "photos_left": max(0, photos.MAX_PHOTOS - len(found)),
        "can_add_photos": place.can_edit,
    }


def photo_rows(found: Iterable[Photo], url: Any) -> list[dict[str, Any]]:
    """Address and size of the smallest and the largest of each, ``url`` giving the address."""
    rows = []
    for number, one in enumerate(found, start=1):
        picture = one.picture
        small, large = picture.variants[0], picture.variants[-1]
        rows.append(
            {
                "number": number,
                "key": one.key,
                "url": url(picture.file_name(small["width"])),
                "large_url": url(picture.file_name(large["width"])),
                "width": small["width"],
                "height": small["height"],
            }
        )
    return rows


def picture_response(found: Any, name: str) -> HttpResponseBase:
    """The file called ``name`` ("<key>-<width>.webp") of one of the photos ``found``, else 404."""
    key, _, ending = name.rpartition("-")
    width = ending.removesuffix(".webp")
    row = found.filter(picture__key=key).first()
    if row is None or not width.isascii() or not width.isdigit():
        raise Http404
    picture = row.picture
    if name != picture.file_name(int(width)) or int(width) not in picture.widths:
        raise Http404
    try:
        file = default_storage.open(picture.storage_name(int(width)))
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        file, content_type="image/webp", filename=f"anh-{row.pk}.webp", headers=HEADERS
    )


def _add_one(
    request: HttpRequest, place: Place, upload: UploadedFile, key: uuid.UUID
) -> HttpResponse:
    try:
        kept = photos.add(place.report, upload, key, request.user)
    except FilesBusyError as busy:
        response = JsonResponse(
            {"ok": False, "sentence": str(busy)}, status=HTTPStatus.SERVICE_UNAVAILABLE
        )
        response.headers["Retry-After"] = AGAIN_AFTER
        return response
    except (FileRefusedError, TransitionRefusedError) as refusal:
        return _refusal(request, place, str(refusal))
    is_removed = kept.removed_at is not None
    return JsonResponse(
        {
            "ok": True,
            "id": str(kept.key),
            "url": None if is_removed else _url(place, _smallest(kept)),
            "sentence": "Ảnh này đã được gỡ trước đó." if is_removed else "Phường đã nhận ảnh.",
        }
    )


def _add_several(
    request: HttpRequest, place: Place, uploads: list[UploadedFile], key: uuid.UUID
) -> HttpResponse:
    taken, refused = 0, []
    for upload in uploads:
        try:
            photos.add(place.report, upload, _key_of(key, upload), request.user)
            taken += 1
        except TransitionRefusedError as refusal:
            refused.append(str(refusal))
            break
        except FileRefusedError as refusal:
            refused.append(f"{upload.name}: {refusal}")
    if taken:
        messages.success(request, f"Phường đã nhận {taken} ảnh.")
    for sentence in refused:
        messages.error(request, sentence)
    return redirect(_back(place))


def _add_sheet(
    request: HttpRequest, place: Place, uploads: list[UploadedFile], key: uuid.UUID
) -> HttpResponse:
    """The report as it was written on paper: the office keys it in. It begins the month's report."""
    back = redirect(place.url("sheet"))
    if not place.can_edit or not place.period.is_open(place.today):
        messages.error(request, SHEET_CLOSED)
        return back
    report = place.report or workflow.not_begun(place.paper)
    for upload in uploads:
        try:
            photos.add(report, upload, _key_of(key, upload), request.user, is_sheet=True)
        except (TransitionRefusedError, FileRefusedError) as refusal:
            messages.error(request, str(refusal))
            return back
    messages.success(request, SHEET_TAKEN)
    return back


def _key_of(key: uuid.UUID, upload: UploadedFile) -> uuid.UUID:
    """A form sent twice adds nothing the second time: each file has a key of its own content."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return uuid.uuid5(key, digest.hexdigest())


def _refusal(request: HttpRequest, place: Place, sentence: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse(
            {"ok": False, "sentence": sentence}, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    messages.error(request, sentence)
    return redirect(_back(place))


def _back(place: Place) -> str:
    is_handed_in = place.report is not None and place.report.first_submitted_at is not None
    return place.url("receipt" if is_handed_in else "check")


def _url(place: Place, name: str) -> str:
    return reverse("reports:photo", args=[place.unit.pk, place.month, name])


def _smallest(kept: Photo) -> str:
    return kept.picture.file_name(kept.picture.widths[0])

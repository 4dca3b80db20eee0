"""Photos: they follow the report, come once however often they are sent, and stay private."""

import datetime as dt
import errno
import io
import random
import resource
import uuid
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse
from PIL import Image

from core.files import FileRefusedError
from core.models import Picture, StoredFile
from core.tests.factories import picture_bytes
from core.workflow import TransitionRefusedError
from reports import photos
from reports.models import Photo, Status
from reports.tests.factories import (
    MONTH,
    ReportFactory,
    hand_in,
    owing_unit,
    remarks,
    report_in,
    secretary,
)
from units.models import Role
from units.tests.factories import member

TODAY = dt.datetime(2026, 3, 22, 9, 0, tzinfo=dt.UTC)
KEY = uuid.UUID(int=1)
SCRIPT = {"accept": "application/json"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(TODAY)


@pytest.fixture
def report(unit, sessions):
    return hand_in(unit)


@pytest.fixture
def phone(client, reporter):
    client.force_login(reporter)
    return client


def upload(colour=0, name="IMG_0001.jpg", **options):
    data = picture_bytes(1000, 600, format="JPEG", colour=(colour, 0, 0), **options)
    return SimpleUploadedFile(name, data)


def url(name, unit, *args):
    return reverse(f"reports:{name}", args=[unit.pk, MONTH, *args])


def files(settings):
    """Of photographs; the note that one was erased stays (core.erasures)."""
    kept = (p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file())
    return sorted(p for p in kept if p.parent.name != "erasures")


def page(response):
    return response.content.decode()


# -- The photo itself -----------------------------------------------------------


def test_a_photo_is_kept_privately(report, reporter, settings):
    photo = photos.add(report, upload(), KEY, reporter)

    assert (photo.report, photo.by, photo.key) == (report, reporter, KEY)
    assert photo.picture.is_public is False
    assert [p.parent.parent.name for p in files(settings)] == ["private"] * 3
    assert list(photos.shown(report)) == [photo]


def test_the_place_where_it_was_taken_is_gone(report, reporter, settings):
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "Camera"

    photo = photos.add(report, upload(exif=exif), KEY, reporter)

    with Image.open(Path(settings.MEDIA_ROOT) / photo.picture.storage_name(480)) as shown:
        assert dict(shown.getexif()) == {}


def test_the_same_key_gives_the_same_photo(report, reporter, settings):
    first = photos.add(report, upload(), KEY, reporter)

    assert photos.add(report, upload(colour=9), KEY, reporter) == first
    assert (Photo.objects.count(), Picture.objects.count(), len(files(settings))) == (1, 1, 3)


def test_the_same_picture_under_another_key_is_not_kept_twice(report, reporter, settings):
    first = photos.add(report, upload(), KEY, reporter)

    assert photos.add(report, upload(), uuid.UUID(int=2), reporter) == first
    assert (Photo.objects.count(), len(files(settings))) == (1, 3)


def test_a_report_takes_ten_photos(report, reporter):
    for number in range(photos.MAX_PHOTOS):
        photos.add(report, upload(number * 20), uuid.UUID(int=number), reporter)

    with pytest.raises(TransitionRefusedError) as refusal:
        photos.add(report, upload(255), uuid.UUID(int=99), reporter)
    assert str(refusal.value) == (
        "Mỗi báo cáo nhận tối đa 10 ảnh, đồng chí gỡ bớt ảnh cũ rồi gửi thêm."
    )


def test_only_the_secretary_of_the_unit_sends_photos(report, ward, reviewer):
    for stranger in (reviewer, secretary(owing_unit(ward))):
        with pytest.raises(PermissionDenied):
            photos.add(report, upload(), KEY, stranger)


@pytest.mark.parametrize(
    ("status", "is_taken"),
    [
        (Status.DRAFT, True),
        (Status.SUBMITTED, True),
        (Status.RETURNED, True),
        (Status.ACCEPTED, False),
    ],
)
def test_photos_come_until_the_report_is_accepted(
    unit, sessions, reviewer, reporter, status, is_taken
):
    report = report_in(status, unit, reviewer)

    if is_taken:
        assert photos.add(report, upload(), KEY, reporter).pk
    else:
        with pytest.raises(TransitionRefusedError, match="đã tiếp nhận"):
            photos.add(report, upload(), KEY, reporter)


def test_a_photo_taken_away_takes_its_files_along(
    report, reporter, settings, django_capture_on_commit_callbacks
):
    photo = photos.add(report, upload(), KEY, reporter)

    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            photos.remove(photo, actor=reporter)

    assert list(photos.shown(report)) == []
    assert files(settings) == []
    assert StoredFile.objects.get().state == StoredFile.State.REFUSED
    photo.refresh_from_db()
    assert photo.removed_at == TODAY


def test_a_photo_of_an_accepted_report_stays(unit, sessions, reviewer, reporter):
    report = hand_in(unit)
    photo = photos.add(report, upload(), KEY, reporter)
    report.status = Status.ACCEPTED
    report.save()

    with pytest.raises(TransitionRefusedError):
        photos.remove(photo, actor=reporter)
    with pytest.raises(PermissionDenied):
        photos.remove(photo, actor=reviewer)


def test_a_refused_picture_leaves_nothing(report, reporter, settings):
    with pytest.raises(FileRefusedError):
        photos.add(report, SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"a" * 99), KEY, reporter)

    assert (Photo.objects.count(), StoredFile.objects.count(), files(settings)) == (0, 0, [])


def test_the_database_refuses_a_key_twice(report, reporter):
    photo = photos.add(report, upload(), KEY, reporter)
    other = photos.add(report, upload(9), uuid.UUID(int=2), reporter)

    with pytest.raises(IntegrityError, match=r"photo_key_once_per_report|photo\.report_id"):
        Photo.objects.filter(pk=other.pk).update(key=photo.key)


def test_a_photo_used_again_is_told(report, reporter, unit):
    photos.add(report, upload(), KEY, reporter)
    later = ReportFactory(unit=unit, ward=report.ward, month=dt.date(2026, 4, 1))
    again = photos.add(later, upload(), KEY, reporter)

    assert again.likeness == report.photos.get().likeness
    assert remarks(later) == [f"Ảnh 1 trùng với ảnh trong báo cáo của {unit.name}, tháng 3/2026."]


# -- The secretary's pages ------------------------------------------------------


def test_a_script_sends_one_photo_and_gets_its_address(phone, unit, report):
    answers = [
        phone.post(url("photos", unit), {"photo": upload(), "key": KEY}, headers=SCRIPT)
        for _ in range(2)
    ]

    photo = Photo.objects.get()
    assert [answer.status_code for answer in answers] == [200, 200]
    assert (
        answers[0].json()
        == answers[1].json()
        == {
            "ok": True,
            "id": str(KEY),
            "url": url("photo", unit, photo.picture.file_name(480)),
            "sentence": "Phường đã nhận ảnh.",
        }
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"key": KEY}, "Đồng chí chưa chọn ảnh nào."),
        ({"key": "x"}, "Trang đã cũ, đồng chí tải lại trang rồi gửi ảnh."),
        (
            {"key": KEY, "photo": io.BytesIO(b"<script>")},
            "Chỉ nhận ảnh JPEG, PNG, WebP hoặc HEIC, hãy chọn tệp khác.",
        ),
    ],
)
def test_a_refusal_is_one_sentence(phone, unit, report, data, sentence):
    response = phone.post(url("photos", unit), data, headers=SCRIPT)

    assert (response.status_code, response.json()) == (422, {"ok": False, "sentence": sentence})


@pytest.mark.parametrize(
    ("side", "sentence"),
    [
        (2050, "Phường đã nhận 1 ảnh."),
        (2350, "Tệp này quá lớn, hãy chọn tệp không quá 15 MB."),
    ],
    ids=["12 MB", "16 MB"],
)
def test_a_photo_of_many_megabytes_costs_nothing_that_was_typed(
    phone, unit, report, side, sentence
):
    """Grain, which nothing makes smaller: the bytes of a large camera, sent without a script."""
    grain = Image.frombytes("RGB", (side, side), random.Random(1).randbytes(3 * side * side))
    data = io.BytesIO()
    grain.save(data, "PNG", compress_level=1)
    is_taken = len(data.getvalue()) < 15 * 1024 * 1024
    assert len(data.getvalue()) > (12 if is_taken else 15) * 1024 * 1024
    typed = report.submissions.get().content

    response = phone.post(
        url("photos", unit),
        {"photo": SimpleUploadedFile("IMG_1.png", data.getvalue()), "key": KEY},
        follow=True,
    )

    assert (response.status_code, Photo.objects.count()) == (200, int(is_taken))
    assert sentence in page(response)
    assert report.submissions.get().content == typed


def test_photos_need_a_report_that_was_begun(phone, unit, sessions):
    response = phone.post(url("photos", unit), {"photo": upload(), "key": KEY}, headers=SCRIPT)

    assert response.json()["sentence"] == "Đồng chí viết báo cáo trước, ảnh gửi sau."


def test_a_plain_form_sends_several_and_sending_it_again_adds_nothing(phone, unit, report):
    for _ in range(2):
        response = phone.post(
            url("photos", unit),
            {"photo": [upload(1), upload(2, "b.jpg"), io.BytesIO(b"x")], "key": KEY},
            follow=True,
        )

    text = page(response)
    assert response.redirect_chain == [(url("receipt", unit), 302)]
    assert Photo.objects.count() == 2
    assert "Phường đã nhận 2 ảnh." in text
    assert "Chỉ nhận ảnh JPEG" in text
    assert text.count("Gỡ ảnh") == 2


def test_what_belongs_to_a_draft_goes_back_to_the_check_page(phone, unit, sessions, reporter):
    ReportFactory(unit=unit)

    response = phone.post(url("photos", unit), {"photo": upload(), "key": KEY})

    assert response["Location"] == url("check", unit)


def test_a_photo_is_removed_by_a_button(phone, unit, report, reporter):
    photo = photos.add(report, upload(), KEY, reporter)

    response = phone.post(url("remove_photo", unit, photo.key), follow=True)

    assert "Đã gỡ ảnh." in page(response)
    assert list(photos.shown(report)) == []
    assert phone.get(url("photo", unit, photo.picture.file_name(480))).status_code == 404


def test_a_photo_is_private_and_never_public(phone, unit, report, reporter):
    picture = photos.add(report, upload(), KEY, reporter).picture

    response = phone.get(url("photo", unit, picture.file_name(480)))

    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert response["Cache-Control"] == "private, no-store"
    assert (
        response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith('inline; filename="anh-')
    assert Image.open(io.BytesIO(response.getvalue())).size == (480, 288)
    assert phone.get(f"/anh/{picture.file_name(480)}").status_code == 404


def test_a_photo_of_another_unit_is_missing(client, ward, unit, report, reporter):
    name = photos.add(report, upload(), KEY, reporter).picture.file_name(480)
    neighbour = owing_unit(ward)
    client.force_login(secretary(neighbour))

    assert client.get(url("photo", unit, name)).status_code == 404
    assert client.get(url("photo", neighbour, name)).status_code == 404
    assert client.post(url("remove_photo", neighbour, KEY)).status_code == 404


@pytest.mark.parametrize("ending", ["-481.webp", "-480.png", "-0480.webp", "-.webp", "", "-x"])
def test_any_other_name_is_missing(phone, unit, report, reporter, ending):
    picture = photos.add(report, upload(), KEY, reporter).picture

    assert phone.get(url("photo", unit, picture.key + ending)).status_code == 404


def test_a_full_disk_is_told_and_the_photo_may_come_again(phone, unit, report):
    """A disk that takes no more: the kernel itself refuses to let files grow."""
    phone.raise_request_exception = False
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, usual[1]))
    try:
        full = phone.post(url("photos", unit), {"photo": upload(), "key": KEY}, headers=SCRIPT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    again = phone.post(url("photos", unit), {"photo": upload(), "key": KEY}, headers=SCRIPT)

    assert (full.status_code, full["Retry-After"]) == (507, "300")
    assert full.json()["ok"] is False
    assert (again.status_code, Photo.objects.count()) == (200, 1)


def test_a_full_disk_leaves_no_row(report, reporter, settings):
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    sent = upload()
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, usual[1]))
    try:
        with pytest.raises(OSError) as fault:
            photos.add(report, sent, KEY, reporter)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)

    assert fault.value.errno == errno.EFBIG
    assert (Photo.objects.count(), Picture.objects.count(), files(settings)) == (0, 0, [])


# -- The office -----------------------------------------------------------------


def test_the_office_sees_the_photos_by_its_own_right(client, ward, unit, report, reporter):
    picture = photos.add(report, upload(), KEY, reporter).picture
    address = reverse("admin:report_photo", args=[report.pk, picture.file_name(480)])
    client.force_login(member(Role.OFFICE, ward))

    assert address in page(client.get(reverse("admin:report_page", args=[report.pk])))
    assert client.get(address).getvalue()[8:12] == b"WEBP"
    client.force_login(member(Role.OFFICE, ReportFactory().ward))
    assert client.get(address).status_code == 404

"""The cleaner takes what nothing leads to, when it is old, and nothing else."""

import io
import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from core.files import erase_picture, store_picture, store_upload
from core.models import StoredFile
from core.storage import temp_folder
from core.tests.factories import picture_bytes

pytestmark = pytest.mark.django_db

OLD = 49 * 60 * 60  # seconds
ORPHANS = (f"private/aa/{'a' * 32}", f"public/{'b' * 32}-480.webp", f"private/cc/{'c' * 32}-9.webp")


def age(path, seconds=OLD):
    then = time.time() - seconds
    os.utime(path, (then, then))


def left(name, seconds=OLD):
    default_storage.save(name, ContentFile(b"x"))
    age(default_storage.path(name), seconds)


def files(settings):
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file())


def clean(*arguments):
    said = io.StringIO()
    call_command("clean_files", *arguments, stdout=said)
    return said.getvalue().splitlines()


def test_nothing_is_removed_without_being_asked(settings):
    for name in ORPHANS:
        left(name)

    assert clean() == [
        "Tìm thấy, chưa xóa: 3 tệp không có trong cơ sở dữ liệu, 0 tệp lưu dở, 0 tệp tạm."
    ]
    assert files(settings) == sorted(ORPHANS)


def test_old_orphans_go_and_a_second_run_finds_nothing(settings):
    for name in ORPHANS:
        left(name)

    assert [clean("--delete"), clean("--delete")] == [
        [f"Đã xóa: {count} tệp không có trong cơ sở dữ liệu, 0 tệp lưu dở, 0 tệp tạm."]
        for count in (3, 0)
    ]
    assert files(settings) == []


def test_a_younger_file_may_still_get_its_row(settings):
    for name in ORPHANS:
        left(name, seconds=47 * 60 * 60)
    (temp_folder() / "x.upload").write_bytes(b"x")

    clean("--delete")

    assert len(files(settings)) == 4


def test_what_has_a_row_stays_however_old(settings):
    stored = store_upload(SimpleUploadedFile("a.txt", b"a"), kinds=["document"], user=None)
    store_picture(picture_bytes(), name="a.png")
    store_picture(picture_bytes(), name="a.png", is_public=False)
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        age(path)
    before = files(settings)

    said = clean("--delete")

    assert files(settings) == before
    assert said[1:] == ["Để ý: 1 tệp không bản ghi nào dùng, không đụng tới."]
    assert StoredFile.objects.filter(pk=stored.pk).exists()


def test_temporary_and_unfinished_files_go():
    for path in (temp_folder() / "x.upload", Path(default_storage.path("private/aa/.x.part"))):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        age(path)
    folder = temp_folder() / "folder"
    folder.mkdir()
    (folder / "x").write_bytes(b"x")
    age(folder)

    assert clean("--delete") == [
        "Đã xóa: 0 tệp không có trong cơ sở dữ liệu, 1 tệp lưu dở, 2 tệp tạm."
    ]
    assert list(temp_folder().iterdir()) == []


def test_a_name_that_we_never_give_is_only_told(settings):
    left("private/doc-me.txt")

    assert clean("--delete")[1:] == ["Để ý: 1 tệp lạ không phải do cổng đặt tên, không đụng tới."]
    assert files(settings) == ["private/doc-me.txt"]


def test_a_file_that_is_gone_is_told_unless_it_was_taken_away(django_capture_on_commit_callbacks):
    lost, erased = (store_picture(picture_bytes(), name="a.png") for _ in range(2))
    default_storage.delete(lost.original.storage_name)
    with django_capture_on_commit_callbacks(execute=True):
        erase_picture(erased)

    assert clean()[1:] == ["Để ý: 1 tệp có trong cơ sở dữ liệu nhưng mất trên đĩa, cần phục hồi."]

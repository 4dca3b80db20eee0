"""How files are kept: on the disk first, then in the database, or not at all."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, OperationalError, connection

from core.files import FileRefusedError, Kind, open_stored, store_picture, store_upload
from core.models import Picture, StoredFile
from core.storage import DamagedFileError
from core.tests.factories import PictureFactory, StoredFileFactory, picture_bytes
from units.tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PLAN = "KẾ HOẠCH\nCuộc vận động".encode()


def test_an_upload_is_kept_privately_under_a_random_key():
    user = UserFactory()
    upload = SimpleUploadedFile("Kế hoạch.txt", PLAN, content_type="image/png")

    stored = store_upload(upload, kinds=[Kind.DOCUMENT], user=user)

    assert StoredFile.objects.values().get() == {
        "id": stored.pk,
        "key": stored.key,
        "original_name": "Kế hoạch.txt",
        "sha256": hashlib.sha256(PLAN).hexdigest(),
        "size": len(PLAN),
        "content_type": "text/plain",
        "state": "clean",
        "is_public": False,
        "uploaded_by_id": user.pk,
        "created_at": stored.created_at,
    }
    assert (len(stored.key), stored.storage_name) == (32, f"private/{stored.key[:2]}/{stored.key}")
    with open_stored(stored) as file:
        assert file.read() == PLAN


def test_a_refused_upload_leaves_no_row_and_no_file():
    with pytest.raises(FileRefusedError):
        store_upload(SimpleUploadedFile("a.docx", b"%PDF"), kinds=["document"], user=None)

    assert StoredFile.objects.count() == 0
    assert default_storage.exists("private") is False


def full_database(execute, sql, *args):
    if "INSERT" in sql:
        raise OperationalError("database or disk is full")
    return execute(sql, *args)


def test_a_row_that_cannot_be_written_takes_its_file_along(settings):
    with connection.execute_wrapper(full_database), pytest.raises(OperationalError):
        store_upload(SimpleUploadedFile("a.txt", PLAN), kinds=["document"], user=None)

    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


class ForgetfulStorage(InMemoryStorage):
    """A storage elsewhere that changes what it keeps, and says nothing."""

    def _save(self, name, content):
        return super()._save(name, ContentFile(content.read().swapcase()))


def test_a_storage_that_changes_a_file_is_not_believed(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "core.tests.test_files.ForgetfulStorage"},
    }

    with pytest.raises(DamagedFileError):
        store_upload(SimpleUploadedFile("a.txt", PLAN), kinds=["document"], user=None)
    assert StoredFile.objects.count() == 0
    (folder,) = default_storage.listdir("private")[0]
    assert default_storage.listdir(f"private/{folder}")[1] == []


def test_files_and_pictures_work_in_a_storage_without_paths(settings, client):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }

    stored = store_upload(SimpleUploadedFile("a.txt", PLAN), kinds=["document"], user=None)
    picture = store_picture(picture_bytes(), name="a.png")

    assert open_stored(stored).read() == PLAN
    assert client.get(picture.large).status_code == 200
    assert client.get(picture.large.replace("960", "481")).status_code == 404


def test_one_content_twice_is_two_rows_found_by_their_hash():
    first, second = (
        store_upload(SimpleUploadedFile(name, PLAN), kinds=["document"], user=None)
        for name in ("a.txt", "b.txt")
    )
    store_upload(SimpleUploadedFile("c.txt", b"c"), kinds=["document"], user=None)

    assert first.key != second.key
    assert list(StoredFile.objects.with_sha256(first.sha256)) == [first, second]


def test_a_file_found_unfit_later_is_not_opened():
    stored = store_upload(SimpleUploadedFile("a.txt", PLAN), kinds=["document"], user=None)
    stored.state = StoredFile.State.REFUSED

    with pytest.raises(FileRefusedError, match="hãy tải tệp khác lên"):
        open_stored(stored)


def test_only_clean_files_are_clean():
    clean = StoredFileFactory()
    for state in (StoredFile.State.PENDING, StoredFile.State.REFUSED):
        StoredFileFactory(state=state)

    assert list(StoredFile.objects.clean()) == [clean]


@pytest.mark.parametrize(
    ("factory", "values", "constraint"),
    [
        (StoredFileFactory, {"state": "lost"}, "storedfile_state_is_known"),
        (StoredFileFactory, {"size": 0}, "storedfile_is_not_empty"),
        (StoredFileFactory, {"sha256": "abc"}, "storedfile_sha256_is_whole"),
        (PictureFactory, {"width": 0}, "picture_has_an_area"),
    ],
)
def test_the_database_refuses(factory, values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        factory(**values)


@pytest.mark.parametrize(
    ("factory", "model"), [(StoredFileFactory, StoredFile), (PictureFactory, Picture)]
)
def test_the_database_refuses_a_key_twice(factory, model):
    factory(key="k" * 32)

    with pytest.raises(IntegrityError, match="key"):
        factory(key="k" * 32)

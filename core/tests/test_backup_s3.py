"""Backups of files that lie in S3-compatible storage: the same commands, the same promises."""

from pathlib import Path

import pytest
from django.conf import settings as portal
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core import backups
from core.backups import sealing
from core.backups.restoring import Restored, Taking
from core.files import store_upload
from core.tests.s3 import BUCKET, s3

TEXT = "Kế hoạch của phường.\n".encode() * 5000


@pytest.fixture
def bucket(settings, tmp_path, transactional_db):
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.BACKUP_KEY = sealing.new_key()
    with s3() as (address, objects):
        settings.STORAGES = portal.STORAGES | {
            "default": {
                "BACKEND": "storages.backends.s3.S3Storage",
                "OPTIONS": {
                    "bucket_name": BUCKET,
                    "endpoint_url": address,
                    "access_key": "khoa",
                    "secret_key": "mat",
                    "region_name": "vn",
                    "default_acl": None,
                    "querystring_auth": True,
                    "file_overwrite": False,
                },
            }
        }
        yield objects
        default_storage.connection.meta.client.close()


def test_a_file_in_s3_is_backed_up_and_comes_back(bucket, settings, tmp_path):
    kept = [
        store_upload(
            ContentFile(TEXT + bytes(str(number), "ascii"), f"{number}.txt"),
            kinds=["document"],
            user=None,
        )
        for number in range(3)
    ]
    names = [one.storage_name for one in kept]
    before = dict(bucket)
    made = backups.make(Path(settings.BACKUP_DIR))
    del bucket[names[0]]
    bucket[names[1]] = b"x" + bucket[names[1]][1:]

    done = Restored(made.manifest)
    backups.read(made.path, Taking(done, tmp_path, {}).take)

    assert set(names) <= set(before)
    assert {f"files/{name}" for name in names} <= set(made.manifest.entries)
    assert made.manifest.doubtful == []
    assert bucket == before
    assert (done.written, done.kept) == (2, len(before) - 2)


def test_a_file_lost_in_s3_is_named(bucket, settings):
    kept = store_upload(ContentFile(TEXT, "a.txt"), kinds=["document"], user=None)
    del bucket[kept.storage_name]

    assert backups.make(Path(settings.BACKUP_DIR)).manifest.doubtful == [kept.storage_name]

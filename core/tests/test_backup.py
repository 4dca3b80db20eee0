"""Backups by their promise: whole, closed to others, refused when touched, restored bit by bit."""

import json
import os
import shutil
import subprocess
import sys
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from accounts.models import User
from core import backups, erasures
from core.backups import drilling, reading, sealing, standing
from core.files import store_picture, store_upload
from core.files.keeping import erase_picture
from core.tests.factories import picture_bytes

TEXT = "Kế hoạch của phường, toàn văn.\n".encode() * 4000


@pytest.fixture(autouse=True)
def _place(settings, tmp_path, transactional_db):
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.BACKUP_KEY = sealing.new_key()


@pytest.fixture
def portal():
    """A user, a document, a picture."""
    user = User.objects.create_user(username="can-bo", full_name="Đỗ Văn Ấn")
    stored = store_upload(ContentFile(TEXT, "ke-hoach.txt"), kinds=["document"], user=user)
    return user, stored, store_picture(picture_bytes(), name="a.png", user=user)


@pytest.fixture
def backup(portal, settings):
    return backups.make(settings.BACKUP_DIR)


def entries(path):
    found = {}
    backups.read(path, lambda name, stream: found.update({name: stream.read()}))
    return found


def test_a_backup_holds_database_files_and_keys(backup, portal, settings):
    _, stored, picture = portal
    held = entries(backup.path)

    assert held[f"files/{stored.storage_name}"] == TEXT
    assert {f"files/{picture.storage_name(width)}" for width in picture.widths} < set(held)
    assert json.loads(held["keys.json"]) == {
        "SECRET_KEY": settings.SECRET_KEY,
        "SECRET_KEY_FALLBACKS": settings.SECRET_KEY_FALLBACKS,
    }
    assert backup.manifest.tables["accounts_user"].rows == 1
    assert backup.manifest.doubtful == []


def test_nobody_reads_a_backup_without_its_key(backup, settings):
    assert "Đỗ Văn Ấn".encode() not in backup.path.read_bytes()
    assert settings.SECRET_KEY.encode() not in backup.path.read_bytes()
    assert oct(backup.path.stat().st_mode)[-3:] == "600"

    settings.BACKUP_KEY = sealing.new_key()

    with pytest.raises(backups.BackupRefusedError, match="BACKUP_KEY"):
        backups.verify(backup.path)


def test_every_changed_bit_is_refused(backup, tmp_path):
    whole = backup.path.read_bytes()
    copy = tmp_path / "copy.age"
    taken = []
    for place in range(0, len(whole), max(1, len(whole) // 150)):
        copy.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        try:
            taken.append((place, backups.verify(copy)))
        except backups.BackupRefusedError:
            continue

    assert taken == []


def test_every_cut_is_refused(backup, tmp_path):
    whole = backup.path.read_bytes()
    copy = tmp_path / "copy.age"
    taken = []
    for length in [*range(0, len(whole), max(1, len(whole) // 60)), len(whole) - 1]:
        copy.write_bytes(whole[:length])
        try:
            taken.append((length, backups.verify(copy)))
        except backups.BackupRefusedError as refusal:
            assert str(refusal).count(".") <= 1

    assert taken == []


@pytest.mark.parametrize(
    "change", [{"format": reading.FORMAT + 1}, {"migrations": [["core", "9999_from_tomorrow"]]}]
)
def test_a_newer_backup_is_refused_untouched(portal, settings, monkeypatch, change):
    with monkeypatch.context() as patch:
        head = reading.Manifest.head
        patch.setattr(reading.Manifest, "head", lambda self: head(self) | change)
        patch.setattr("core.backups.making.verify", lambda path: None)
        made = backups.make(settings.BACKUP_DIR)

    with pytest.raises(backups.BackupRefusedError, match="mới hơn"):
        backups.restore(made.path, replace=True)

    assert User.objects.get().full_name == "Đỗ Văn Ấn"


def test_a_backup_of_another_database_is_refused(portal, settings, monkeypatch):
    with monkeypatch.context() as patch:
        head = reading.Manifest.head
        patch.setattr(reading.Manifest, "head", lambda self: head(self) | {"vendor": "oracle"})
        patch.setattr("core.backups.making.verify", lambda path: None)
        made = backups.make(settings.BACKUP_DIR)

    with pytest.raises(backups.BackupRefusedError, match="DATABASE_URL"):
        backups.verify(made.path)


def test_a_portal_in_use_is_not_overwritten_unasked(backup):
    with pytest.raises(backups.BackupRefusedError, match="--replace"):
        backups.restore(backup.path)


@pytest.mark.parametrize("key", ["", "AGE-SECRET-KEY-1XYZ"])
def test_without_a_key_nothing_is_written(portal, settings, key):
    settings.BACKUP_KEY = key

    with pytest.raises(CommandError, match=r"^[^.]+\.$|: "):
        call_command("backup")

    assert not settings.BACKUP_DIR.exists()


def test_a_damaged_file_of_the_portal_is_named(portal, settings):
    _, stored, _ = portal
    path = settings.MEDIA_ROOT / stored.storage_name
    path.chmod(0o600)
    path.write_bytes(b"x" + TEXT[1:])

    made = backups.make(settings.BACKUP_DIR)

    assert made.manifest.doubtful == [stored.storage_name]


def test_a_missing_file_of_the_portal_is_named(portal, settings):
    _, stored, _ = portal
    (settings.MEDIA_ROOT / stored.storage_name).unlink()

    assert backups.make(settings.BACKUP_DIR).manifest.doubtful == [stored.storage_name]


def test_a_failure_leaves_nothing_behind(portal, settings, monkeypatch):
    def full(fileobj, mode):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.backups.making.tarfile.open", full)

    with pytest.raises(OSError, match="space"):
        backups.make(settings.BACKUP_DIR)

    assert list(settings.BACKUP_DIR.iterdir()) == []


def test_the_drill_compares_everything_and_notes_it(portal, settings):
    out = StringIO()

    call_command("drill", stdout=out)

    lines = out.getvalue().splitlines()
    assert [line for line in lines if "KHÔNG ĐẠT" in line] == []
    assert len(lines) == 13
    assert standing.proven_age().total_seconds() >= 0


def test_the_drill_sees_each_file_that_differs(backup, portal, settings, tmp_path):
    """One byte in a restored file, one missing, one in the portal's own: each is named."""
    names = [name.removeprefix("files/") for name in backup.manifest.file_names]
    place = drilling.Scratch(tmp_path / "scratch", "")
    shutil.copytree(settings.MEDIA_ROOT, place.files)
    whole, _ = drilling._files(place, backup.manifest)
    (place.files / names[0]).unlink()
    for path in (place.files / names[1], settings.MEDIA_ROOT / names[2]):
        path.chmod(0o600)
        path.write_bytes(path.read_bytes()[:-1] + b"?")

    compared, _ = drilling._files(place, backup.manifest)

    assert whole.holds
    assert (compared.holds, compared.told) == (False, ", ".join(names[:3]))


def test_what_was_erased_stays_erased_after_a_restore(backup, portal):
    _, _, picture = portal
    names = [picture.storage_name(width) for width in picture.widths]
    erasures.note("core.picture", {"key": picture.key})
    erase_picture(picture)

    with drilling.scratch() as place:
        (place.folder / "backups").mkdir()
        done = place.run("restore", str(backup.path), "--keys-to", str(place.keys))
        left = [name for name in names if (place.files / name).exists()]

        assert done.returncode == 0, done.stderr
        assert "Đã xóa lại 1 mục" in done.stdout
        assert left == []


def test_an_unknown_kind_of_erasure_stops_the_restore():
    noted = erasures.Noted("k" * 32, "tomorrow.kind", {}, "2026-01-01T00:00:00+00:00")

    with pytest.raises(LookupError):
        erasures.apply_again({noted.key: noted})
    with pytest.raises(LookupError):
        erasures.note("tomorrow.kind", {})


def test_old_backups_go_after_a_new_one(backup, settings):
    os.utime(backup.path, (0, 0))
    out = StringIO()

    call_command("backup", keep_days=120, stdout=out)

    assert not backup.path.exists()
    assert len(list(settings.BACKUP_DIR.glob("*.age"))) == 1


def test_a_new_key_opens_nothing_older(backup, capsys):
    call_command("backup", new_key=True)
    call_command("backup", check=backup.path)

    said = capsys.readouterr().out
    assert said.startswith("BACKUP_KEY=AGE-SECRET-KEY-1")
    assert "nguyên vẹn" in said


def test_the_format_is_age_itself(backup, tmp_path, settings):
    """Twenty lines without the portal read a backup: nobody is locked in."""
    program = (
        "import io, sys, tarfile, pyrage\n"
        "key = pyrage.x25519.Identity.from_str(sys.argv[2])\n"
        "plain = pyrage.decrypt(open(sys.argv[1], 'rb').read(), [key])\n"
        "print(tarfile.open(fileobj=io.BytesIO(plain)).getnames()[0])\n"
    )
    words = [sys.executable, "-c", program, str(backup.path), settings.BACKUP_KEY]

    assert subprocess.run(words, check=True, capture_output=True, text=True).stdout == "head.json\n"

"""What is acknowledged lies on the disk, whole. Faults are made in ``os``, not in our code."""

import errno
import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from core.storage import DamagedFileError, DurableFileSystemStorage

CONTENT = b"Phuong Liet" * 100_000


def files_in(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


@pytest.fixture
def storage(tmp_path):
    return DurableFileSystemStorage(location=tmp_path / "store")


@pytest.fixture
def calls(monkeypatch, tmp_path):
    """What ``os`` was asked to do, in order, with the place below ``tmp_path``."""
    done = []
    fsync, rename = os.fsync, os.rename

    def seen_fsync(handle):
        place = str(Path(f"/proc/self/fd/{handle}").readlink()).removeprefix(f"{tmp_path}")
        done.append(("fsync", "part" if place.endswith(".part") else place))
        fsync(handle)

    def seen_rename(source, target):
        done.append(("rename", str(target).removeprefix(f"{tmp_path}")))
        rename(source, target)

    monkeypatch.setattr(os, "fsync", seen_fsync)
    monkeypatch.setattr(os, "rename", seen_rename)
    return done


def test_the_default_storage_is_durable():
    default_storage.save("a", ContentFile(b"a"))

    assert isinstance(default_storage._wrapped, DurableFileSystemStorage)


def test_a_file_is_kept_as_it_came(storage, tmp_path):
    name = storage.save("private/ab/abc", ContentFile(CONTENT))

    assert name == "private/ab/abc"
    assert files_in(tmp_path / "store") == ["private/ab/abc"]
    assert (tmp_path / "store/private/ab/abc").read_bytes() == CONTENT


def test_text_is_kept_as_utf8(storage, tmp_path):
    storage.save("a", ContentFile("Việt"))

    assert (tmp_path / "store/a").read_bytes() == "Việt".encode()


def test_the_file_is_synced_before_its_name_and_the_folder_after(storage, calls):
    storage.save("private/ab/abc", ContentFile(CONTENT))

    assert calls == [
        ("fsync", ""),
        ("fsync", "/store"),
        ("fsync", "/store/private"),
        ("fsync", "part"),
        ("rename", "/store/private/ab/abc"),
        ("fsync", "/store/private/ab"),
    ]


def test_no_one_else_reads_private_files(storage, tmp_path):
    storage.save("private/ab/abc", ContentFile(CONTENT))

    assert (tmp_path / "store/private/ab/abc").stat().st_mode & 0o007 == 0
    assert (tmp_path / "store/private").stat().st_mode & 0o007 == 0


def test_a_file_cut_short_is_refused_and_removed(storage, tmp_path, monkeypatch):
    rename = os.rename

    def cutting_rename(source, target):
        os.truncate(source, 1000)
        rename(source, target)

    monkeypatch.setattr(os, "rename", cutting_rename)

    with pytest.raises(DamagedFileError):
        storage.save("private/ab/abc", ContentFile(CONTENT))
    assert files_in(tmp_path / "store") == []


def test_a_changed_byte_is_refused(storage, tmp_path, monkeypatch):
    rename = os.rename

    def changing_rename(source, target):
        with Path(source).open("r+b") as file:
            file.write(b"X")
        rename(source, target)

    monkeypatch.setattr(os, "rename", changing_rename)

    with pytest.raises(DamagedFileError):
        storage.save("private/ab/abc", ContentFile(CONTENT))
    assert files_in(tmp_path / "store") == []


@pytest.mark.parametrize("function", ["fsync", "rename"])
def test_a_full_disk_leaves_nothing_behind(storage, tmp_path, monkeypatch, function):
    storage.save("private/ab/before", ContentFile(b"a"))

    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, function, full)

    with pytest.raises(OSError, match="No space left"):
        storage.save("private/ab/abc", ContentFile(CONTENT))
    assert files_in(tmp_path / "store") == ["private/ab/before"]


def test_an_upload_that_breaks_off_leaves_nothing_behind(storage, tmp_path):
    class Broken(File):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        storage.save("private/ab/abc", Broken(None))
    assert files_in(tmp_path / "store") == []

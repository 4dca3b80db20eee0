"""What a child process may do, and what happens to the page when it does more."""

import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import TemporaryUploadedFile

from core import processes
from core.files import FileRefusedError, FilesBusyError, pictures
from core.files.picture_child import CPU_SECONDS, MEMORY
from core.tests.factories import picture_bytes


def run(code, *, seconds=10, limit=1000, **options):
    return processes.run(
        [sys.executable, "-I", "-c", code], seconds=seconds, limit=limit, **options
    )


def test_what_a_program_prints_comes_back(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")

    with (tmp_path / "a").open("rb") as source:
        assert run("print(input())", source=source) == b"abc\n"


def test_a_program_knows_nothing_of_our_settings(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x")

    assert run("import os; print(os.environ.get('SECRET_KEY'))") == b"None\n"


@pytest.mark.parametrize(
    ("code", "options"),
    [
        ("raise SystemExit(3)", {}),
        ("import os; os.kill(os.getpid(), 9)", {}),
        ("print('a' * 2000)", {}),
        ("while True: print('a' * 2000)", {}),
        ("import time; time.sleep(60)", {"seconds": 0.3}),
        ("import os, time; os.close(1); time.sleep(60)", {"seconds": 0.3}),
        ("import os, time; os.fork(); time.sleep(60)", {"seconds": 0.3}),
    ],
)
def test_a_program_that_does_not_keep_to_its_bounds_fails_soon(code, options):
    start = time.monotonic()

    with pytest.raises(processes.ProcessFailedError):
        run(code, **options)
    assert time.monotonic() - start < 50  # the program itself would sleep for a minute


# -- The child for pictures -----------------------------------------------------


def bounded(monkeypatch, tmp_path, code, seconds=8):
    """What a picture gets when ``code`` runs in the place of the decoder, bounds and all."""
    child = tmp_path / "child.py"
    child.write_text(
        f"import sys\nsys.path.insert(0, {str(pictures.CHILD.parent)!r})\n"
        f"import picture_child\npicture_child.limit()\n{code}\n"
    )
    monkeypatch.setattr(pictures, "CHILD", child)
    monkeypatch.setattr(pictures, "SECONDS", seconds)
    with pytest.raises(FileRefusedError) as refusal:
        pictures.variants(ContentFile(picture_bytes()), "image/png")
    return str(refusal.value)


@pytest.mark.parametrize(
    "code",
    [
        f"x = bytearray({MEMORY})",
        "import tempfile; f = tempfile.TemporaryFile(); f.write(b'x' * 100); f.flush()",
        "import os; os.abort()",
        "print('{}')",
        "print('[]')",
        "print('x')",
        """print('{"variants": [{"width": 1, "height": 1, "size": 5}]}abc')""",
        """print('{"variants": [{"width": 1, "height": 1, "size": 3}]}'); print('abc', end='')""",
        """print('{"error": "x"}')""",
    ],
)
def test_a_decoder_that_dies_or_lies_costs_a_sentence(monkeypatch, tmp_path, code):
    assert bounded(monkeypatch, tmp_path, code) == pictures.TOO_HARD


def test_a_decoder_that_hangs_is_ended(monkeypatch, tmp_path):
    assert bounded(monkeypatch, tmp_path, "import time; time.sleep(60)", 0.5) == pictures.TOO_HARD


def test_a_decoder_has_less_time_than_a_page():
    assert CPU_SECONDS < pictures.SECONDS < 30


def test_when_too_many_come_at_once_one_waits_and_is_then_told(monkeypatch):
    monkeypatch.setattr(pictures, "_turns", threading.BoundedSemaphore(1))
    monkeypatch.setattr(pictures, "WAIT_SECONDS", 0.05)

    with pictures._turns, pytest.raises(FilesBusyError, match="gửi lại ảnh này sau một phút"):
        pictures.variants(ContentFile(picture_bytes()), "image/png")
    assert len(pictures.variants(ContentFile(picture_bytes()), "image/png")) == 2


def test_a_turn_is_given_back_by_whoever_fails(monkeypatch):
    monkeypatch.setattr(pictures, "_turns", threading.BoundedSemaphore(1))
    for _ in range(2):
        with pytest.raises(FileRefusedError, match="bị hỏng"):
            pictures.variants(ContentFile(b"\x89PNG\r\n\x1a\n"), "image/png")


def test_a_file_in_the_temporary_folder_is_read_where_it_lies(settings):
    Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(parents=True)
    with TemporaryUploadedFile("a.png", "image/png", 0, None) as upload:
        upload.write(picture_bytes())
        upload.flush()
        upload.seek(0)
        upload.read(10)

        assert [one.width for one in pictures.variants(upload, "image/png")] == [480, 960]
        assert upload.tell() == 10

"""The command's contract: one JSON object or one sentence, and nothing else."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from plans.models import Plan
from plans.tests.factories import DOCUMENTS
from units.tests.factories import WardFactory


def run(*arguments):
    """(standard output, standard error, exit status)."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_plan", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as end:
        return out.getvalue(), err.getvalue(), end.code
    return out.getvalue(), err.getvalue(), 0


def test_a_dry_run_prints_the_reading_and_asks_no_database():
    out, err, status = run(DOCUMENTS / "85-KH-DU.txt", "--dry-run", "--json")

    reading = json.loads(out)
    assert (reading["code"], len(reading["content_items"]), err, status) == ("85-KH/ĐU", 5, "", 0)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("412-CV-DU.txt", None, "công văn"),
        ("missing.txt", None, "Không mở được"),
        ("rong.txt", b"", "rỗng"),
        ("anh.jpg", b"\xff\xd8\xff", "Chỉ nạp được"),
        ("anh.pdf", b"%PDF-1.7", "hỏng"),
        ("hong.docx", b"PK\x03\x04 hong", "hỏng"),
    ],
)
def test_what_is_no_plan_gets_one_sentence_and_status_2(tmp_path, name, content, words):
    path = DOCUMENTS / name
    if content is not None:
        path = tmp_path / name
        path.write_bytes(content)

    out, err, status = run(path, "--dry-run", "--json")

    assert (out, status, err.count("\n")) == ("", 2, 1)
    assert words in err


def test_a_file_over_20_megabytes_is_not_even_read(tmp_path):
    path = tmp_path / "lon.docx"
    with path.open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)

    assert run(path, "--dry-run")[1:] == (
        "Tệp lớn hơn 20 MB; hãy bớt hình ảnh trong tệp rồi nạp lại.\n",
        2,
    )


@pytest.mark.django_db
def test_without_dry_run_a_proposed_plan_is_stored_once(media):
    ward = WardFactory(code="00352")

    first = run(DOCUMENTS / "62-KH-DU.txt", "--ward", "00352")
    second = run(DOCUMENTS / "62-KH-DU.txt")

    assert [(p.owner, p.code, p.status) for p in Plan.objects.all()] == [
        (ward, "62-KH/ĐU", "proposed")
    ]
    assert "Đã lưu bản chờ xác nhận" in first[0]
    assert "đã được nạp từ trước" in second[0]


@pytest.mark.django_db
def test_a_ward_that_is_not_clear_is_asked_for(media):
    WardFactory()
    WardFactory()

    assert run(DOCUMENTS / "62-KH-DU.txt")[2] == 2
    assert run(DOCUMENTS / "62-KH-DU.txt", "--ward", "99999")[2] == 2
    assert Plan.objects.count() == 0


def test_the_command_speaks_utf_8_whatever_the_locale(tmp_path):
    """From a shell, without a database, with a locale that knows no Vietnamese."""
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "tests-only" * 6,
        "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3",
        "PYTHONIOENCODING": "ascii",
        "LC_ALL": "C",
    }
    path = Path(DOCUMENTS / "85-KH-DU.docx")

    done = subprocess.run(
        [sys.executable, "manage.py", "import_plan", str(path), "--dry-run", "--json"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["superior"] == "ĐẢNG BỘ QUẬN THANH XUÂN"
    assert not (tmp_path / "none.sqlite3").exists()


@pytest.mark.parametrize(
    ("name", "words"), [("412-CV-DU.txt", "công văn"), ("85-KH-DU.txt", "migrate")]
)
def test_a_database_without_tables_is_told_in_a_sentence(tmp_path, name, words):
    result = subprocess.run(
        [sys.executable, "manage.py", "import_plan", str(DOCUMENTS / name)],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "k" * 50,
            "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.stdout, result.returncode, result.stderr.count("\n")) == ("", 2, 1)
    assert words in result.stderr

"""Every expected key of every document in plans/tests/documents."""

import json
import shutil
import textwrap
from pathlib import Path

import pytest

from plans.reader import NotAPlanError, read_plan

DOCUMENTS = Path(__file__).parent / "documents"
SUFFIXES = {".docx", ".pdf", ".txt", *([".doc"] if shutil.which("soffice") else [])}
NAMES = sorted(
    path.name
    for path in DOCUMENTS.iterdir()
    if path.suffix in (".docx", ".doc", ".pdf", ".txt")
    and path.name not in ("412-CV-DU.txt", "85-KH-DU.docx")
)


def expected(name):
    return json.loads((DOCUMENTS / f"{name}.expected.json").read_text("utf-8"))


def read(name):
    return read_plan((DOCUMENTS / name).read_bytes(), name)


def differences(wanted, got, path=""):
    """The places where ``got`` does not hold an expected key; keys left out are not asked for."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        return [
            found
            for key, value in wanted.items()
            for found in differences(value, got.get(key, "absent"), f"{path}.{key}")
        ]
    if isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        return [
            found
            for number, (first, second) in enumerate(zip(wanted, got, strict=True))
            for found in differences(first, second, f"{path}[{number}]")
        ]
    return [] if wanted == got else [f"{path}: wanted {wanted!r}, got {got!r}"]


@pytest.mark.parametrize("name", NAMES)
def test_reading_holds_every_expected_key(name):
    wanted = expected(Path(name).stem)
    asked = wanted.pop("questions", [])

    got = read(name).as_dict()

    assert differences(wanted, got) == []
    told = [{"field": q["field"], "suggestion": q["suggestion"]} for q in got["questions"]]
    assert [question for question in asked if question not in told] == []


def test_plan_85_in_word_differs_in_its_head_alone():
    wanted = expected("85-KH-DU") | {
        "superior": "ĐẢNG BỘ QUẬN THANH XUÂN",
        "issuers": ["ĐẢNG ỦY PHƯỜNG PHƯƠNG LIỆT"],
        "issue_place": "Phương Liệt",
        "questions": [],
    }

    got = read("85-KH-DU.docx").as_dict()

    assert differences(wanted, got) == []


WRAPPED = [
    "121-KH-UBND", "62-KH-DU", "85-KH-DU", "kind-decision", "kind-mixed", "kind-ocr", "kind-parts",
    "kind-steering", "kind-union", "kind-veterans", "own-school",
]  # fmt: skip


def wrapped(text):
    lines = text.split("\n")
    return "\n".join(
        part for line in lines for part in textwrap.wrap(line, 74, break_on_hyphens=False)
    )


def spaced(text):
    return "\n\n".join(line for line in text.split("\n") if line.strip())


@pytest.mark.parametrize("change", [wrapped, spaced])
@pytest.mark.parametrize("name", WRAPPED)
def test_hard_line_ends_and_blank_lines_change_nothing(name, change):
    wanted = expected(name)
    wanted.pop("questions", None)
    text = (DOCUMENTS / f"{name}.txt").read_text("utf-8")

    assert differences(wanted, read_plan(change(text).encode(), "a.txt").as_dict()) == []


def test_a_letter_is_named_and_refused():
    with pytest.raises(NotAPlanError, match="công văn") as refusal:
        read("412-CV-DU.txt")

    assert refusal.value.document_type == "CÔNG VĂN"

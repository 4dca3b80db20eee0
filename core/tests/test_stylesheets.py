import pytest
from django.core.files.base import ContentFile
from django.test import override_settings

from core.static_files import StaticFilesStorage
from core.stylesheets import joined, parts_of


def test_the_public_sheet_begins_with_the_order_of_the_layers():
    names = parts_of("css/whole_public.css")

    assert names[0] == "css/tokens.css"
    assert names[-1] == "css/print.css"


def test_a_sheet_holds_its_parts_without_comments():
    parts = {"a.css": "/* why */\na {\n  color: red; /* so */\n}\n", "b.css": "b {}\n"}

    whole = joined('/* all */\n@import url("a.css");\n@import url("b.css");\n', parts.__getitem__)

    assert whole == "\na {\ncolor: red;\n}\nb {}\n"


def test_an_unknown_sheet_is_told():
    with pytest.raises(FileNotFoundError):
        parts_of("css/whole_nothing.css")


@pytest.fixture
def storage(tmp_path):
    with override_settings(STATIC_ROOT=str(tmp_path)):
        yield StaticFilesStorage(location=str(tmp_path))


def test_the_collected_copy_is_one_file(storage, tmp_path):
    storage.save("css/a.css", ContentFile(b"a {}\n"))

    storage.save("css/whole_x.0123456789ab.css", ContentFile(b'@import url("a.css");\n'))
    storage.save("css/whole_x.css", ContentFile(b'@import url("a.css");\n'))

    assert (tmp_path / "css/whole_x.0123456789ab.css").read_text() == "a {}\n"
    assert (tmp_path / "css/whole_x.css").read_text() == '@import url("a.css");\n'

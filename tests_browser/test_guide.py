"""The secretaries' guide is one sheet of paper, printed on both sides."""

import io
import re

import pytest
from pypdf import PdfReader

from tests_browser import guide

pytestmark = pytest.mark.browser
PICTURE = re.compile(r"\(anh/(.+?)\)")


def test_guide_of_secretaries_is_two_pages(browser):
    printed = PdfReader(io.BytesIO(guide.as_pdf(browser)))

    assert len(printed.pages) == 2
    assert [len(page.images) for page in printed.pages] == [3, 3]


def test_every_picture_of_the_guides_is_there():
    guides = sorted(guide.GUIDE.parent.glob("*.md"))
    named = [name for one in guides for name in PICTURE.findall(one.read_text(encoding="utf-8"))]

    assert [name for name in named if not (guide.PICTURES / name).exists()] == []

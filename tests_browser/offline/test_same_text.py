"""The phone writes the text for Zalo without a signal, as the ward does."""

from __future__ import annotations

import re

import pytest
from django.templatetags.static import static
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import expect

from reports.answers import paper_for
from reports.plain_text import as_text, from_text, outline
from reports.tests.test_plain_text import PAPER, contents
from tests_browser.offline.phone import KEPT, fill_month, month, path

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_text_for_zalo_is_written_without_signal_as_the_ward_writes_it(pick_up, unit):
    page = pick_up()
    assert page.evaluate(KEPT, path("text", unit))
    page.context.set_offline(True)
    fill_month(page, count="khoảng 3", result="Đã nói [chuyện] với các hộ:\nbà con  vui.")

    page.get_by_role("link", name="Chép nội dung gửi Zalo").click()

    text = page.get_by_label("Nội dung báo cáo")
    expect(text).to_have_value(re.compile("khoảng 3"))
    read = from_text(text.input_value(), paper_for(unit, month()))
    assert (read.content["counts"], read.is_unaltered) == ({"sessions": "khoảng 3"}, True)
    assert read.content["result"]["result"] == "Đã nói [chuyện] với các hộ:\nbà con vui."


def test_phone_writes_every_text_as_the_ward_does(pick_up):
    found = []

    @settings(
        max_examples=60,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(contents())
    def collect(content):
        found.append(content)

    collect()
    page = pick_up()

    written = page.evaluate(WRITE, [static("js/bao-cao/text.js"), outline(PAPER), found])

    assert written == [as_text(PAPER, content) for content in found]


WRITE = """async ([url, paper, contents]) => {
  const { asText } = await import(url);
  return contents.map((content) => asText(paper, content));
}"""

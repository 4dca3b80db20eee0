"""Letters that stay large, and nothing typed is lost for them."""

import datetime as dt

import pytest
from django.urls import reverse

from reports.models import Draft
from reports.tests.factories import MONTH

TODAY = dt.datetime(2026, 3, 22, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(TODAY)


@pytest.fixture
def phone(client, unit, sessions, reporter):
    client.force_login(reporter)
    return client


def page(response):
    return response.content.decode()


def test_size_is_kept_for_a_year_on_the_secretary_s_pages_alone(phone):
    response = phone.post(reverse("reports:text_size"), {"co-chu": "3", "ve": "/bao-cao/"})

    cookie = response.cookies["co_chu"]
    assert (cookie.value, cookie["path"], cookie["max-age"]) == ("3", "/bao-cao/", 31_536_000)
    assert (cookie["samesite"], cookie["httponly"]) == ("Lax", True)
    text = page(phone.get(response.headers["Location"]))
    assert '<html lang="vi" data-text-size="3">' in text


@pytest.mark.parametrize(
    "back", ["https://noi-khac.vn/", "//noi-khac.vn/bao-cao/", "/quan-tri/", ""]
)
def test_way_back_leads_nowhere_else(phone, back):
    response = phone.post(reverse("reports:text_size"), {"co-chu": "2", "ve": back})

    assert response.headers["Location"] == reverse("reports:home")


def test_unknown_size_changes_nothing(phone):
    response = phone.post(reverse("reports:text_size"), {"co-chu": "9", "ve": "/bao-cao/"})

    assert "co_chu" not in response.cookies
    phone.cookies["co_chu"] = '"><script>'
    assert page(phone.get("/bao-cao/")).count("<script>") == 0


def test_larger_letters_in_the_middle_of_a_sentence_keep_it(phone, unit):
    address = reverse("reports:result", args=[unit.pk, MONTH]) + "?ve=kiem-tra"

    response = phone.post(address, {"result-result": "Đang viết dở", "co-chu": "2"})

    assert response.headers["Location"] == address
    assert response.cookies["co_chu"].value == "2"
    assert Draft.objects.get().content == {"result": {"result": "Đang viết dở"}}

"""The office's navigation shows where one is and only what one may open."""

import pytest
from django.urls import reverse

from campaign_portal.tests.world import build_people, build_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return build_place()


def _sections(client, user, url):
    client.force_login(user)
    return client.get(url).context["office_nav"]


def test_single_report_stands_in_its_section(client, place):
    url = reverse("admin:report_page", args=[place.rows["reports.monthlyreport"].pk])

    sections = _sections(client, build_people(place)["office"], url)

    assert [section.key for section in sections if section.is_current] == ["reports"]


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        (
            "administrator",
            {
                "Tài khoản",
                "Đơn vị",
                "Thay đổi đơn vị",
                "Nhập, xuất Excel",
                "Nhóm đơn vị",
                "Chế độ báo cáo",
                "Thẻ và điện thoại",
            },
        ),
        ("editor", {"Đơn vị", "Thay đổi đơn vị", "Nhóm đơn vị", "Chế độ báo cáo"}),
    ],
)
def test_people_are_listed_for_those_who_keep_them(client, place, role, labels):
    sections = _sections(client, build_people(place)[role], reverse("admin:index"))

    units = next(section for section in sections if section.key == "units")
    assert {item.label for item in units.items} == labels


def test_today_shows_how_far_the_month_is(client, place):
    client.force_login(build_people(place)["leader"])

    response = client.get(reverse("admin:index"))

    assert [(meter.value, meter.of, meter.text) for meter in response.context["meters"]] == [
        (0, 1, "0/1 đã nhận (0%)")
    ]


def test_forms_of_people_work_without_javascript(client, place):
    """Boxes that only a script fills would leave nobody to choose."""
    client.force_login(build_people(place)["administrator"])

    response = client.get(reverse("admin:accounts_user_add"))

    assert f'<option value="{place.cell.pk}">' in response.content.decode()

import datetime as dt

import pytest
from django.urls import reverse

from reports.models import Indicator
from reports.tests.factories import NO_TARGETS, hand_in


@pytest.fixture
def desk(client, sessions, reviewer):
    client.force_login(reviewer)
    return client


def page(response):
    return response.content.decode()


def test_office_adds_an_indicator_to_its_ward(desk, ward):
    data = {
        "code": "to_roi",
        "name": "Tờ rơi",
        "unit_of_measure": "tờ",
        "roll_up": "sum",
        "position": "10",
        "starts_on": "4/2026",
        "section": "outreach",
        **NO_TARGETS,
    }

    response = desk.post(reverse("admin:reports_indicator_add"), data)

    assert response.status_code == 302
    made = Indicator.objects.get(code="to_roi")
    assert (made.owner, made.starts_on) == (ward, dt.date(2026, 4, 1))


def test_code_taken_in_the_ward_is_told_in_the_form(desk):
    data = {"code": "sessions", "name": "x", "unit_of_measure": "x", "roll_up": "sum"}
    data |= {"position": "1", "starts_on": "4/2026", **NO_TARGETS}

    response = desk.post(reverse("admin:reports_indicator_add"), data)

    assert "Phường đã có chỉ tiêu mang mã này." in page(response)


def test_code_of_an_indicator_is_no_field_of_its_form(desk, sessions):
    response = desk.get(reverse("admin:reports_indicator_change", args=[sessions.pk]))

    assert "code" not in response.context["adminform"].form.fields


def test_list_of_reports_finds_without_marks_and_leads_to_the_page(desk, unit):
    report = hand_in(unit)

    found = desk.get(reverse("admin:reports_monthlyreport_changelist") + "?q=to+dan+pho+so+12")
    opened = desk.get(reverse("admin:reports_monthlyreport_change", args=[report.pk]))

    assert unit.name in page(found)
    assert opened.headers["Location"] == reverse("admin:report_page", args=[report.pk])

"""What the page of the reminder gives away, and to whom."""

import pytest
from django.urls import reverse

from reports.models import Reminder
from reports.tests.factories import owing_unit
from units import links
from units.models import Role, UnitLink
from units.tests.factories import MembershipFactory, WardFactory, member

pytestmark = pytest.mark.django_db


def page(client, **asked):
    return client.get(reverse("admin:report_reminder"), {"thang": "2026-03"} | asked)


@pytest.fixture
def way_in(unit, rf):
    link, _ = links.issue(unit, actor=None, pin="739215")
    return f"/{links.token_of(link)}"


def test_office_gets_the_way_in_of_each_unit(client, ward, way_in):
    client.force_login(member(Role.OFFICE, ward))

    assert way_in in page(client).context["text"]


def test_who_may_not_see_cards_gets_the_common_way_in(client, ward, way_in, reviewer):
    client.force_login(reviewer)

    response = page(client)
    client.post(f"{reverse('admin:report_reminder')}?thang=2026-03")

    assert way_in not in response.context["text"]
    assert reverse("reports:home") in response.context["text"]
    assert "chỉ văn phòng chép được" in response.content.decode()
    assert way_in not in Reminder.objects.get().text


def test_card_of_a_lost_key_gives_the_common_way_in(client, ward, unit, way_in):
    UnitLink.objects.update(nonce="0" * 32)
    client.force_login(member(Role.OFFICE, ward))

    text = page(client).context["text"]

    assert "None" not in text
    assert reverse("reports:home") in text


def test_ward_that_one_only_reads_has_no_reminder(client, ward, unit):
    other = WardFactory(name="Phường khác")
    owing_unit(other)
    officer = member(Role.OFFICE, ward)
    MembershipFactory(user=officer, unit=other, role=Role.LEADER)
    client.force_login(officer)

    assert page(client).status_code == 200
    assert page(client, phuong=other.pk).status_code == 404

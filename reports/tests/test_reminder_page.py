"""What the page of the reminder gives away, and to whom."""

import pytest
from django.urls import reverse

from reports.models import Reminder
from reports.tests.factories import hand_in, owing_unit
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


@pytest.mark.parametrize("role", [Role.OFFICE, Role.PROPAGANDA])
def test_both_reviewers_get_the_way_in_of_each_unit(client, ward, way_in, role):
    client.force_login(member(role, ward))

    shown = page(client).context["text"]
    client.post(f"{reverse('admin:report_reminder')}?thang=2026-03")

    assert way_in in shown
    assert way_in in Reminder.objects.get().text


def test_propaganda_gets_addresses_and_no_cards(client, ward, unit, way_in, reviewer):
    client.force_login(reviewer)

    assert list(UnitLink.objects.told_by(reviewer)) == list(UnitLink.objects.all())
    assert not UnitLink.objects.visible_to(reviewer).exists()
    assert client.get(reverse("admin:unit_link", args=[unit.pk])).status_code == 403
    assert client.get(reverse("admin:unit_links")).status_code == 403


def test_only_reviewers_of_the_ward_pass_addresses_on(ward, unit, way_in):
    others = [Role.ADMINISTRATOR, Role.LEADER, Role.EDITOR, Role.AUDITOR]
    people = [member(role, ward) for role in others]
    people += [member(Role.OFFICE, WardFactory()), member(Role.OFFICE, unit)]

    assert not any(UnitLink.objects.told_by(person).exists() for person in people)


def test_card_of_a_lost_key_gives_the_common_way_in(client, ward, unit, way_in):
    UnitLink.objects.update(nonce="0" * 32)
    client.force_login(member(Role.OFFICE, ward))

    text = page(client).context["text"]

    assert "None" not in text
    assert reverse("reports:home") in text


def test_nobody_missing_leaves_no_text_to_copy(client, ward, unit, sessions, reviewer):
    hand_in(unit)
    other = owing_unit(ward, name="Chi bộ Tổ dân phố số 13")
    client.force_login(reviewer)

    of_one = page(client, **{"don-vi": unit.pk})
    of_both = page(client)
    hand_in(other)
    of_none = page(client)

    assert ["<textarea" in one.text for one in (of_one, of_both, of_none)] == [False, True, False]
    assert "Lúc này không cần nhắc đơn vị" in of_one.text
    assert "Phường đã nhận đủ 2/2 báo cáo tháng 3/2026" in of_none.text
    assert f'href="{reverse("admin:report_grid")}">Xem bảng theo tháng' in of_none.text


def test_ward_without_units_has_no_text_to_copy(client, ward, reviewer):
    client.force_login(reviewer)

    shown = page(client).text

    assert "<textarea" not in shown
    assert "Tháng 3/2026 không có đơn vị nào phải báo cáo." in shown


def test_ward_that_one_only_reads_has_no_reminder(client, ward, unit):
    other = WardFactory(name="Phường khác")
    owing_unit(other)
    officer = member(Role.OFFICE, ward)
    MembershipFactory(user=officer, unit=other, role=Role.LEADER)
    client.force_login(officer)

    assert page(client).status_code == 200
    assert page(client, phuong=other.pk).status_code == 404

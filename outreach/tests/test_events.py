"""Events: invitations, a move after them, who came, what is public."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.workflow import StaleError, TransitionRefusedError
from outreach.events import workflow
from outreach.events.models import EventPhoto
from outreach.events.public import calendar_of
from outreach.tests.factories import EventFactory
from units.models import Role
from units.tests.factories import MembershipFactory, UnitFactory, WardFactory

pytestmark = pytest.mark.django_db
HANOI = dt.timezone(dt.timedelta(hours=7))
BEFORE = dt.datetime(2026, 3, 18, 8, tzinfo=HANOI)
AFTER = dt.datetime(2026, 3, 21, 8, tzinfo=HANOI)


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def officer(ward):
    return MembershipFactory(unit=ward, role=Role.OFFICE).user


@pytest.fixture
def cell(ward):
    return UnitFactory(parent=ward)


@pytest.fixture
def invited(ward, officer, cell):
    event = EventFactory(owner=ward)
    with time_machine.travel(BEFORE, tick=False):
        return workflow.invite(event, [cell], actor=officer, seen_version=1)


def _form(client, event, **changes):
    """As the page sends it, with the token of what was seen."""
    address = reverse("admin:outreach_event_change", args=[event.pk])
    return {
        "_seen": client.get(address).context["seen_token"],
        "kind": "launch",
        "title": event.title,
        "held_on": "20/3/2026",
        "starts_at": "",
        "ends_on": "",
        "place": event.place,
        "about": "",
        "reason": "",
        "photos-TOTAL_FORMS": 0,
        "photos-INITIAL_FORMS": 0,
    } | changes


def test_units_are_invited_once(invited, officer, cell):
    with time_machine.travel(BEFORE, tick=False):
        workflow.invite(invited, [cell], actor=officer, seen_version=2)

    assert [row.unit for row in invited.invitations.all()] == [cell]


@time_machine.travel(AFTER, tick=False)
def test_nobody_is_invited_to_what_is_over(ward, officer, cell):
    with pytest.raises(TransitionRefusedError, match="đã qua ngày 20/3/2026"):
        workflow.invite(EventFactory(owner=ward), [cell], actor=officer, seen_version=1)


@time_machine.travel(BEFORE, tick=False)
def test_moved_after_invitations_only_with_a_reason_and_all_are_told(client, officer, invited):
    client.force_login(officer)
    address = reverse("admin:outreach_event_change", args=[invited.pk])

    refused = client.post(address, _form(client, invited, held_on="25/3/2026"))
    moved = client.post(address, _form(client, invited, held_on="25/3/2026", reason="Mưa bão"))

    invited.refresh_from_db()
    assert "ghi lý do dời, rồi báo lại từng đơn vị" in refused.content.decode()
    assert (moved.status_code, invited.held_on) == (302, dt.date(2026, 3, 25))
    assert invited.invitations.get().must_tell
    assert workflow.letter(invited) == (
        "Kính gửi các đơn vị. Lễ phát động tuần lễ hàng Việt đã đổi lịch, nay tổ chức "
        "ngày 25/3/2026, Nhà văn hóa. Lý do: Mưa bão. Đề nghị các đơn vị báo lại cho người dự."
    )

    workflow.told(invited, actor=officer, seen_version=invited.version)
    assert not invited.invitations.get().must_tell


@time_machine.travel(BEFORE, tick=False)
def test_what_stays_needs_no_reason(client, officer, invited):
    client.force_login(officer)

    answer = client.post(
        reverse("admin:outreach_event_change", args=[invited.pk]),
        _form(client, invited, title="Lễ mới"),
    )

    assert answer.status_code == 302
    assert not invited.invitations.get().must_tell


def test_people_are_counted_from_the_day_on(invited, officer, cell):
    with (
        time_machine.travel(BEFORE, tick=False),
        pytest.raises(TransitionRefusedError, match="chưa ghi số người dự"),
    ):
        workflow.count(invited, {cell.pk: 40}, actor=officer, seen_version=2)

    with time_machine.travel(AFTER, tick=False):
        workflow.count(invited, {cell.pk: 40}, actor=officer, seen_version=2)
        with pytest.raises(StaleError):
            workflow.count(invited, {cell.pk: 41}, actor=officer, seen_version=2)

    assert invited.invitations.get().attendance == 40


@time_machine.travel(AFTER, tick=False)
def test_counted_on_the_page_a_wrong_number_is_kept(client, officer, invited, cell):
    client.force_login(officer)
    address = reverse("admin:event_page", args=[invited.pk])
    sent = {"step": "count", "seen_version": 2}

    wrong = client.post(address, sent | {f"so-{cell.pk}": "bốn chục rưỡi"})
    right = client.post(address, sent | {f"so-{cell.pk}": "40"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert 'value="bốn chục rưỡi"' in wrong.content.decode()


@time_machine.travel(BEFORE, tick=False)
def test_only_who_may_change_events_invites(ward, cell):
    reader = MembershipFactory(unit=ward, role=Role.AUDITOR).user

    with pytest.raises(PermissionDenied):
        workflow.invite(EventFactory(owner=ward), [cell], actor=reader, seen_version=1)


def test_no_photo_without_consent(invited):
    with pytest.raises(IntegrityError), transaction.atomic():
        EventPhoto.objects.create(event=invited, picture_id=1, alt="Lễ", consent="")


@time_machine.travel(BEFORE, tick=False)
def test_only_public_events_are_public(client, ward):
    EventFactory(owner=ward, title="Lễ công khai", is_public=True)
    EventFactory(owner=ward, title="Họp nội bộ")

    page = client.get(reverse("events:list")).content.decode()
    file = client.get(reverse("events:calendar")).content.decode()

    assert ("Lễ công khai" in page, "Họp nội bộ" in page) == (True, False)
    assert (file.count("BEGIN:VEVENT"), "SUMMARY:Lễ công khai" in file) == (1, True)


def test_the_file_has_whole_days_or_the_hour(ward):
    days = EventFactory(owner=ward, ends_on=dt.date(2026, 3, 21))
    hour = EventFactory(owner=ward, starts_at=dt.time(8, 0))

    made = calendar_of("phuong.vn", ward, [days, hour])

    assert "DTSTART;VALUE=DATE:20260320\r\nDTEND;VALUE=DATE:20260322\r\n" in made
    assert "DTSTART:20260320T010000Z\r\n" in made


def test_a_change_is_on_the_public_page_at_once(client, ward):
    event = EventFactory(owner=ward, title="Phiên chợ cũ", is_public=True)
    assert "Phiên chợ cũ" in client.get("/su-kien/").content.decode()

    event.title = "Phiên chợ mới"
    event.save()

    assert "Phiên chợ mới" in client.get("/su-kien/").content.decode()

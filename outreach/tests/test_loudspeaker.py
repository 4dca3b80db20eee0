"""Bulletins: their length, the slots, the calendar, the log, what it counts for."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.workflow import StaleError, TransitionRefusedError
from outreach.loudspeaker import calendar, coverage, ics, scripts, workflow
from outreach.loudspeaker.length import spoken_length
from outreach.loudspeaker.models import Airing, Bulletin, Slot, SpokenWord, Voice
from outreach.tests.factories import AiringFactory, BulletinFactory, EventFactory, SlotFactory
from units.models import Role
from units.tests.factories import MembershipFactory, WardFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 18)  # a Wednesday
HANOI = dt.timezone(dt.timedelta(hours=7))
BEFORE = dt.datetime(2026, 3, 18, 8, tzinfo=HANOI)
AFTER = dt.datetime(2026, 3, 18, 17, tzinfo=HANOI)


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def officer(ward):
    return MembershipFactory(unit=ward, role=Role.OFFICE).user


@pytest.fixture
def office(client, officer):
    client.force_login(officer)
    return client


def _approved(ward, **kwargs):
    return BulletinFactory(owner=ward, status=Bulletin.Status.APPROVED, **kwargs)


def test_the_length_is_that_of_the_reading_text(ward):
    bulletin = BulletinFactory(owner=ward, text="UBND mời 21/4/2027.")

    reading, length = scripts.read(bulletin)

    assert reading.text == (
        "Ủy ban nhân dân mời ngày hai mươi mốt tháng tư năm hai nghìn không trăm hai mươi bảy."
    )
    assert length.syllables == 19


def test_a_slower_voice_takes_longer():
    text = "Mời bà con mua hàng Việt. " * 60

    assert spoken_length(text, speed=120).seconds > 1.9 * spoken_length(text, speed=233).seconds


def test_the_ward_s_table_and_speed_hold(ward):
    SpokenWord.objects.create(owner=ward, written="TDP 5", spoken="tổ năm")
    Voice.objects.create(owner=ward, speed=120, says_mung=True)

    reading, length = scripts.read(BulletinFactory(owner=ward, text="TDP 5 họp ngày 5/2."))

    assert reading.text == "tổ năm họp ngày mùng năm tháng hai."
    assert length == spoken_length(reading.text, speed=120)


def test_a_new_word_measures_what_is_planned_anew(ward):
    bulletin = BulletinFactory(owner=ward, text="ABCD " * 100)
    scripts.measure_all(ward)
    bulletin.refresh_from_db()
    before = bulletin.seconds

    SpokenWord.objects.create(owner=ward, written="ABCD", spoken="hội")
    scripts.measure_all(ward)

    bulletin.refresh_from_db()
    assert bulletin.syllables == 100
    assert bulletin.seconds < before


@time_machine.travel(BEFORE, tick=False)
@pytest.mark.parametrize(
    ("changes", "day", "sentence"),
    [
        ({"seconds": 372}, DAY, "Bản tin dài 6 phút 12 giây, khung Chiều có 5 phút: dài hơn 1 phút 12 giây."),
        ({}, DAY - dt.timedelta(days=1), "Giờ phát 16:30 ngày 17/3/2026 đã qua."),
        ({}, DAY + dt.timedelta(days=4), "Khung Chiều không phát vào ngày 22/3/2026."),
        ({"expires_on": DAY}, DAY, "Bản tin hết hạn từ 18/3/2026"),
        ({"status": "withdrawn"}, DAY, "đã rút, không xếp lịch được."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_a_sentence(ward, officer, changes, day, sentence):
    slot = SlotFactory(owner=ward, weekdays="123456")
    bulletin = BulletinFactory(owner=ward, **changes)

    with pytest.raises(TransitionRefusedError, match=sentence.replace("(", r"\(")):
        workflow.plan(bulletin, slot, day, actor=officer)

    assert not Airing.objects.exists()


@time_machine.travel(BEFORE, tick=False)
def test_two_bulletins_share_a_slot_as_long_as_both_fit(ward, officer):
    slot = SlotFactory(owner=ward)
    workflow.plan(_approved(ward, seconds=200), slot, DAY, actor=officer)

    with pytest.raises(TransitionRefusedError, match="chỉ còn 1 phút 40 giây"):
        workflow.plan(_approved(ward, seconds=101), slot, DAY, actor=officer)
    workflow.plan(_approved(ward, seconds=100), slot, DAY, actor=officer)

    (day,) = calendar.days_between(ward, DAY, DAY)
    assert (day.count, day.slots[0].minutes_left, day.slots[0].is_over) == (2, 0, False)


@time_machine.travel(BEFORE, tick=False)
def test_the_same_bulletin_is_once_in_a_slot(ward, officer):
    slot, bulletin = SlotFactory(owner=ward), _approved(ward)
    airing = workflow.plan(bulletin, slot, DAY, actor=officer)

    with pytest.raises(TransitionRefusedError, match="đã xếp vào khung Chiều ngày 18/3/2026"):
        workflow.plan(bulletin, slot, DAY, actor=officer)
    workflow.cancel(airing, actor=officer, seen_version=1)

    assert workflow.plan(bulletin, slot, DAY, actor=officer).status == "planned"


@time_machine.travel(BEFORE, tick=False)
def test_only_who_may_change_bulletins_plans(ward):
    reader = MembershipFactory(unit=ward, role=Role.AUDITOR).user

    with pytest.raises(PermissionDenied):
        workflow.plan(_approved(ward), SlotFactory(owner=ward), DAY, actor=reader)


@time_machine.travel(BEFORE, tick=False)
def test_moved_to_another_day_once_seen(ward, officer):
    airing = AiringFactory(bulletin=_approved(ward))

    moved = workflow.move(
        airing, airing.slot, DAY + dt.timedelta(days=1), actor=officer, seen_version=1
    )

    assert (moved.day, moved.steps.get().reason) == (
        dt.date(2026, 3, 19),
        "Chiều 18/3/2026 → Chiều 19/3/2026",
    )
    with pytest.raises(StaleError):
        workflow.move(airing, airing.slot, DAY, actor=officer, seen_version=1)


def test_nothing_is_logged_before_its_time(ward, officer):
    airing = AiringFactory(bulletin=_approved(ward))

    with time_machine.travel(BEFORE, tick=False):
        with pytest.raises(TransitionRefusedError, match="Chưa đến giờ phát"):
            workflow.air(airing, minutes=1, announcer="", actor=officer, seen_version=1)
        with pytest.raises(TransitionRefusedError, match="Chưa đến giờ phát"):
            workflow.miss(airing, reason="Mất điện", actor=officer, seen_version=1)
    with (
        time_machine.travel(AFTER, tick=False),
        pytest.raises(TransitionRefusedError, match="Đã quá giờ phát"),
    ):
        workflow.cancel(airing, actor=officer, seen_version=1)


@time_machine.travel(AFTER, tick=False)
def test_the_first_airing_publishes_and_counts_for_the_content(ward, officer):
    airing = AiringFactory(bulletin=_approved(ward))
    item = airing.bulletin.content_item

    aired = workflow.air(airing, minutes=2, announcer="Chị Hà", actor=officer, seen_version=1)

    airing.bulletin.refresh_from_db()
    assert (aired.status, aired.minutes, aired.announcer) == ("aired", 2, "Chị Hà")
    assert airing.bulletin.status == Bulletin.Status.PUBLISHED
    assert coverage.by_month(ward, [item], [dt.date(2026, 3, 1)]) == {
        item.pk: {dt.date(2026, 3, 1): 1}
    }
    assert calendar.totals(ward, DAY, DAY) == {"aired": 1, "minutes": 2, "missed": 0, "planned": 0}


@time_machine.travel(AFTER, tick=False)
def test_a_missed_airing_says_why_and_counts_for_nothing(ward, officer):
    airing = AiringFactory(bulletin=_approved(ward))
    with pytest.raises(TransitionRefusedError, match="Cần ghi lý do"):
        workflow.miss(airing, reason=" ", actor=officer, seen_version=1)

    missed = workflow.miss(airing, reason="Mất điện", actor=officer, seen_version=1)

    assert (missed.status, missed.steps.get().reason) == ("missed", "Mất điện")
    assert coverage.by_month(ward, [airing.bulletin.content_item], [dt.date(2026, 3, 1)]) == {}


@time_machine.travel(AFTER, tick=False)
@pytest.mark.parametrize("status", ["draft", "submitted", "returned"])
def test_what_nobody_approved_was_not_aired(ward, officer, status):
    airing = AiringFactory(bulletin=BulletinFactory(owner=ward, status=status))

    with pytest.raises(TransitionRefusedError, match="bản tin chưa duyệt thì không phát"):
        workflow.air(airing, minutes=1, announcer="", actor=officer, seen_version=1)


@time_machine.travel(AFTER, tick=False)
@pytest.mark.parametrize("minutes", [0, 6])
def test_more_than_the_slot_was_not_aired(ward, officer, minutes):
    airing = AiringFactory(bulletin=_approved(ward))

    with pytest.raises(TransitionRefusedError, match="ghi số phút từ 1 đến 5"):
        workflow.air(airing, minutes=minutes, announcer="", actor=officer, seen_version=1)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda ward: SlotFactory(owner=ward, minutes=0), "slot_has_minutes"),
        (lambda ward: SlotFactory(owner=ward, weekdays="8"), "slot_has_weekdays"),
        (lambda ward: BulletinFactory(owner=ward, text=""), "bulletin_has_words"),
        (lambda ward: Voice.objects.create(owner=ward, speed=20), "voice_speed_is_human"),
        (lambda ward: SpokenWord.objects.create(owner=ward), "spokenword_says_something"),
        (
            lambda ward: AiringFactory(bulletin=BulletinFactory(owner=ward), status="aired"),
            "airing_minutes_when_aired",
        ),
    ],
)
def test_the_database_refuses(ward, make, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(ward)


@time_machine.travel(BEFORE, tick=False)
@pytest.mark.parametrize("count", [1, 3])
def test_a_year_needs_few_queries(office, ward, count, django_assert_max_num_queries):
    slot = SlotFactory(owner=ward)
    for number in range(count):
        AiringFactory(bulletin=_approved(ward), slot=slot, day=dt.date(2026, 4, number + 1))
        EventFactory(owner=ward, held_on=dt.date(2026, 5, number + 1))
    hidden = AiringFactory(day=dt.date(2026, 4, 1))
    calendar.year_of(ward, 2026)

    with django_assert_max_num_queries(4):
        calendar.year_of(ward, 2026)
    with django_assert_max_num_queries(10):
        answer = office.get(reverse("admin:loudspeaker_year", args=[2026]))

    assert f"{hidden.bulletin.title}<" not in answer.content.decode()


@time_machine.travel(BEFORE, tick=False)
def test_days_off_and_too_full_slots_are_conflicts(ward):
    AiringFactory(bulletin=_approved(ward), day=dt.date(2026, 4, 30))
    AiringFactory(
        bulletin=_approved(ward, seconds=400), slot=SlotFactory(owner=ward, starts_at=dt.time(7))
    )

    found = [
        one.day
        for one in calendar.days_between(ward, dt.date(2026, 3, 1), dt.date(2026, 5, 31))
        if one.has_conflict
    ]

    assert found == [DAY, dt.date(2026, 4, 30)]


@time_machine.travel(BEFORE, tick=False)
def test_a_month_is_whole_weeks(ward):
    weeks = calendar.month_of(ward, dt.date(2026, 3, 1))

    assert (weeks[0][0].day, weeks[-1][-1].day) == (dt.date(2026, 2, 23), dt.date(2026, 4, 5))
    assert {len(week) for week in weeks} == {7}


@time_machine.travel(BEFORE, tick=False)
def test_planned_by_the_form_and_moved_by_dragging(office, ward):
    slot, bulletin = SlotFactory(owner=ward), _approved(ward)
    address = reverse("admin:loudspeaker_month")

    office.post(address, {"bulletin": bulletin.pk, "slot": slot.pk, "day": "18/3/2026"})
    airing = Airing.objects.get()
    sent = {"airing": airing.pk, "seen_version": 1, "slot": slot.pk}
    moved = office.post(
        address, sent | {"day": "20/3/2026"}, headers={"accept": "application/json"}
    )
    refused = office.post(
        address,
        sent | {"day": "1/3/2026", "seen_version": 2},
        headers={"accept": "application/json"},
    )

    airing.refresh_from_db()
    assert (airing.day, moved.json()) == (dt.date(2026, 3, 20), {"version": 2})
    assert (refused.status_code, refused.json()["errors"]) == (
        422,
        ["Giờ phát 16:30 ngày 1/3/2026 đã qua. Chọn một khung giờ sau bây giờ."],
    )


@time_machine.travel(BEFORE, tick=False)
def test_too_long_by_the_form_keeps_what_was_chosen(office, ward):
    slot, bulletin = SlotFactory(owner=ward), _approved(ward, seconds=600)

    answer = office.post(
        reverse("admin:loudspeaker_month"),
        {"bulletin": bulletin.pk, "slot": slot.pk, "day": "18/3/2026"},
    )

    assert answer.status_code == 422
    assert "dài hơn 5 phút" in answer.content.decode()
    assert f'value="{bulletin.pk}" selected' in answer.content.decode()


def test_logged_on_its_page(office, ward):
    airing = AiringFactory(bulletin=_approved(ward))
    address = reverse("admin:loudspeaker_airing", args=[airing.pk])
    with time_machine.travel(BEFORE, tick=False):
        early = office.post(address, {"step": "air", "minutes": "2", "seen_version": 1})
    with time_machine.travel(AFTER, tick=False):
        office.force_login(MembershipFactory(unit=ward, role=Role.OFFICE).user)
        empty = office.post(address, {"step": "miss", "seen_version": 1})
        done = office.post(address, {"step": "air", "minutes": "2", "seen_version": 1})

    airing.refresh_from_db()
    assert (early.status_code, empty.status_code, done.status_code) == (422, 422, 302)
    assert (airing.status, airing.minutes) == ("aired", 2)


@time_machine.travel(BEFORE, tick=False)
@pytest.mark.parametrize("name", ["month", "week", "log", "ics"])
def test_a_list_has_a_fixed_number_of_queries(office, ward, name, django_assert_max_num_queries):
    slot = SlotFactory(owner=ward)
    for number in range(3):
        AiringFactory(bulletin=_approved(ward), slot=slot, day=DAY + dt.timedelta(days=number))
    hidden = AiringFactory(bulletin=_approved(WardFactory()))

    with django_assert_max_num_queries(12):
        answer = office.get(reverse(f"admin:loudspeaker_{name}"))

    assert answer.content.decode().count(slot.name) >= 1 or name in ("week", "log")
    assert f"{hidden.bulletin.title}<" not in answer.content.decode()


@time_machine.travel(BEFORE, tick=False)
def test_the_calendar_file_has_the_hour(ward):
    airing = AiringFactory(bulletin=_approved(ward, title="Hàng Việt"))

    made = ics.airings_file("phuong.vn", "Phường", Airing.objects.filter(pk=airing.pk))

    assert (
        "DTSTART:20260318T093000Z\r\nDTEND:20260318T093500Z\r\nSUMMARY:Loa: Hàng Việt\r\n" in made
    )


@time_machine.travel(BEFORE, tick=False)
def test_the_page_of_a_bulletin_says_how_it_is_read_and_where_it_fits(office, ward):
    SlotFactory(owner=ward, minutes=1)
    bulletin = BulletinFactory(owner=ward, text="UBND mời bà con. XYZQ.", seconds=100)

    answer = office.get(reverse("admin:bulletin_step", args=[bulletin.pk])).content.decode()

    assert "Ủy ban nhân dân mời bà con." in answer
    assert "XYZQ: cổng chỉ đọc được từng chữ cái" in answer
    assert "dài hơn 40 giây" in answer
    assert "doc-thu.wav" in answer or "espeak" not in answer


def test_the_script_is_printed_as_it_is_read(office, ward):
    bulletin = BulletinFactory(owner=ward, text="Giá 20.000đ/kg.")

    answer = office.get(reverse("admin:loudspeaker_script", args=[bulletin.pk])).content.decode()

    assert "<p>Giá hai mươi nghìn đồng một ki-lô-gam.</p>" in answer


@time_machine.travel(AFTER, tick=False)
def test_today_tells_of_what_was_not_logged_and_not_approved(office, ward):
    AiringFactory(bulletin=_approved(ward))
    AiringFactory(
        bulletin=BulletinFactory(owner=ward),
        slot=SlotFactory(owner=ward, starts_at=dt.time(7)),
        day=dt.date(2026, 3, 19),
    )

    answer = office.get(reverse("admin:index")).content.decode()

    assert "lượt phát loa đã qua giờ, chưa ghi nhật ký" in answer
    assert "lượt phát loa trong 3 ngày tới mà bản tin chưa duyệt" in answer


@pytest.mark.parametrize(
    ("weekdays", "said"),
    [("1234567", "mọi ngày"), ("13", "thứ Hai, thứ Tư"), ("67", "thứ Bảy, Chủ nhật")],
)
def test_days_of_a_slot_are_said_in_words(ward, weekdays, said):
    assert SlotFactory(owner=ward, weekdays=weekdays).days == said


def test_days_of_a_slot_are_ticked(office, ward):
    sent = {"name": "Sáng", "starts_at": "06:00", "minutes": 15, "is_active": "on"}
    add = reverse("admin:outreach_slot_add")

    refused = office.post(add, sent)
    office.post(add, {**sent, "weekdays": ["3", "1"]})

    assert "Đồng chí đánh dấu ít nhất một ngày." in refused.content.decode()
    slot = Slot.objects.get()
    assert slot.weekdays == "13"
    change = office.get(reverse("admin:outreach_slot_change", args=[slot.pk])).content.decode()
    assert change.count(" checked") == 3  # Monday, Wednesday, in use

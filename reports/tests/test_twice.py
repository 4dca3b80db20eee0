"""The page of what may be counted twice: proposed, decided, remembered, taken back."""

import pytest
from django.urls import reverse

from core.tests.factories import PictureFactory
from core.workflow import StaleError, TransitionRefusedError
from outreach.models import Event
from reports import linking, same_events
from reports.models import Activity, Photo, ToldApart
from reports.tests.factories import MONTH, owing_unit, secretary
from reports.tests.test_counting_once import FEBRUARY, sums, tell, told
from units.models import Role
from units.tests.factories import WardFactory, member

URL = "/quan-tri/bao-cao/tinh-hai-lan/?thang=2026-03"
DECIDE = "/quan-tri/bao-cao/tinh-hai-lan/quyet-dinh/?thang=2026-03"


@pytest.fixture
def desk(client, ward):
    client.force_login(member(Role.PROPAGANDA, ward, user__full_name="Trần Thị Bình"))
    return client


def seen(rows):
    return [f"{row.pk}-{row.event_id or 0}" for row in Activity.objects.filter(pk__in=_pks(rows))]


def _pks(rows):
    return [row.pk for row in rows]


def twins(ward, **kwargs):
    return tell(owing_unit(ward), told(40)) + tell(owing_unit(ward), told(25, **kwargs))


def _reasons(ward):
    return [group.reasons for group in same_events.groups(ward, MONTH)]


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        ({}, [[same_events.SAME_PLACE]]),
        ({"title": "Việc khác hẳn"}, [[same_events.SAME_PLACE]]),
        ({"place": "Nhà văn hóa tổ 12, phường"}, [[same_events.SAME_PLACE]]),
        ({"place": ""}, [[same_events.SAME_TITLE]]),
        ({"place": "nhà văn hóa"}, [[same_events.SAME_TITLE]]),
        ({"place": "", "title": "Hội chợ bán hàng Việt"}, []),
        ({"place": "Trường tiểu học Phương Liệt"}, []),
        ({"place": "", "title": "Treo băng rôn"}, []),
    ],
)
def test_what_looks_like_one_event_is_proposed(ward, sessions, other, reasons):
    twins(ward, **other)

    assert _reasons(ward) == reasons


def test_cell_and_its_neighbourhood_need_less_likeness(ward, sessions):
    one, other = twins(ward, place="Trường tiểu học", title="Ngày hội tổ dân phố")
    assert _reasons(ward) == []

    one.report.unit.residential_group = other.report.unit
    one.report.unit.save()
    other.title = "Ngày hội hàng hóa"
    other.save()

    assert _reasons(ward) == [[same_events.AT_HOME]]


def test_photos_alike_are_a_reason(ward, sessions):
    rows = twins(ward, place="Trường tiểu học Phương Liệt", title="Khác hẳn")
    for row, likeness in zip(rows, (0b1011, 0b1111), strict=True):
        picture = PictureFactory(is_public=False)
        Photo.objects.create(
            report=row.report,
            picture=picture,
            key=f"00000000-0000-4000-8000-{row.pk:012}",
            by=secretary(row.report.unit),
            likeness=likeness,
        )

    assert _reasons(ward) == [[same_events.SAME_PHOTO]]


def test_one_unit_and_another_day_are_no_pair(ward, sessions):
    tell(owing_unit(ward), told(40), told(40))

    assert _reasons(ward) == []


def test_month_before_is_looked_at_and_told_in_the_later_month(ward, sessions):
    from reports.tests.factories import LATE

    tell(owing_unit(ward), month=FEBRUARY, now=LATE)
    tell(owing_unit(ward))

    assert len(same_events.groups(ward, MONTH)) == 1
    assert same_events.groups(ward, FEBRUARY) == []


def test_page_proposes_then_links_then_takes_apart(desk, ward, sessions):
    rows = twins(ward)
    page = desk.get(URL)
    assert "1 việc có thể bị tính hai lần" in page.content.decode()

    desk.post(DECIDE, {"viec": "ghep", "chon": seen(rows)})

    event = Event.objects.get()
    assert (event.title, event.place, event.created_by.full_name) == (
        "Ngày hội hàng Việt",
        "Nhà văn hóa tổ 12",
        "Trần Thị Bình",
    )
    assert sums(ward) == {"sessions": 1}
    shown = desk.get(URL).content.decode()
    assert "0 việc có thể bị tính hai lần" in shown
    assert "tính vào tổng" in shown

    desk.post(_unlink(event), {"seen_version": event.version})

    assert sums(ward) == {"sessions": 2}
    assert list(Event.history.values_list("history_type", "history_user__full_name")) == [
        ("-", "Trần Thị Bình"),
        ("+", "Trần Thị Bình"),
    ]
    assert "1 việc có thể bị tính hai lần" in desk.get(URL).content.decode()


def _unlink(event):
    return f"/quan-tri/bao-cao/tinh-hai-lan/{event.pk}/tach/?thang=2026-03"


def test_different_is_remembered_through_an_amendment_and_can_be_asked_again(desk, ward, sessions):
    rows = twins(ward)

    desk.post(DECIDE, {"viec": "khac", "chon": seen(rows)})
    tell(rows[0].report.unit, told(44))

    assert same_events.groups(ward, MONTH) == []
    assert "Đã ghi là khác nhau" in desk.get(URL).content.decode()

    desk.post(DECIDE, {"viec": f"hoi-lai-{ToldApart.objects.get().pk}"})

    assert len(same_events.groups(ward, MONTH)) == 1
    row = ToldApart.objects.get()
    assert (row.withdrawn_by.full_name, row.withdrawn_at is None) == ("Trần Thị Bình", False)


def test_third_mention_joins_the_event(desk, ward, sessions):
    rows = twins(ward)
    event = linking.link(ward, seen(rows), actor=secretary(rows[0].report.unit))
    rows += tell(owing_unit(ward), told(30))

    desk.post(DECIDE, {"viec": "ghep", "chon": seen(rows)})

    assert (event.activities.count(), Event.objects.get().version) == (3, 2)
    assert sums(ward) == {"sessions": 1}


def test_stale_decisions_are_told_and_write_nothing(desk, ward, sessions):
    rows = twins(ward)
    old = seen(rows)
    tell(rows[0].report.unit, told(44))

    response = desk.post(DECIDE, {"viec": "ghep", "chon": old})

    assert response.status_code == 409
    assert linking.GONE in response.content.decode()
    assert Event.objects.count() == 0


def test_event_that_grew_meanwhile_is_not_taken_apart(desk, ward, sessions):
    rows = twins(ward)
    event = linking.link(ward, seen(rows), actor=secretary(rows[0].report.unit))
    linking.link(ward, seen(rows + tell(owing_unit(ward))), actor=secretary(rows[0].report.unit))

    assert desk.post(_unlink(event), {"seen_version": 1}).status_code == 409
    assert event.activities.count() == 3


@pytest.mark.parametrize("verb", ["ghep", "khac"])
def test_one_alone_is_refused(desk, ward, sessions, verb):
    rows = twins(ward)[:1]

    response = desk.post(DECIDE, {"viec": verb, "chon": seen(rows)})

    assert response.status_code == 422
    assert "Đồng chí chọn ít nhất hai việc." in response.content.decode()


def test_mentions_of_two_events_are_not_one(ward, sessions):
    actor = secretary(owing_unit(ward))
    one, other = twins(ward), twins(ward)
    linking.link(ward, seen(one), actor=actor)
    linking.link(ward, seen(other), actor=actor)

    with pytest.raises(TransitionRefusedError, match="hai hoạt động chung khác nhau"):
        linking.link(ward, seen(one + other), actor=actor)


def test_mentions_of_another_ward_are_missing(ward, sessions):
    actor = secretary(owing_unit(ward))
    elsewhere = WardFactory()
    from reports.tests.factories import IndicatorFactory

    IndicatorFactory(owner=elsewhere)

    with pytest.raises(StaleError):
        linking.link(ward, seen(twins(elsewhere)), actor=actor)


def test_who_only_reads_is_shown_no_button(client, ward, sessions):
    twins(ward)
    client.force_login(member(Role.LEADER, ward))

    shown = client.get(URL).content.decode()

    assert "1 việc có thể bị tính hai lần" in shown
    assert 'value="ghep"' not in shown
    assert client.post(DECIDE, {"viec": "ghep"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_a_fixed_number_of_queries(
    desk, ward, sessions, count, django_assert_num_queries
):
    rows = [row for _ in range(count) for row in twins(ward)]
    linking.link(ward, seen(twins(ward)), actor=secretary(owing_unit(ward)))
    linking.tell_apart(ward, seen(rows[:2]), actor=secretary(owing_unit(ward)))

    with django_assert_num_queries(13):
        desk.get(URL)


def test_totals_warn_before_the_figures(desk, ward, sessions):
    rows = twins(ward)
    url = f"{reverse('admin:report_totals')}?thang=2026-03"
    assert "1 việc có thể bị tính hai lần" in desk.get(url).content.decode()

    linking.link(ward, seen(rows), actor=secretary(rows[0].report.unit))

    shown = desk.get(url).content.decode()
    assert "có thể bị tính hai lần" not in shown
    assert "đã trừ 1 tính hai lần" in shown

"""“Hôm nay” when everything waits at once: every line there, and as many queries for three as for one."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from approvals import workflow
from approvals.models import ApprovalRest
from approvals.tests.factories import link, office
from core.tests.factories import PictureFactory
from plans.models import Plan
from plans.tests.factories import PlanFactory
from reports.models import Photo
from reports.tests.factories import IndicatorFactory, ReportFactory, owing_unit, secretary
from reports.tests.test_counting_once import tell, told
from units.models import LinkEvent
from units.tests.factories import card

MOST = 15  # PERFORMANCE P6, reached when everything waits
TODAY = dt.datetime(2026, 3, 26, 9, 0, tzinfo=dt.UTC)  # the day after the common due day
LINES = (
    "kế hoạch chờ xác nhận",
    "báo cáo chờ xem",
    "tờ viết tay chờ nhập hộ",
    "đơn vị chưa nộp báo cáo tháng 3/2026",
    "báo cáo của 6 tháng trước còn thiếu",
    "việc có thể bị tính hai lần",
    "thẻ tạm nghỉ",
    "văn bản lãnh đạo trả lại để sửa",
    "văn bản trình lãnh đạo bị lỡ",
    "văn bản chờ lãnh đạo duyệt",
    "đường dẫn trình lãnh đạo bị nhập sai mã PIN nhiều lần",
)

pytestmark = pytest.mark.django_db


def begin():
    """A ward that counts sessions, with an officer and a leader."""
    place = office()
    IndicatorFactory(owner=place.ward, code="sessions")
    return place


def add_everything(place):
    """One more of all that the first screen tells of."""
    _of_units(place.ward)
    _of_leaders(place)


def _of_units(ward):
    """Two told one happening; one sent a sheet, owes months, and its card rests."""
    for attendance in (40, 25):
        tell(owing_unit(ward), told(attendance))
    unit = owing_unit(ward)
    Photo.objects.create(
        report=ReportFactory(unit=unit),
        picture=PictureFactory(is_public=False),
        key=uuid.uuid4(),
        by=secretary(unit),
        is_sheet=True,
    )
    LinkEvent.objects.create(unit=unit, link=card(unit)[0], name=LinkEvent.Name.REST)


def _of_leaders(place):
    """A plan was sent back, one changed after it was sent, one waits behind a link that rests."""
    plans = [PlanFactory(owner=place.ward, status="proposed") for _ in range(3)]
    returned, _, waits = (link(place, plan=plan)[0] for plan in plans)
    workflow.decide(
        returned, workflow.RETURN, seen_version=returned.version, reason="Sai", device="iPhone"
    )
    Plan.objects.filter(pk=plans[1].pk).update(version=9)
    ApprovalRest.objects.create(request=waits, at=timezone.now())


def look(client, place):
    """The page and its queries, as the second look of the officer takes them."""
    client.force_login(place.officer)
    client.get(reverse("admin:index"))
    with CaptureQueriesContext(connection) as queries:
        response = client.get(reverse("admin:index"))
    return response, len(queries)


def test_everything_at_once_takes_a_fixed_number_of_queries(client, time_machine):
    time_machine.move_to(TODAY, tick=False)
    place, foreign = begin(), begin()
    add_everything(place)
    _, of_one = look(client, place)

    add_everything(place)
    add_everything(place)
    add_everything(foreign)
    response, of_three = look(client, place)

    texts = [item.text for item in response.context["items"]]
    assert [line for line in LINES if not any(text.startswith(line) for text in texts)] == []
    counts = {item.text: item.count for item in response.context["items"]}
    assert (counts["báo cáo chờ xem"], counts["tờ viết tay chờ nhập hộ"]) == (6, 3)
    assert (of_one, of_three) == (MOST, MOST)


def test_frame_of_the_office_names_the_ward_of_the_officer(client):
    first, second = office(), office()

    shown = [look(client, place)[0].context["ward_profile"].ward for place in (second, first)]

    assert shown == [second.ward, first.ward]


def test_frame_of_a_public_page_names_the_ward_of_the_host(client):
    first, second = office(), office()
    client.force_login(second.officer)

    assert client.get("/").context["ward_profile"].ward == first.ward

import datetime as dt

import pytest
import time_machine

from products.models import SearchMiss
from products.office.today import today_items
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
PAGE = "/quan-tri/san-pham/tim-chua-co/"
TODAY = dt.date(2026, 3, 12)


def miss(ward, key, count, last_on=TODAY):
    return SearchMiss.objects.create(owner=ward, key=key, count=count, last_on=last_on)


@time_machine.travel(dt.datetime(2026, 3, 12, 5, tzinfo=dt.UTC))
def test_the_office_sees_what_is_missed_often_and_in_its_own_ward(client, rf):
    ward = WardFactory()
    user = member(Role.EDITOR, ward)
    client.force_login(user)
    miss(ward, "tuong ban", 3)
    miss(ward, "mat mia", 7, dt.date(2026, 3, 5))
    miss(ward, "ten nguoi", 2)
    miss(WardFactory(), "noi khac", 9)

    response = client.get(PAGE)
    request = rf.get("/")
    request.user = user
    item = next(one for one in today_items(request) if "mà chưa có hàng" in one.text)

    lines = [(line["row"].key, line["is_recent"]) for line in response.context["lines"]]
    assert lines == [("mat mia", False), ("tuong ban", True)]
    assert item.count.count() == 1
    assert [line["row"].key for line in client.get(item.url).context["lines"]] == ["tuong ban"]

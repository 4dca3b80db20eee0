"""The register of legal bases: one row an instrument, told where a plan cites what was replaced."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError
from django.urls import reverse

from core.workflow import TransitionRefusedError
from plans import register
from plans.models import LegalBasis, LegalInstrument, Status
from plans.tests.factories import PlanFactory
from plans.tests.test_office import url
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
LIST = "admin:instrument_list"
DAY = dt.date(2021, 5, 19)


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def office(client, ward):
    user = member(Role.OFFICE, ward)
    client.force_login(user)
    return user


def cite(plan, code="03-CT/TW", day=DAY, **values):
    values = {"document_type": "Chỉ thị", "position": 1} | values
    return LegalBasis.objects.create(plan=plan, code=code, issued_on=day, **values)


def registered(ward, code="03-CT/TW", **values):
    values = {"document_type": "Chỉ thị", "issued_on": DAY} | values
    return LegalInstrument.objects.create(owner=ward, code=code, **values)


def change(instrument, status="replaced", successor=None, text="", version=None):
    return register.change(
        instrument,
        status=status,
        successor=successor,
        successor_text=text,
        note="",
        seen_version=version or instrument.version,
    )


def test_two_plans_share_the_row_of_an_instrument(ward):
    rows = [cite(PlanFactory(owner=ward)), cite(PlanFactory(owner=ward), code="03-ct/tw", day=None)]

    for row in rows:
        register.fill(row.plan)
        register.fill(row.plan)

    instrument = LegalInstrument.objects.get()
    assert [LegalBasis.objects.get(pk=row.pk).instrument for row in rows] == [instrument] * 2


def test_a_number_of_another_term_of_office_is_another_instrument(ward):
    plan = PlanFactory(owner=ward)
    cite(plan)
    cite(plan, day=dt.date(2016, 5, 15), position=2)
    cite(plan, code="", day=None, subject="Công tác năm", position=3)
    cite(plan, code="", day=None, subject="Tuyên truyền", position=4)
    cite(plan, code="99-CT/TW", position=5, is_left_out=True)

    register.fill(plan)

    assert LegalInstrument.objects.count() == 4


def test_wards_have_registers_of_their_own(ward):
    for owner in (ward, WardFactory()):
        register.fill(cite(PlanFactory(owner=owner)).plan)

    assert LegalInstrument.objects.count() == 2


def test_a_typed_successor_is_entered_once(ward):
    old = registered(ward)
    text = "Chỉ thị số 28/CT-TTg ngày 26/10/2021 của Thủ tướng Chính phủ"

    done = change(old, text=text)
    again = change(done, text=text)

    assert (again.successor.code, again.successor.issued_on) == ("28/CT-TTg", dt.date(2021, 10, 26))
    assert LegalInstrument.objects.count() == 2
    assert change(again, status="in_force").successor is None


def test_instruments_do_not_replace_each_other_in_a_ring(ward):
    first, second = registered(ward), registered(ward, code="04-CT/TW")
    change(first, successor=second)

    with pytest.raises(TransitionRefusedError, match="thứ tự thay thế"):
        change(second, successor=first)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"status": "gone"}, "instrument_status_is_known"),
        ({"status": "in_force", "successor": True}, "instrument_with_a_successor_is_replaced"),
        ({"code": "04-CT/TW"}, "instrument_is_registered_once|UNIQUE"),
    ],
)
def test_the_database_refuses_what_cannot_be(ward, values, name):
    row, other = registered(ward), registered(ward, code="04-CT/TW")
    values = values | ({"successor": other} if "successor" in values else {})

    with pytest.raises(IntegrityError, match=name):
        LegalInstrument.objects.filter(pk=row.pk).update(**values)


def test_the_list_is_searched_without_marks(client, ward, office):
    registered(ward, issuer="Ban Bí thư", subject="Cuộc vận động Người Việt Nam")
    registered(ward, code="28/CT-TTg", status="expired")
    registered(WardFactory(), code="77-CT/TW", issuer="Ban Bí thư")

    found = [
        [row.code for row in client.get(reverse(LIST), query).context["page"]]
        for query in ({"q": "nguoi viet BAN BI THU"}, {"status": "expired"}, {"status": "gì đó"})
    ]

    assert found == [["03-CT/TW"], ["28/CT-TTg"], ["03-CT/TW", "28/CT-TTg"]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_a_fixed_number_of_queries(client, ward, office, count,
                                                  django_assert_num_queries):  # fmt: skip
    for number in range(count):
        row = cite(PlanFactory(owner=ward), code=f"{number + 1}-CT/TW")
        register.fill(row.plan)
    client.get(reverse(LIST))

    # session, user, memberships, profile, count, page, citations
    with django_assert_num_queries(6):
        client.get(reverse(LIST))


@pytest.mark.parametrize("name", ["list", "row"])
def test_pages_open_to_those_who_may(client, ward, name):
    row = registered(ward)
    page = reverse(LIST) if name == "list" else reverse("admin:instrument", args=[row.pk])
    answers = [client.get(page).status_code]

    for user in (
        member(Role.OFFICE, ward), member(Role.LEADER, ward), member(Role.SECRETARY, ward),
        member(Role.OFFICE, WardFactory()),
    ):  # fmt: skip
        client.force_login(user)
        answers.append(client.get(page).status_code)

    assert answers == ([302, 200, 200, 403, 200] if name == "list" else [302, 200, 403, 403, 404])


def test_the_status_is_written_once_and_stale_is_told(client, ward, office):
    row = registered(ward)
    page = reverse("admin:instrument", args=[row.pk])
    data = {"status": "replaced", "successor_text": "Chỉ thị số 28/CT-TTg", "seen_version": 1}

    done, stale = client.post(page, data), client.post(page, data)
    bad = client.post(page, data | {"status": "in_force", "seen_version": 2})
    foreign = client.post(
        page, {"status": "replaced", "successor": registered(WardFactory()).pk, "seen_version": 2}
    )

    statuses = [answer.status_code for answer in (done, stale, bad, foreign)]
    assert statuses == [302, 409, 422, 422]
    assert "Đang lưu" in stale.content.decode()


def test_a_plan_tells_that_a_basis_was_replaced(client, ward, office):
    plan = cite(PlanFactory(owner=ward)).plan
    register.fill(plan)
    change(LegalInstrument.objects.get(), text="Chỉ thị số 28/CT-TTg")

    page = client.get(url("plan_detail", plan)).content.decode()

    assert "Có căn cứ không còn hiệu lực" in page
    assert "Đã được thay thế</span>: Chỉ thị 28/CT-TTg" in page


def test_plans_confirmed_before_the_register_enter_it(media):
    plan, proposed = PlanFactory(), PlanFactory(status=Status.PROPOSED)
    for number, one in enumerate((plan, plan, proposed), 1):
        one.legal_bases.create(document_type="Chỉ thị", code="28/CT-TTg", position=number)

    import_module("plans.migrations.0006_register_of_held_plans").fill(apps, None)

    entered = LegalInstrument.objects.get()
    assert (entered.owner, entered.search) == (plan.owner, "chi thi 28/ct-ttg")
    found = [basis.instrument for one in (plan, proposed) for basis in one.legal_bases.all()]
    assert found == [entered, entered, None]

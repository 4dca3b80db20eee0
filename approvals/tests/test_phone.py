"""The leader's phone: the address, the PIN, the document, one decision."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from approvals.models import ApprovalRequest, ApprovalRest
from approvals.tests.factories import link, office
from core.logs import masked
from plans.models import Plan, PlanNode, Status
from units.models import Membership
from units.tests.factories import PIN

pytestmark = pytest.mark.django_db
ASK, SHOW, APPROVE, RETURN, FILE = (
    reverse(f"approvals:{name}") for name in ("ask_pin", "show", "approve", "send_back", "file")
)
WRONG = "840264"
ZALO = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Zalo iOS/500"


@pytest.fixture
def place():
    return office()


@pytest.fixture
def opened(place, client):
    """The request, whose link was clicked on."""
    asked, token = link(place)
    client.get(reverse("approvals:open_link", args=[token]))
    return asked


@pytest.fixture
def passed(opened, client):
    client.post(ASK, {"pin": PIN}, headers={"User-Agent": ZALO})
    opened.refresh_from_db()
    return opened


def goes_to(response):
    return response.headers.get("Location", response.status_code)


def text(response):
    return " ".join(response.content.decode().split())


def test_link_leaves_the_address_at_once(place, client):
    _, token = link(place)

    response = client.get(reverse("approvals:open_link", args=[token]))

    assert (response.status_code, goes_to(response)) == (303, ASK)
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response.headers["Cache-Control"]


def test_preview_of_the_link_uses_up_nothing(place, client):
    asked, token = link(place)
    before = ApprovalRequest.objects.filter(pk=asked.pk).values().get()
    for _ in range(3):
        Client().get(reverse("approvals:open_link", args=[token]), follow=True)

    client.get(reverse("approvals:open_link", args=[token]))

    assert ApprovalRequest.objects.filter(pk=asked.pk).values().get() == before
    assert client.post(ASK, {"pin": PIN}).headers["Location"] == SHOW


def test_unknown_token_is_missing(client):
    response = client.get(reverse("approvals:open_link", args=["x" * 32]))

    assert response.status_code == 404
    assert "bấm đường dẫn mà văn phòng đã gửi" in text(client.get(ASK))


def test_logs_hold_no_token(place):
    _, token = link(place)

    assert masked(f"GET /duyet/{token}/ 303") == "GET /duyet/***/ 303"
    assert masked("GET /duyet/van-ban/ 200") == "GET /duyet/van-ban/ 200"


def test_page_of_the_pin_tells_nothing_of_the_document(client, opened):
    page = text(client.get(ASK))

    assert opened.title not in page
    assert str(opened.leader) not in page


@pytest.mark.parametrize("address", [SHOW, APPROVE, RETURN, FILE])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_opens_before_the_pin(client, opened, address, method):
    response = getattr(client, method)(address, {"seen_version": opened.version, "reason": "x"})

    assert goes_to(response) in (ASK, 405)
    opened.refresh_from_db()
    assert opened.status == "open"


def test_wrong_pin_opens_nothing(client, opened):
    response = client.post(ASK, {"pin": WRONG})

    assert response.status_code == 422
    assert "Còn 4 lần thử" in response.context["form"].errors["pin"][0]
    assert goes_to(client.get(SHOW)) == ASK


def test_five_wrong_pins_rest_and_are_told_to_the_office(place, client, opened):
    for _ in range(5):
        client.post(ASK, {"pin": WRONG})

    response = client.post(ASK, {"pin": PIN})

    assert response.status_code == 429
    assert ApprovalRest.objects.get().request == opened
    client.force_login(place.officer)
    told = [item.text for item in client.get(reverse("admin:index")).context["items"]]
    assert any("bị nhập sai mã PIN nhiều lần" in words for words in told)


def test_right_pin_is_noted_once_with_the_phone(client, passed):
    client.get(SHOW)

    steps = list(passed.steps.values_list("name", "actor"))
    assert (passed.opened_on, steps) == ("iPhone, Zalo", [("open", passed.leader_id)])


def test_document_is_shown_with_its_text(place, client, passed):
    PlanNode.objects.create(
        plan=place.plan, position=1, numeral="I", heading="MỤC ĐÍCH", text="Tuyên truyền.",
        role="purpose", paragraph=0, last_paragraph=0,
    )  # fmt: skip

    page = text(client.get(SHOW))

    assert passed.title in page
    assert "I) MỤC ĐÍCH" in page or "I. MỤC ĐÍCH" in page
    assert "Tuyên truyền." in page


def test_pin_is_asked_again_after_half_an_hour(client, passed):
    with time_machine.travel(passed.opened_at + dt.timedelta(minutes=31), tick=False):
        assert goes_to(client.get(SHOW)) == ASK


def test_approval_confirms_and_uses_up_the_link(place, client, passed):
    response = client.post(
        APPROVE, {"seen_version": passed.version}, headers={"User-Agent": ZALO}, follow=True
    )

    assert "Đồng chí đã duyệt" in text(response)
    passed.refresh_from_db()
    assert (passed.status, passed.decided_on) == ("approved", "iPhone, Zalo")
    assert Plan.objects.get(pk=place.plan.pk).status == "confirmed"
    again = client.post(RETURN, {"seen_version": passed.version, "reason": "x"})
    assert "Đồng chí đã duyệt" in text(again)
    passed.refresh_from_db()
    assert passed.status == "approved"


def test_link_that_was_used_opens_nothing_on_another_phone(place):
    asked, token = link(place, status="approved", decided_at=dt.datetime.now(dt.UTC))
    phone = Client()

    phone.get(reverse("approvals:open_link", args=[token]))
    response = phone.post(ASK, {"pin": PIN})

    assert response.status_code == 410
    assert "Đường dẫn này đã dùng để quyết định một lần" in text(response)
    assert asked.title not in text(response)


def test_two_phones_decide_once(client, passed):
    other = Client()
    other.cookies.update(client.cookies)
    seen = {"seen_version": passed.version}

    client.post(RETURN, seen | {"reason": "Sai ngày"})
    response = other.post(APPROVE, seen)

    assert "Đồng chí đã trả lại" in text(response)
    assert list(passed.steps.values_list("name", flat=True)) == ["open", "return"]


def test_return_without_a_reason_asks_for_one(client, passed):
    response = client.post(RETURN, {"seen_version": passed.version, "reason": " "})

    assert response.status_code == 422
    assert "ghi lý do" in response.context["form"].errors["reason"][0]


def test_changed_document_is_told_and_keeps_the_typed_reason(place, client, passed):
    Plan.objects.filter(pk=place.plan.pk).update(version=9)

    assert "đã được sửa sau khi gửi" in text(client.get(SHOW))
    response = client.post(RETURN, {"seen_version": passed.version, "reason": "Thiếu mốc"})

    assert response.status_code == 409
    assert "Thiếu mốc" in text(response)
    assert "Sửa lần cuối lúc" in text(response)


def test_what_became_of_a_changed_document_is_said(place, client, passed):
    Plan.objects.filter(pk=place.plan.pk).update(
        version=9,
        status=Status.CONFIRMED,
        subject="việc khác",
        updated_at=dt.datetime(2027, 4, 21, 2, 41, tzinfo=dt.UTC),
    )

    shown = text(client.get(SHOW))

    assert "Sửa lần cuối lúc 09:41 ngày 21/4/2027" in shown
    assert "nay ở trạng thái “đã xác nhận”" in shown
    assert "Tên văn bản nay là:" in shown
    assert "việc khác" in shown


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": "revoked"}, "Văn phòng đã thu hồi"),
        ({"expires_at": dt.datetime(2036, 1, 1, tzinfo=dt.UTC)}, ""),
    ],
)
def test_revoked_link_is_closed_also_after_the_pin(client, passed, changes, words):
    ApprovalRequest.objects.filter(pk=passed.pk).update(**changes)

    response = client.get(SHOW)

    assert response.status_code == (410 if words else 200)
    assert words in text(response)


def test_expired_link_is_closed(client, passed):
    with time_machine.travel(passed.expires_at + dt.timedelta(minutes=1), tick=False):
        response = client.post(ASK, {"pin": PIN})

    assert response.status_code == 410
    assert "đã hết hạn" in text(response)


def test_who_is_no_leader_any_more_sees_nothing(client, place, passed):
    Membership.objects.filter(user=place.leader).update(ends_on=dt.date(2026, 1, 1))

    response = client.post(APPROVE, {"seen_version": passed.version})

    assert response.status_code == 410
    assert Plan.objects.get(pk=place.plan.pk).status == "proposed"


def test_signed_in_officer_opens_nothing_without_the_pin(client, place, opened):
    client.force_login(place.officer)

    assert goes_to(client.get(SHOW)) == ASK

"""A whole report in one request, sent again and again, late, beside others, and damaged."""

import datetime as dt
import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from reports import drafts
from reports.letters import MAX_BYTES
from reports.models import (
    Draft,
    IndicatorValue,
    MonthlyReport,
    ReportStep,
    Status,
    Submission,
)
from reports.tests.factories import (
    MONTH,
    DeadlineRuleFactory,
    IndicatorFactory,
    blank,
    content_item,
    hand_in,
    owing_unit,
    report_in,
    secretary,
)
from units.tests.factories import WardFactory

KEY = uuid.UUID(int=7)
TODAY = dt.datetime(2026, 3, 22, 9, 0, tzinfo=dt.UTC)
TYPED = {
    "contents": {"items": []},
    "counts": {"sessions": "2"},
    "result": {"result": "Đã làm tốt."},
    "difficulties": {"difficulties": "", "recommendations": ""},
}


@pytest.fixture(autouse=True)
def _today(request):
    if "threads" not in request.keywords:
        request.getfixturevalue("time_machine_at")(TODAY)


@pytest.fixture
def phone(client, unit, sessions, reporter):
    client.force_login(reporter)
    return client


def url(unit, name="send", month=MONTH):
    return reverse(f"reports:{name}", args=[unit.pk, month])


def letter(content=None, key=KEY, seen_version=1, draft_version=0, **more):
    return {
        "key": str(key),
        "seen_version": seen_version,
        "draft_version": draft_version,
        "content": TYPED if content is None else content,
        "helper": "",
        **more,
    }


def post(client, unit, sent, month=MONTH):
    body = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    return client.post(
        url(unit, month=month),
        body,
        content_type="application/json",
        headers={"accept": "application/json"},
    )


def test_letter_is_handed_in_and_gets_its_receipt(phone, ward, unit, reporter):
    item = content_item(ward)
    content = TYPED | {"contents": {"items": [str(item.pk)]}}

    response = post(phone, unit, letter(content))

    report = MonthlyReport.objects.get()
    receipt = f"TA-2026-03-{unit.pk:04}"
    at = "16:00 ngày 22/3/2026"
    assert response.json() == {
        "ok": True, "receipt": receipt, "number": 1, "at": at, "url": url(unit, "receipt")
    }  # fmt: skip
    assert (report.status, report.result) == (Status.SUBMITTED, "Đã làm tốt.")
    assert report.values.get().value == 2
    assert report.contents.get().content_item == item
    assert report.steps.get().actor == reporter
    assert report.submissions.get().receipt == receipt


def test_draft_at_the_ward_is_emptied(phone, unit, reporter):
    drafts.save_part(blank(unit), "result", {"result": "Đang"}, actor=reporter, seen_version=0)

    response = post(phone, unit, letter(draft_version=1))

    draft = Draft.objects.get()
    assert (response.status_code, draft.content, draft.version) == (200, {}, 2)


def test_other_phone_that_comes_later_is_told(phone, unit, reporter):
    post(phone, unit, letter())

    with pytest.raises(drafts.DraftConflictError):
        drafts.save_part(blank(unit), "result", {"result": "Cũ"}, actor=reporter, seen_version=0)


def test_same_letter_again_gets_the_same_receipt(phone, unit):
    first = post(phone, unit, letter())

    again = post(phone, unit, letter())

    assert (again.status_code, again.json()) == (200, first.json())
    assert (Submission.objects.count(), ReportStep.objects.count()) == (1, 1)


def test_same_letter_next_day_after_its_content_left_the_paper(phone, ward, unit, time_machine_at):
    item = content_item(ward)
    sent = letter(TYPED | {"contents": {"items": [str(item.pk)]}})
    first = post(phone, unit, sent)
    item.is_left_out = True
    item.save()
    time_machine_at(TODAY + dt.timedelta(days=1))

    assert post(phone, unit, sent).json() == first.json()


def test_same_report_under_another_key_gets_the_receipt_that_is_there(phone, unit):
    first = post(phone, unit, letter())

    other = post(phone, unit, letter(key=uuid.UUID(int=8)))

    assert (other.status_code, other.json()) == (200, first.json())
    assert Submission.objects.count() == 1


def test_other_content_under_the_key_is_a_conflict_and_waits_as_a_draft(phone, unit):
    post(phone, unit, letter())
    other = TYPED | {"result": {"result": "Khác."}}

    response = post(phone, unit, letter(other))

    answer = response.json()
    assert (response.status_code, answer["ok"], answer["url"]) == (409, False, url(unit, "check"))
    assert answer["differences"] == [{"label": "Kết quả", "mine": "Khác.", "theirs": "Đã làm tốt."}]
    assert MonthlyReport.objects.get().result == "Đã làm tốt."
    assert Draft.objects.get().content["result"] == {"result": "Khác."}


def test_key_of_another_report_is_a_conflict(phone, ward, unit):
    hand_in(owing_unit(ward, name="Chi bộ khác"), key=KEY)

    assert post(phone, unit, letter()).status_code == 409


def test_returned_meanwhile_is_stale_and_what_was_sent_waits(phone, unit, reviewer):
    report_in(Status.RETURNED, unit, reviewer)

    response = post(phone, unit, letter(TYPED | {"result": {"result": "Của tôi."}}))

    assert (response.status_code, response.json()["ok"]) == (409, False)
    assert Draft.objects.get().content["result"] == {"result": "Của tôi."}


def test_part_that_another_phone_typed_meanwhile_stays_theirs(phone, unit, reporter):
    drafts.save_part(blank(unit), "result", {"result": "Của họ."}, actor=reporter, seen_version=0)

    response = post(phone, unit, letter())

    assert response.status_code == 409
    kept = Draft.objects.get().content
    assert (kept["result"], kept["counts"]) == ({"result": "Của họ."}, {"sessions": "2"})


def test_own_save_whose_answer_was_lost_is_no_conflict(phone, unit, reporter):
    for part, typed in TYPED.items():
        drafts.save_part(blank(unit), part, typed, actor=reporter, seen_version=99)

    assert post(phone, unit, letter(draft_version=2)).status_code == 200


def test_what_is_not_understood_is_named_and_kept(phone, unit):
    wrong = TYPED | {"counts": {"sessions": "nhiều lắm"}}

    response = post(phone, unit, letter(wrong))

    answer = response.json()
    assert response.status_code == 422
    assert [(one["part"], one["name"]) for one in answer["errors"]] == [("counts", "sessions")]
    assert Draft.objects.get().content == wrong
    assert Submission.objects.count() == 0


def test_accepted_report_refuses_and_keeps(phone, unit, reviewer):
    report_in(Status.ACCEPTED, unit, reviewer)

    response = post(phone, unit, letter(TYPED | {"result": {"result": "Thêm."}}, seen_version=3))

    assert (response.status_code, response.json()["url"]) == (422, url(unit, "show"))
    assert "đã tiếp nhận" in response.json()["sentence"]
    assert Draft.objects.get().content["result"] == {"result": "Thêm."}


def test_closed_month_refuses_and_keeps(phone, ward, unit, time_machine_at):
    DeadlineRuleFactory(owner=ward, closes_after_days=3)
    time_machine_at(TODAY + dt.timedelta(days=30))

    response = post(phone, unit, letter())

    assert response.status_code == 422
    assert response.json()["sentence"].startswith("Tháng 3/2026: đã khóa từ sau ngày 28/3/2026.")
    assert Draft.objects.get().content == TYPED


@pytest.mark.parametrize(("month", "kept"), [(dt.date(2026, 4, 1), 1), (dt.date(2027, 3, 1), 0)])
def test_month_that_is_not_open_refuses(phone, unit, month, kept):
    """A clock that is wrong by a year leaves no rows behind."""
    response = post(phone, unit, letter(), month=month)

    assert (response.status_code, "mở nộp từ ngày" in response.json()["sentence"]) == (422, True)
    assert Draft.objects.count() == kept


def test_month_that_was_never_owed_leaves_nothing_behind(phone, unit):
    response = post(phone, unit, letter(), month=dt.date(2001, 1, 1))

    assert response.status_code == 422
    assert not MonthlyReport.objects.exists()


def test_nothing_said_is_refused_in_words(phone, unit):
    response = post(phone, unit, letter({"counts": {"sessions": ""}}))

    assert response.status_code == 422
    assert response.json()["sentence"].startswith("Báo cáo chưa có nội dung nào.")


def test_amendment_is_the_second_submission(phone, unit):
    post(phone, unit, letter())

    response = post(
        phone,
        unit,
        letter(
            {"result": {"result": "Sửa."}}, key=uuid.UUID(int=8), seen_version=2, draft_version=1
        ),
    )

    assert response.json()["receipt"] == f"TA-2026-03-{unit.pk:04}/2"
    assert [one.name for one in ReportStep.objects.all()] == ["submit", "amend"]


def test_helper_and_odd_spaces_are_kept_clean(phone, unit):
    post(phone, unit, letter(helper="  Nguyễn  Thị\u200b Lan "))

    assert Submission.objects.get().helper == "Nguyễn Thị Lan"


def test_half_an_emoji_does_not_keep_the_report_back(phone, unit):
    response = post(phone, unit, letter({"result": {"result": "Tốt \ud83d"}}))

    assert (response.status_code, MonthlyReport.objects.get().result) == (200, "Tốt")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"7",
        b'"x"',
        b"{}",
        b"{",
        b"\xff\xfe{}",
        b"\xef\xbb\xbf{}",
        b'{"key": NaN}',
        b'{"a": 1, "a": 2}',
        b"[" * 100_000,
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b'{"a": ' + b"[" * 21 + b"]" * 21 + b"}",
        b"x" * (MAX_BYTES + 1),
        b'{"seen_version": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda body: body[:12].decode(errors="replace") + f"…{len(body)}",
)
def test_body_that_is_no_letter_gets_a_sentence(phone, unit, body):
    response = post(phone, unit, body)

    assert (response.status_code, response.json()["ok"]) == (400, False)
    assert response.json()["sentence"].startswith("Báo cáo gửi lên")
    assert MonthlyReport.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": None},
        {"key": "x"},
        {"key": "\ud800"},
        {"key": "\x00" * 32},
        {"key": 7},
        {"seen_version": None},
        {"seen_version": "1"},
        {"seen_version": True},
        {"seen_version": -1},
        {"seen_version": 2**40},
        {"draft_version": 1.5},
        {"content": None},
        {"content": []},
        {"content": {"counts": None}},
        {"content": {"counts": ["2"]}},
        {"content": {"counts": {"sessions": 2}}},
        {"content": {"counts": {"sessions": ["2"]}}},
        {"content": {"counts": {"sessions": {"a": "2"}}}},
        {"content": {"contents": {"items": [1]}}},
        {"content": {"result": {"result": "a\x00b"}}},
        {"helper": 7},
    ],
    ids=str,
)
def test_letter_with_a_wrong_field_gets_a_sentence(phone, unit, wrong):
    response = post(phone, unit, letter() | wrong)

    assert (response.status_code, response.json()["ok"]) == (400, False)
    assert response.json()["sentence"].startswith("Báo cáo gửi lên")


def test_ticks_that_are_no_list_are_named(phone, unit):
    response = post(phone, unit, letter(TYPED | {"contents": {"items": "1"}}))

    assert [one["part"] for one in response.json()["errors"]] == ["contents"]


def test_foreign_unit_is_missing(phone, ward):
    assert post(phone, owing_unit(ward, name="Chi bộ khác"), letter()).status_code == 404


def test_reviewer_may_not_send(client, unit, reviewer):
    client.force_login(reviewer)

    assert post(client, unit, letter()).status_code == 403


def test_anonymous_phone_is_told_where_to_sign_in(client, unit):
    response = post(client, unit, letter())

    assert (response.status_code, response.json()["ok"]) == (401, False)


def test_hand_in_takes_few_queries(phone, unit, django_assert_num_queries):
    """Session with person, paper; row, lock and ground; the writes. The savepoint is the test's."""
    post(phone, unit, letter())  # what is built once is built
    apart = {"postgresql": 6, "sqlite": 12}[connection.vendor]

    with django_assert_num_queries(apart):
        post(phone, unit, letter(key=uuid.UUID(int=8)), month=dt.date(2026, 2, 1))


@pytest.mark.threads
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL")
@pytest.mark.parametrize("is_begun", [True, False])
def test_fifty_at_once_leave_one_report_and_one_receipt(is_begun):
    ward = WardFactory(name="Phường Tân An")
    IndicatorFactory(owner=ward)
    unit = owing_unit(ward)
    user, barrier = secretary(unit), Barrier(10)
    if is_begun:
        drafts.save_part(blank(unit), "result", {"result": "Đang"}, actor=user, seen_version=0)
    sent = letter(draft_version=int(is_begun))

    def send(_number):
        client = Client()
        client.force_login(user)
        barrier.wait()
        try:
            return [
                (r.status_code, r.content) for r in (post(client, unit, sent) for _ in range(5))
            ]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        answers = [one for told in pool.map(send, range(10)) for one in told]

    assert len(answers) == 50
    assert {status for status, _ in answers} == {200}
    assert len({content for _, content in answers}) == 1
    assert (MonthlyReport.objects.count(), Submission.objects.count()) == (1, 1)
    assert (ReportStep.objects.count(), IndicatorValue.objects.count()) == (1, 1)

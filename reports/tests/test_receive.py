import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.workflow import StaleError, TransitionRefusedError
from reports import drafts
from reports.models import Draft, MonthlyReport, Status
from reports.plain_text import as_text, from_text
from reports.tests.factories import (
    MONTH,
    blank,
    content_item,
    hand_in,
    owing_unit,
    report_in,
    secretary,
)
from units.models import Role
from units.tests.factories import WardFactory, member

PAGE = "admin:report_receive"
TYPED = {"counts": {"sessions": "2"}, "result": {"result": "Đã làm tốt."}}


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(dt.datetime(2026, 3, 22, 9, 0, tzinfo=dt.UTC))


@pytest.fixture
def paper(unit, sessions):
    return blank(unit)


@pytest.fixture
def message(paper):
    """What the secretary sends, with a greeting."""
    return f"Dạ em gửi báo cáo ạ\n{as_text(paper, TYPED)}"


@pytest.fixture
def desk(client, reviewer):
    client.force_login(reviewer)
    return client


def page(response):
    return response.content.decode()


def send(client, text, step="read", **typed):
    return client.post(reverse(PAGE), {"text": text, "step": step} | typed)


def keep(client, text, seen_version=0, **typed):
    return send(client, text, "save", seen_version=seen_version, **typed)


def test_message_is_shown_field_by_field_before_anything_is_kept(desk, unit, message):
    text = page(send(desk, message))

    assert '<h2 class="panel__title">Chi bộ Tổ dân phố số 12, tháng 3/2026</h2>' in text
    assert '<dt>Buổi tuyên truyền</dt><dd class="typed">2</dd>' in text
    assert "Dạ em gửi báo cáo ạ</li>" in text
    assert MonthlyReport.objects.count() == 0


def test_kept_message_is_the_draft_and_is_not_handed_in(desk, unit, paper, reviewer, message):
    response = keep(desk, message)

    assert response.headers["Location"] == reverse(PAGE)
    draft = Draft.objects.get()
    assert draft.content == from_text(message, paper).content
    assert (draft.saved_by, draft.report.status) == (reviewer, Status.DRAFT)


def test_secretary_reads_that_the_office_typed_it(client, desk, unit, message):
    keep(desk, message)
    client.force_login(secretary(unit))

    text = page(client.get(reverse("reports:check", args=[unit.pk, MONTH])))

    assert "Văn phòng đã nhập hộ" in text
    assert "Nộp báo cáo tháng 3" in text


def test_other_text_at_the_ward_is_shown_beside_it(desk, unit, paper, message):
    drafts.save_part(paper, "result", {"result": "Bản cũ."}, actor=secretary(unit), seen_version=0)

    text = page(send(desk, message))

    assert "Bản cũ." in text
    assert "Thay bằng nội dung trong tin nhắn</button>" in text


def test_draft_that_changed_meanwhile_is_not_overwritten(desk, unit, paper, message):
    drafts.save_part(paper, "result", {"result": "Bản mới."}, actor=secretary(unit), seen_version=0)

    response = keep(desk, message, seen_version=0)

    assert response.status_code == 409
    assert "Bản mới." in page(response)
    assert Draft.objects.get().content["result"] == {"result": "Bản mới."}


def test_changed_message_is_warned_about(desk, message):
    text = page(send(desk, message.replace("truyền: 2", "truyền: 20")))

    assert "đã bị sửa" in text
    assert "đã bị sửa" not in page(send(desk, message))


def test_number_that_cannot_be_read_is_told_and_kept_as_typed(desk, message):
    text = message.replace("truyền: 2", "truyền: nhiều lắm")

    assert "Chưa đọc được số này" in page(send(desk, text))
    keep(desk, text)
    assert Draft.objects.get().content["counts"] == {"sessions": "nhiều lắm"}


def test_message_without_a_code_needs_unit_and_month(desk, unit, sessions):
    typed = "Buổi tuyên truyền: 3\nKết quả: Tốt."

    asked = send(desk, typed)
    keep(desk, typed, unit=unit.pk, month="3/2026")

    assert asked.status_code == 422
    assert "đồng chí chọn đơn vị và ghi tháng" in page(asked)
    assert Draft.objects.get().content["counts"] == {"sessions": "3"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Đồng chí dán tin nhắn vào ô này."),
        ("[BC 2026-03-999999999-0000] x", "không phụ trách"),
        ("[BC 2019-03-{unit}-0000] x", "không phải báo cáo tháng 3/2019"),
    ],
)
def test_message_that_cannot_be_placed_is_refused(desk, unit, text, sentence):
    text = text.format(unit=unit.pk)

    response = send(desk, text)

    assert response.status_code == 422
    assert sentence in page(response)


def test_message_of_another_ward_is_not_taken(desk, message):
    foreign = owing_unit(WardFactory())

    response = keep(desk, as_text(blank(foreign), TYPED))

    assert response.status_code == 422
    assert Draft.objects.count() == 0


def test_accepted_report_takes_no_message(desk, unit, reviewer, message):
    report_in(Status.ACCEPTED, unit, reviewer)

    response = keep(desk, message)

    assert response.status_code == 422
    assert "mở lại báo cáo trước" in page(response)


def test_message_for_a_handed_in_report_waits_beside_it(desk, unit, paper, message):
    report = hand_in(unit)

    assert "đã nộp báo cáo này rồi" in page(send(desk, message))
    keep(desk, message.replace("Đã làm tốt.", "Sửa."))

    report.refresh_from_db()
    assert (report.status, report.result) == (Status.SUBMITTED, "Đã làm tốt.")
    assert drafts.typed_for(report, paper).is_unsent is True


@pytest.mark.parametrize("role", [Role.LEADER, Role.EDITOR, Role.ADMINISTRATOR])
def test_only_reviewers_key_in(client, ward, paper, role):
    person = member(role, ward)
    client.force_login(person)

    assert client.get(reverse(PAGE)).status_code == 403
    with pytest.raises(PermissionDenied):
        drafts.receive(paper, TYPED, actor=person, seen_version=0)


def test_secretary_and_foreign_reviewer_do_not_key_in(unit, paper):
    for person in (secretary(unit), member(Role.OFFICE, WardFactory())):
        with pytest.raises(PermissionDenied):
            drafts.receive(paper, TYPED, actor=person, seen_version=0)


def test_receiving_twice_is_once_and_on_an_old_page_is_stale(unit, paper, reviewer):
    first = drafts.receive(paper, TYPED, actor=reviewer, seen_version=0)
    again = drafts.receive(paper, TYPED, actor=reviewer, seen_version=first.version)

    assert (first.version, again.version) == (1, 1)
    with pytest.raises(StaleError):
        drafts.receive(paper, TYPED, actor=reviewer, seen_version=7)


def test_receiving_after_acceptance_is_refused(unit, paper, reviewer):
    report_in(Status.ACCEPTED, unit, reviewer)

    with pytest.raises(TransitionRefusedError, match="mở lại"):
        drafts.receive(paper, TYPED, actor=reviewer, seen_version=1)


def test_secretary_copies_the_draft_as_text(client, unit, ward, paper):
    item = content_item(ward)
    paper = blank(unit)
    content = {"contents": {"items": [str(item.pk)]}, "counts": {"sessions": "2"}}
    for number, (part, typed) in enumerate(content.items()):
        drafts.save_part(paper, part, typed, actor=secretary(unit), seen_version=number)
    client.force_login(secretary(unit))

    text = page(client.get(reverse("reports:text", args=[unit.pk, MONTH])))

    assert f"[N{item.pk}] Tuyên truyền Chỉ thị số 03\n[S{paper.core[0].pk}] Buổi" in text
    assert "readonly" in text


def test_without_a_draft_the_text_page_leads_to_the_form(client, unit, sessions):
    client.force_login(secretary(unit))

    response = client.get(reverse("reports:text", args=[unit.pk, MONTH]))

    assert response.headers["Location"] == reverse("reports:contents", args=[unit.pk, MONTH])

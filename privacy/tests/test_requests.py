"""What people may ask about their data: clocks, the copy, the erasure, the end of keeping."""

import datetime as dt
import json
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Tries, User
from core import erasures
from core.files import store_upload
from core.models import Erasure, ExportLog, OutboxMessage
from core.text import format_date
from opinions.models import OpinionNote
from privacy import clocks, persons, retention
from privacy.models import PersonalRequest, RetentionRun
from reports.days_off import DaysOff
from units.models import Role, UnitLink
from units.tests.factories import UnitFactory, WardFactory, member

pytestmark = pytest.mark.django_db
CANARY = "Canary Thị Chim"
PHONE = "+84912345678"


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-03-16", "2026-03-18"),  # Monday: Wednesday
        ("2026-03-19", "2026-03-23"),  # Thursday: over the weekend
        ("2026-04-29", "2026-05-05"),  # before the days off of April 30 and May 1
    ],
)
def test_the_answer_is_due_on_the_second_working_day(received, due):
    assert clocks.answer_due(day(received), DaysOff()) == day(due)


@pytest.mark.parametrize(
    ("kind", "needs_others", "is_extended", "due"),
    [
        ("view", False, False, "2026-03-26"),
        ("copy", False, True, "2026-04-10"),
        ("correct", True, False, "2026-03-26"),
        ("delete", False, False, "2026-04-05"),
        ("withdraw", False, False, "2026-03-31"),
        ("withdraw", True, False, "2026-04-05"),
        ("restrict", True, True, "2026-04-20"),
        ("object", False, True, "2026-04-15"),
    ],
)
def test_each_kind_has_its_clock(kind, needs_others, is_extended, due):
    found = clocks.done_due(
        kind, day("2026-03-16"), needs_others=needs_others, is_extended=is_extended
    )

    assert found == day(due)


def test_every_kind_is_known_to_the_clocks():
    assert set(clocks.DAYS) == set(PersonalRequest.Kind.values)


def asked(ward=None, **fields):
    ward = ward or WardFactory()
    return PersonalRequest.objects.create(
        **{"owner": ward, "kind": "delete", "received_on": day("2026-03-16")} | fields
    )


def test_the_clock_that_runs_is_the_answer_s_then_the_deed_s():
    one = asked()
    waiting = (one.next_due(), one.is_late(day("2026-03-18")), one.is_late(day("2026-03-19")))
    one.answered_on = day("2026-03-17")
    answered = (one.next_due(), one.is_late(day("2026-04-05")), one.is_late(day("2026-04-06")))
    one.done_on = day("2026-03-30")

    assert waiting == (day("2026-03-18"), False, True)
    assert answered == (day("2026-04-05"), False, True)
    assert (one.next_due(), one.is_late(day("2027-01-01"))) == (None, False)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"answered_on": day("2026-03-15")}, "personalrequest_answered_after_it_came"),
        ({"done_on": day("2026-03-20")}, "personalrequest_done_has_an_outcome"),
    ],
)
def test_the_database_refuses(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        asked(**fields)


def test_a_request_is_seen_by_those_who_look_after_the_ward():
    mine, other = asked(), asked()
    officer = member(Role.OFFICE, mine.owner)
    secretary = member(Role.SECRETARY, UnitFactory(parent=mine.owner))

    assert list(PersonalRequest.objects.visible_to(officer)) == [mine]
    assert list(PersonalRequest.objects.visible_to(secretary)) == []
    assert other.owner != mine.owner


def test_the_office_s_list_says_what_waits(client):
    one = asked(received_on=day("2020-03-16"))
    client.force_login(member(Role.OFFICE, one.owner))

    page = client.get("/quan-tri/privacy/personalrequest/").content.decode()

    assert "quá hạn" in page
    assert format_date(day("2020-04-05")) in page


@pytest.fixture
def person():
    """A secretary with traces in several apps."""
    cell = UnitFactory(parent=WardFactory())
    user = member(Role.SECRETARY, cell)
    user.full_name, user.phone, user.email = CANARY, PHONE, "canary@example.org"
    user.save()
    ExportLog.objects.create(user=user, name="Danh sách thử", columns="Tên", row_count=1)
    store_upload(ContentFile(b"thu", "ghi-chu.txt"), kinds=["document"], user=user)
    OpinionNote.objects.create(
        unit=cell,
        ward=cell.ward,
        month=day("2026-03-01"),
        topic="price",
        text="Giá rau tăng, bí mật của bà con.",
        key="00000000-0000-0000-0000-000000000001",
        author=user,
    )
    return user


def test_a_copy_tells_everything_that_points_to_the_person(person):
    told = persons.everything_about(person)

    assert told["tài khoản"]["họ và tên"] == CANARY
    assert told["tài khoản"]["số điện thoại"] == PHONE
    assert set(told["dữ liệu"]) >= {
        "core.ExportLog",
        "core.StoredFile",
        "opinions.OpinionNote",
        "units.Membership",
    }
    assert told["dữ liệu"]["core.ExportLog"]["dòng"][0]["danh sách"] == "Danh sách thử"


def test_a_copy_gives_no_secret_and_no_restricted_text(person):
    person.set_password("mat-khau-dai-de-thu")
    person.save()

    told = json.dumps(persons.everything_about(person), ensure_ascii=False)

    assert person.password not in told
    assert "Giá rau tăng" not in told


def test_a_copy_tells_nothing_of_others(person):
    other = User.objects.create_user(username="khac", full_name="Người Khác")
    ExportLog.objects.create(user=other, name="Của người khác", columns="Tên", row_count=1)

    assert "Của người khác" not in json.dumps(persons.everything_about(person), ensure_ascii=False)


def traces(text):
    """Every table and column of the database in which ``text`` stands."""
    from django.apps import apps

    found = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            found += [(model._meta.label, name) for name, v in row.items() if text in str(v)]
    return found


def test_after_the_erasure_no_table_knows_name_or_number(person, client):
    client.force_login(person)
    officer = member(Role.ADMINISTRATOR, person.memberships.get().unit.ward)
    assert traces(CANARY) and traces(PHONE)

    persons.erase(person, by=officer)

    assert traces(CANARY) + traces(PHONE) + traces("canary@example.org") == []
    person.refresh_from_db()
    assert (str(person), person.is_active, person.has_usable_password()) == (
        "(đã xóa)",
        False,
        False,
    )
    assert not person.memberships.active().exists()
    assert client.get("/bao-cao/").status_code == 302
    assert (Erasure.objects.get().kind, Erasure.objects.get().by) == (persons.KIND, officer)


def test_a_restored_account_is_erased_again(person):
    ledger = {
        "k" * 32: erasures.Noted(
            "k" * 32, persons.KIND, {"pk": person.pk}, "2026-03-20T00:00:00+00:00"
        )
    }

    assert erasures.apply_again(ledger) == 1
    assert erasures.apply_again(ledger) == 0

    assert traces(CANARY) == []


def test_the_commands_need_to_know_who(person, tmp_path):
    with pytest.raises(CommandError, match="--by"):
        call_command("person_data", person.username, erase=True)
    with pytest.raises(CommandError, match="Không có tài khoản"):
        call_command("person_data", "khong-co")

    call_command("person_data", person.username, to=tmp_path / "a.json", stdout=StringIO())

    assert json.loads((tmp_path / "a.json").read_text())["tài khoản"]["họ và tên"] == CANARY
    assert oct((tmp_path / "a.json").stat().st_mode)[-3:] == "600"


def test_retention_counts_first_and_deletes_what_is_over():
    now = timezone.now()
    for age in (10, 91):
        OutboxMessage.objects.create(
            channel="email",
            recipient="a@example.org",
            subject=f"{age} ngày",
            body="Thử",
            sent_at=now - dt.timedelta(days=age),
            next_attempt_at=None,
        )
    asked(done_on=day("2026-03-20"), outcome="Đã xóa")
    old = {"received_on": day("2020-03-16"), "done_on": day("2020-03-20"), "outcome": "Đã xóa"}
    asked(**old)
    held = asked(**old, is_held=True)
    for key, minutes in (("a", -1), ("b", 5)):
        Tries.objects.create(key=key, at=[], ends_at=now + dt.timedelta(minutes=minutes))
    out = StringIO()

    call_command("retention", dry_run=True, stdout=out)
    assert (OutboxMessage.objects.count(), RetentionRun.objects.count()) == (2, 0)
    call_command("retention", stdout=out)

    assert [one.subject for one in OutboxMessage.objects.all()] == ["10 ngày"]
    assert retention.due() == {"sessions": 0, "tries": 0, "messages": 0, "requests": 0}
    assert PersonalRequest.objects.filter(pk=held.pk).exists()
    deleted = {"sessions": 0, "tries": 1, "messages": 1, "requests": 1}
    assert RetentionRun.objects.get().counts == deleted
    assert Tries.objects.get().key == "b"
    assert "chưa xóa: 1 thư" in out.getvalue()
    assert "Đã xóa: 1 thư" in out.getvalue()


def test_a_copy_holds_nothing_that_opens_a_door(person):
    Authenticator.objects.create(user=person, type="totp", data={"secret": "SEALED"})
    cell = person.memberships.get().unit
    UnitLink.objects.create(
        unit=cell, nonce="N" * 32, token_hash="T" * 64, pin="pbkdf2$PIN", issued_by=person
    )

    told = json.dumps(persons.everything_about(person))

    assert "mfa.Authenticator" in told
    assert "units.UnitLink" in told
    assert [one for one in ("SEALED", "N" * 32, "T" * 64, "pbkdf2$PIN") if one in told] == []


def test_an_erased_person_keeps_no_second_factor(person):
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})

    persons.erase(person, by=person)

    assert not Authenticator.objects.exists()

"""What was deleted stays deleted, also after a backup from before was restored."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from products.models import Suggestion, SuggestionContact
from products.residents import codes, erasures, workflow
from units.tests.factories import WardFactory

pytestmark = pytest.mark.django_db
CONTACT = "0912 888 777"


def message(ward, code):
    suggestion = Suggestion.objects.create(
        owner=ward, kind="product", product_name="Mắm", code_hash=codes.hash_of(code)
    )
    leave_contact(suggestion)
    return suggestion


def leave_contact(suggestion):
    SuggestionContact.objects.create(
        suggestion=suggestion,
        contact=CONTACT,
        consent=1,
        consented_at=timezone.now(),
        kept_until=timezone.localdate() + dt.timedelta(days=365),
    )


def back(suggestion):
    """As the backup has it."""
    Suggestion.objects.filter(pk=suggestion.pk).update(contact_ended="", contact_ended_on=None)
    leave_contact(suggestion)


def test_a_withdrawal_is_noted_without_the_contact_and_done_again(ward_file, capsys):
    ward = WardFactory()
    withdrawn, kept = message(ward, "A" * 40), message(ward, "B" * 40)
    workflow.withdraw_contact(withdrawn)
    back(withdrawn)

    call_command("erase_again")
    call_command("erase_again")

    assert list(SuggestionContact.objects.values_list("suggestion", flat=True)) == [kept.pk]
    withdrawn.refresh_from_db()
    assert (withdrawn.contact_ended, withdrawn.contact_ended_on) == (
        "withdrawn",
        timezone.localdate(),
    )
    assert [json.loads(line) for line in ward_file.read_text().splitlines()] == [
        {
            "code_hash": withdrawn.code_hash,
            "why": "withdrawn",
            "on": timezone.localdate().isoformat(),
        }
    ]
    assert capsys.readouterr().out == ("Đã xóa lại: 1 cách liên hệ.\nĐã xóa lại: 0 cách liên hệ.\n")


def test_what_ended_by_its_day_is_done_again(ward_file):
    suggestion = message(WardFactory(), "A" * 40)
    workflow.delete_over(timezone.localdate() + dt.timedelta(days=400))
    back(suggestion)

    assert workflow.erase_again() == 1


def test_half_a_line_after_a_power_cut_is_left_out(ward_file):
    erasures.note([erasures.Erasure("x", "withdrawn", "2026-11-29")])
    with ward_file.open("a") as file:
        file.write('{"code_hash": "y", "wh')

    assert [one.code_hash for one in erasures.noted()] == ["x"]


def test_a_list_that_cannot_be_written_stops_no_deletion(settings, tmp_path, caplog):
    settings.ERASURES_FILE = tmp_path  # a folder
    suggestion = message(WardFactory(), "A" * 40)

    assert workflow.withdraw_contact(suggestion)
    assert not SuggestionContact.objects.exists()
    assert "not added to the list of erasures" in caplog.text


@pytest.fixture
def ward_file(settings, tmp_path):
    settings.ERASURES_FILE = tmp_path / "list" / "erasures.jsonl"
    return settings.ERASURES_FILE

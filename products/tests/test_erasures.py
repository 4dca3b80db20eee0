"""What was deleted stays deleted, also after a backup from before was restored."""

import datetime as dt

import pytest
from django.utils import timezone

from core import erasures
from core.models import Erasure
from products.models import Suggestion, SuggestionContact
from products.residents import codes, workflow
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


def back_to_before(*suggestions):
    """As a backup from before the deletions has it."""
    Erasure.objects.all().delete()
    for one in suggestions:
        Suggestion.objects.filter(pk=one.pk).update(contact_ended="", contact_ended_on=None)
        leave_contact(one)


def test_a_withdrawal_is_noted_without_the_contact_and_done_again(
    django_capture_on_commit_callbacks,
):
    ward = WardFactory()
    withdrawn, kept = message(ward, "A" * 40), message(ward, "B" * 40)
    with django_capture_on_commit_callbacks(execute=True):
        workflow.withdraw_contact(withdrawn)
    back_to_before(withdrawn)

    known = erasures.known()
    assert (erasures.apply_again(known), erasures.apply_again(known)) == (1, 0)

    assert list(SuggestionContact.objects.values_list("suggestion", flat=True)) == [kept.pk]
    withdrawn.refresh_from_db()
    today = timezone.localdate()
    assert (withdrawn.contact_ended, withdrawn.contact_ended_on) == ("withdrawn", today)
    assert [one.what for one in known.values()] == [
        {"code_hash": withdrawn.code_hash, "why": "withdrawn", "on": today.isoformat()}
    ]


def test_what_ended_by_its_day_is_done_again(django_capture_on_commit_callbacks):
    suggestion = message(WardFactory(), "A" * 40)
    with django_capture_on_commit_callbacks(execute=True):
        assert workflow.delete_over(timezone.localdate() + dt.timedelta(days=400)) == 1
    back_to_before(suggestion)

    assert erasures.apply_again(erasures.known()) == 1
    assert not SuggestionContact.objects.exists()

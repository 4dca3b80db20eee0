"""A content of the demonstration's plan goes out in three forms, by two people."""

import pytest
from django.utils import timezone

from outreach.content import demonstration, kinds
from plans import standing
from plans.tests.factories import ContentItemFactory, PlanFactory
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db


def test_content_goes_out_in_three_forms_and_counts_in_each(client):
    ward = WardFactory()
    author, approver = member(Role.PROPAGANDA, ward), member(Role.OFFICE, ward)
    plan = PlanFactory(owner=ward)
    ContentItemFactory(plan=plan)
    item = ContentItemFactory(plan=plan, text="Tuyên truyền về quyền của người tiêu dùng.")

    demonstration.load(ward, author=author, approver=approver)

    pieces = [kind.model.objects.get() for kind in kinds.every() if kind.model.objects.exists()]
    assert [piece.noun for piece in pieces] == ["bài viết", "tin Zalo", "áp phích"]
    for piece in pieces:
        assert (piece.status, piece.content_item) == ("published", item)
        assert list(piece.steps.values_list("name", "actor")) == [
            ("submit", author.pk),
            ("approve", approver.pk),
            ("publish", author.pk),
        ]
    month = timezone.localdate(pieces[0].published_at).replace(day=1)
    counts = standing.counts_of(ward, [item], [month])[item.pk][month]
    assert {noun: counts[noun] for noun in ("bài viết", "tin Zalo", "áp phích")} == {
        "bài viết": 1,
        "tin Zalo": 1,
        "áp phích": 1,
    }
    assert client.get(pieces[0].get_absolute_url()).status_code == 200


def test_without_a_plan_there_is_nothing_to_tell():
    ward = WardFactory()

    demonstration.load(ward, author=None, approver=None)

    assert not any(kind.model.objects.exists() for kind in kinds.every())

"""Two people decide at once; tried with real threads on PostgreSQL, where they run side by side."""

import threading

import pytest
from django.db import connection, connections

from core.workflow import TransitionRefusedError
from outreach.content.workflow import APPROVE, RETURN, take
from outreach.models import Article
from outreach.tests.factories import ArticleFactory
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = [pytest.mark.threads, pytest.mark.django_db(transaction=True)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other")
@pytest.mark.parametrize("other", [APPROVE, RETURN])
def test_of_two_people_at_once_one_wins_and_the_other_gets_a_sentence(other):
    ward = WardFactory()
    officers = [member(Role.OFFICE, ward), member(Role.PROPAGANDA, ward)]
    article = ArticleFactory(owner=ward, status="submitted")
    meet, answers = threading.Barrier(2, timeout=30), []

    def decide(officer, step):
        try:
            meet.wait()
            take(step, article, actor=officer, seen_version=1, reason="Thiếu nguồn")
            answers.append("")
        except TransitionRefusedError as error:
            answers.append(str(error))
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=decide, args=pair)
        for pair in zip(officers, (APPROVE, other), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    fresh = Article.objects.get()
    assert (fresh.version, fresh.steps.count()) == (2, 1)
    assert sorted(map(bool, answers)) == [False, True]

"""What the command does each minute."""

import datetime as dt
import threading
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from outreach.content import clock
from outreach.models import Article, ArticleStep
from outreach.tests.factories import WENT_OUT, ArticleFactory, PosterFactory, ShortTextFactory
from plans.models import LegalInstrument
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def officer(ward):
    return member(Role.OFFICE, ward)


def due(ward, officer, count=1, at=WENT_OUT, factory=ArticleFactory):
    pieces = factory.create_batch(count, owner=ward, status="scheduled", author=officer, due_at=at)
    return pieces if count > 1 else pieces[0]


def test_nothing_goes_out_a_second_early_and_all_on_the_minute(ward, officer):
    article, poster = due(ward, officer), due(ward, officer, factory=PosterFactory)

    assert clock.run(WENT_OUT - SECOND).total == 0
    assert clock.run(WENT_OUT).published == 2
    article.refresh_from_db()
    poster.refresh_from_db()
    assert (article.status, article.published_at, article.due_at) == ("published", WENT_OUT, None)
    assert poster.status == "published"
    step = article.steps.get()
    assert (step.name, step.actor, step.reason) == ("due", officer, "Hẹn 07:30 ngày 15/3/2026.")


def test_a_second_run_does_nothing(ward, officer):
    due(ward, officer, count=3)

    with time_machine.travel(WENT_OUT, tick=False):
        out = StringIO()
        call_command("publish_due", stdout=out)
        call_command("publish_due", stdout=out)

    assert out.getvalue().splitlines() == [
        "Đã phát hành 3, giữ lại 0, rút xuống 0.",
        "Đã phát hành 0, giữ lại 0, rút xuống 0.",
    ]
    assert ArticleStep.objects.count() == 3


def test_a_text_for_zalo_waits_for_a_person(ward, officer):
    text = due(ward, officer, factory=ShortTextFactory)

    assert clock.run(WENT_OUT).total == 0
    assert list(type(text).objects.waiting_for_hands()) == [text]


def test_what_rests_on_a_replaced_instrument_is_sent_back_with_the_sentence(ward, officer):
    article = due(ward, officer)
    article.bases.add(
        LegalInstrument.objects.create(
            owner=ward, document_type="Nghị định", code="08/2018/NĐ-CP", status="replaced"
        )
    )

    assert clock.run(WENT_OUT).held_back == 1

    article.refresh_from_db()
    assert (article.status, article.due_at) == ("returned", None)
    assert article.steps.get().reason == (
        "Căn cứ Nghị định 08/2018/NĐ-CP đã được thay thế. Sửa lời và căn cứ cho đúng rồi trình lại."
    )


@pytest.mark.parametrize(("status", "is_down"), [("expired", True), ("replaced", False)])
def test_expired_basis_takes_the_article_down_a_replaced_one_leaves_it(
    ward, officer, status, is_down
):
    article = ArticleFactory(owner=ward, author=officer, status="published")
    article.bases.add(
        LegalInstrument.objects.create(
            owner=ward, document_type="Nghị định", code="08/2018/NĐ-CP", status=status
        )
    )

    clock.run(WENT_OUT)

    article.refresh_from_db()
    assert (article.status == "withdrawn") is is_down
    if is_down:
        assert article.steps.get().reason == "Căn cứ Nghị định 08/2018/NĐ-CP hết hiệu lực."


def test_a_last_day_takes_it_down_on_that_day(ward, officer):
    article = ArticleFactory(
        owner=ward, author=officer, status="published", expires_on=dt.date(2026, 3, 16)
    )

    assert clock.run(WENT_OUT).withdrawn == 0
    assert clock.run(WENT_OUT + dt.timedelta(days=1)).withdrawn == 1
    article.refresh_from_db()
    assert article.steps.get().reason == "Hết hạn từ 16/3/2026."


def test_a_chunk_reads_with_a_fixed_number_of_queries(ward, officer):
    due(ward, officer, count=3)
    with CaptureQueriesContext(connection) as few:
        clock.run(WENT_OUT)
    due(ward, officer, count=12)
    with CaptureQueriesContext(connection) as many:
        clock.run(WENT_OUT)

    reads = [sum("SELECT" in one["sql"] for one in asked) for asked in (few, many)]
    assert reads[0] == reads[1]


@pytest.mark.threads
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other")
def test_four_commands_at_once_publish_each_once(monkeypatch):
    ward = WardFactory()
    officer = member(Role.OFFICE, ward)
    due(ward, officer, count=40)
    monkeypatch.setattr(clock, "CHUNK", 5)
    meet, faults, counts = threading.Barrier(4, timeout=30), [], []

    def work():
        try:
            meet.wait()
            counts.append(clock.run(WENT_OUT).published)
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert (faults, sum(counts)) == ([], 40)
    assert Article.objects.filter(status="published").count() == 40
    assert ArticleStep.objects.count() == 40

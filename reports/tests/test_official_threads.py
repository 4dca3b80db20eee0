"""Two officers finalise one document at the same moment, with real threads. SQLite has one writer."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from core.workflow import StaleError, TransitionRefusedError
from reports.models import ConsolidatedReport, ConsolidatedSource
from reports.official import freezing
from reports.spans import Span
from reports.statistics import Scope
from reports.tests.factories import IndicatorFactory, owing_unit
from reports.tests.official import MARCH, given
from reports.workflow import consolidated
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = [
    pytest.mark.threads,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL"),
]


def _together(*calls):
    """Run ``calls`` at the same moment; what each returned, or the refusal that it raised."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait()
        try:
            return call()
        except (StaleError, TransitionRefusedError) as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.fixture
def ward(db):
    ward = WardFactory()
    sessions = IndicatorFactory(owner=ward)
    for count in (2, 3):
        given(owing_unit(ward), MARCH, (sessions, count))
    return ward


@pytest.fixture
def officers(ward):
    return [member(Role.OFFICE, ward) for _ in range(2)]


def _draw(ward, officer):
    return consolidated.create(Scope(ward), Span.parse("2026-q1"), "PARTY_HD05", actor=officer)


def test_two_who_finalise_leave_one_snapshot(ward, officers):
    document, _ = _draw(ward, officers[0])
    seen = consolidated.figures_seen(consolidated.figures_of(document))

    outcomes = _together(
        *(
            lambda actor=actor: consolidated.finalise(
                ConsolidatedReport.objects.get(), actor=actor, seen_version=1, seen_figures=seen
            )
            for actor in officers
        )
    )

    document.refresh_from_db()
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert len(refused) == 1
    assert (document.status, document.version) == ("finalised", 2)
    assert [step.name for step in document.steps.all()] == ["finalise"]
    assert ConsolidatedSource.objects.count() == 2
    assert freezing.is_untouched(document)


def test_finalising_beside_an_edit_keeps_what_was_seen(ward, officers):
    """Whoever comes second is told; the text that was frozen is the text of its version."""
    document, _ = _draw(ward, officers[0])
    seen = consolidated.figures_seen(consolidated.figures_of(document))
    content = consolidated.content_of(document)
    content.texts["causes"] = "Thời điểm sau Tết."

    outcomes = _together(
        lambda: consolidated.finalise(
            ConsolidatedReport.objects.get(), actor=officers[0], seen_version=1, seen_figures=seen
        ),
        lambda: consolidated.save_content(
            ConsolidatedReport.objects.get(), content, actor=officers[1], seen_version=1
        ),
    )

    document.refresh_from_db()
    assert sum(isinstance(one, Exception) for one in outcomes) == 1
    assert (document.version, document.texts.count()) in {(2, 1), (2, 2)}
    if document.snapshot is not None:
        assert freezing.thaw(document.snapshot).sections["causes"].text == ""


def test_two_who_draw_get_one_document(ward, officers):
    outcomes = _together(*(lambda actor=actor: _draw(ward, actor) for actor in officers))

    assert sorted(is_new for _, is_new in outcomes) == [False, True]
    assert ConsolidatedReport.objects.count() == 1

"""Who reads where; with real engines it is tried in campaign_portal/tests/test_several_machines.py."""

import pytest
from django.core.cache import cache
from django.db.utils import OperationalError
from django.http import HttpResponse

from core import replica
from core.replica import ALIAS, Router
from products import public
from units.models import Unit
from units.tests.factories import UserFactory


@pytest.fixture
def fit(monkeypatch):
    """A portal with a replica; set ``["is"]`` to False for one that is not fit."""
    monkeypatch.setattr(replica, "is_set_up", lambda: True)
    state = {"is": True, "rests": 0}
    monkeypatch.setattr(replica, "is_fit", lambda at_least: state["is"])
    monkeypatch.setattr(replica, "_rest", lambda: state.update(rests=state["rests"] + 1))
    return state


def where():
    return Router().db_for_read(Unit), Router().db_for_write(Unit)


def test_without_a_replica_everything_is_the_primary():
    assert replica.read(where) == ("default", "default")


def test_only_the_block_reads_the_replica_and_nothing_is_written_there(fit):
    assert replica.read(where) == (ALIAS, "default")
    assert where() == ("default", "default")
    assert Router().allow_migrate(ALIAS, "units") is False


def test_a_replica_that_lags_is_left_alone(fit):
    fit["is"] = False

    assert replica.read(where) == ("default", "default")


def test_a_replica_that_fails_is_rested_and_the_primary_answers(fit):
    def job():
        if replica.alias() == ALIAS:
            raise OperationalError("gone")
        return replica.alias()

    assert (replica.read(job), fit["rests"]) == ("default", 1)


def lost_primary():
    if replica.alias() != ALIAS:
        raise OperationalError("gone")
    return replica.alias()


def test_without_the_primary_an_old_replica_is_better_than_no_page(fit):
    fit["is"] = False

    assert replica.read(lost_primary) == ALIAS


def test_one_s_own_write_is_never_answered_by_an_old_replica(fit):
    fit["is"] = False

    with pytest.raises(OperationalError):
        replica.read(lost_primary, at_least="0/16B3748")


@pytest.fixture
def officer(db, fit, monkeypatch):
    monkeypatch.setattr(replica, "log_place", lambda: "0/A")
    return UserFactory()


def asked(rf, user, method="get", view=lambda request: HttpResponse()):
    request = getattr(rf, method)("/")
    request.user = user
    return view(request)


def written(rf, user, method):
    asked(rf, user, method, replica.WrittenMiddleware(lambda request: HttpResponse()))


def test_who_wrote_reads_nothing_older(rf, officer, monkeypatch):
    places = []
    monkeypatch.setattr(replica, "read", lambda job, at_least: places.append(at_least) or job())
    figures = replica.reads_replica(lambda request: HttpResponse())

    asked(rf, officer, view=figures)
    written(rf, officer, "get")
    asked(rf, officer, view=figures)
    written(rf, officer, "post")
    asked(rf, officer, view=figures)
    asked(rf, UserFactory(), view=figures)

    assert places == ["0/0", "0/0", "0/A", "0/0"]


def test_an_answer_goes_out_though_the_primary_is_lost_behind_it(rf, officer, monkeypatch):
    def lost():
        raise OperationalError("gone")

    monkeypatch.setattr(replica, "log_place", lost)
    written(rf, officer, "post")

    assert cache.get(replica._key(officer.pk)) == replica.NEVER


def test_what_is_sent_is_never_answered_from_the_replica(rf, officer):
    assert asked(rf, officer, "post", replica.reads_replica(lambda request: where())) == (
        "default",
        "default",
    )


@pytest.mark.parametrize(("cookies", "count"), [({}, 1), ({"sessionid": "x"}, 0)])
def test_residents_read_the_replica_and_who_is_signed_in_does_not(rf, monkeypatch, cookies, count):
    calls = []
    monkeypatch.setattr(replica, "read", lambda job: calls.append(1) or job())
    request = rf.get("/")
    request.COOKIES.update(cookies)

    assert public._read(request, lambda: "page") == "page"
    assert len(calls) == count

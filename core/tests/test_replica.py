"""Who reads where; with real engines it is tried in campaign_portal/tests/test_several_machines.py."""

import pytest
from django.db.utils import OperationalError

from core import replica
from core.replica import ALIAS, Router
from units.models import Unit


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

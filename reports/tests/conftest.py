import pytest
import time_machine

from reports.tests.factories import IndicatorFactory, owing_unit, secretary
from units.models import Role
from units.tests.factories import WardFactory, member


@pytest.fixture
def ward(db):
    return WardFactory(name="Phường Tân An")


@pytest.fixture
def unit(ward):
    return owing_unit(ward, name="Chi bộ Tổ dân phố số 12")


@pytest.fixture
def sessions(ward):
    return IndicatorFactory(owner=ward)


@pytest.fixture
def reporter(unit):
    return secretary(unit)


@pytest.fixture
def reviewer(ward):
    return member(Role.PROPAGANDA, ward)


@pytest.fixture
def time_machine_at():
    """Freeze the clock at a moment for the rest of the test."""
    travellers = []

    def travel(moment):
        traveller = time_machine.travel(moment, tick=False)
        traveller.start()
        travellers.append(traveller)

    yield travel
    for traveller in travellers:
        traveller.stop()

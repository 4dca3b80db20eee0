import datetime as dt
import uuid

import pytest
import time_machine

from opinions import workflow
from opinions.tests.factories import MONTH, OpinionSettingFactory
from units.models import ReportingDuty, Role
from units.tests.factories import OPENED, UnitFactory, WardFactory, member


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2026, 3, 22, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def ward(db):
    return WardFactory(name="Phường Tân An")


@pytest.fixture
def unit(ward):
    unit = UnitFactory(parent=ward, name="Chi bộ Tổ dân phố số 12")
    ReportingDuty.objects.create(unit=unit, starts_on=OPENED)
    return unit


@pytest.fixture
def secretary(unit):
    return member(Role.SECRETARY, unit)


@pytest.fixture
def reader(ward):
    return member(Role.PROPAGANDA, ward)


@pytest.fixture
def open_ward(ward):
    return OpinionSettingFactory(ward=ward).ward


@pytest.fixture
def send(unit, secretary, open_ward):
    """Send a note about prices as the unit's secretary, or what is given."""

    def sent(text="Giá rau tăng.", **given):
        typed = {"topic": "price", "key": uuid.uuid4(), "actor": secretary} | given
        return workflow.send(unit, MONTH, text=text, **typed)

    return sent

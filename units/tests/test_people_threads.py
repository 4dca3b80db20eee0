"""One telephone number for two people at the same moment, with real threads. SQLite has one writer."""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from django.db import connection, connections, transaction

from accounts.models import User
from core.files import open_stored
from core.imports import read_table
from core.workflow import TransitionRefusedError
from units import handover, imports
from units.imports.columns import find_header
from units.models import Membership, Role, Unit, UnitChange, UnitImport, UnitLink
from units.tests.factories import UnitFactory, UserFactory, WardFactory, member
from units.tests.sheets import HEADER, upload, workbook

pytestmark = [
    pytest.mark.threads,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL"),
]
TODAY = dt.date(2026, 7, 10)
PHONE = "+84912345678"
TAKEN = (
    "Số 0912 345 678 vừa được ghi cho một tài khoản khác. Chưa ghi gì, đồng chí xem lại số rồi ghi "
    "lại."
)


def _meanwhile(first, second):
    """``second`` begins while ``first`` is written and not yet kept; what it returned or raised."""

    def run():
        try:
            return second()
        except TransitionRefusedError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool, ExitStack() as open_still:
        open_still.enter_context(transaction.atomic())
        first()
        waiting = pool.submit(run)
        _wait_for_a_lock()
        open_still.close()
        return waiting.result(timeout=60)


def _wait_for_a_lock():
    """Until another connection waits for what this one holds."""
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted "
                "AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    pytest.fail("nobody waited")


def _counts():
    return (
        User.objects.count(),
        Unit.objects.count(),
        Membership.objects.count(),
        UnitLink.objects.count(),
        UnitChange.objects.count(),
    )


def _hand_over(cell, name):
    officer = member(Role.OFFICE, cell.ward)
    asked = handover.HandOver(cell, name, PHONE, TODAY)
    shown = handover.preview(asked, actor=officer, today=TODAY)
    return lambda: handover.carry_out(asked, actor=officer, seen=shown.seen, today=TODAY)


def _import(ward, *row):
    officer = member(Role.OFFICE, ward)
    one = imports.keep(ward, upload(workbook(HEADER, row)), user=officer)

    def plan():
        with open_stored(one.source) as file:
            header = find_header(read_table(file))
        return imports.plan(ward, header, header.columns, actor=officer, today=TODAY)

    shown = plan()
    return lambda: imports.apply(one, plan, seen=shown.seen, actor=officer)


def test_two_hand_overs_with_one_number_are_one():
    first, second = (
        _hand_over(UnitFactory(parent=WardFactory()), name) for name in ("Lê Văn An", "Lê Thị Bé")
    )
    kept = []

    outcome = _meanwhile(lambda: (first(), kept.append(_counts())), second)

    assert str(outcome) == TAKEN
    assert kept == [_counts()]
    assert User.objects.get(phone=PHONE).full_name == "Lê Văn An"


def test_two_people_of_one_name_at_once_have_two_accounts():
    cells = [UnitFactory(parent=WardFactory()) for _ in range(2)]
    first = _hand_over(cells[0], "Lê Văn An")
    officer = member(Role.OFFICE, cells[1].ward)
    asked = handover.HandOver(cells[1], "Lê Văn An", "+84987654321", TODAY)
    shown = handover.preview(asked, actor=officer, today=TODAY)

    done = _meanwhile(
        first, lambda: handover.carry_out(asked, actor=officer, seen=shown.seen, today=TODAY)
    )

    assert done.person.username == "le-van-an-2"


@pytest.mark.parametrize("stands", [False, True])
def test_an_import_beside_a_hand_over_with_one_number_writes_nothing(stands):
    ward = WardFactory()
    if stands:
        unit = UnitFactory(parent=ward, name="Chi bộ 1")
        member(Role.SECRETARY, unit, user=UserFactory(full_name="Lê Thị Bé"))
    first = _hand_over(UnitFactory(parent=WardFactory()), "Lê Văn An")
    second = _import(ward, 1, "Chi bộ 1", "Lê Thị Bé", "0912345678")
    kept = []

    outcome = _meanwhile(lambda: (first(), kept.append(_counts())), second)

    assert str(outcome) == TAKEN
    assert kept == [_counts()]
    assert UnitImport.objects.get().applied_at is None


def test_two_hand_overs_in_one_ward_wait_for_each_other():
    ward = WardFactory()
    first, second = (
        _hand_over(UnitFactory(parent=ward), name) for name in ("Lê Văn An", "Lê Thị Bé")
    )

    outcome = _meanwhile(first, second)

    assert str(outcome) == (
        "Số 0912 345 678 đang là của đồng chí Lê Văn An. Nếu đúng là người đó, đồng chí ghi đúng họ "
        "tên; nếu không, xem lại số."
    )

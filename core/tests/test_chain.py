"""The chain over rows that are written once: every change of a sealed row shows, most are refused."""

import datetime as dt
import random
import threading
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction

from accounts.models import User
from core import chain
from core.chain import guard, links
from core.models import ExportLog, Seal

LABEL = "core.ExportLog"
AT = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
TABLE = ExportLog._meta.db_table


def write(user, count, *, name="báo cáo"):
    return ExportLog.objects.bulk_create(
        ExportLog(user=user, at=AT, name=f"{name} {number}", columns="Tên", row_count=number)
        for number in range(count)
    )


@pytest.fixture
def user(db):
    return User.objects.create_user(username="can-bo", full_name="Cán bộ")


@pytest.fixture
def owner(db):
    """Whoever owns the tables takes the guard away first."""
    guard.remove()


def places():
    return [(one.label, one.sequence) for one in chain.check()]


def test_sealed_rows_form_one_chain(user):
    rows = write(user, 3)

    assert chain.seal() == 3
    write(user, 2, name="muộn")
    assert (chain.seal(), chain.seal()) == (2, 0)

    kept = ExportLog.objects.order_by("pk").values_list("sequence", flat=True)
    assert list(kept) == [1, 2, 3, 4, 5]
    assert ExportLog.objects.get(pk=rows[0].pk).hash != ExportLog.objects.get(pk=rows[1].pk).hash
    assert chain.check() == []


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET row_count = 9 WHERE sequence = 2",
        f"UPDATE {TABLE} SET hash = NULL, sequence = NULL WHERE sequence = 2",
        f"DELETE FROM {TABLE} WHERE sequence = 2",
    ],
)
def test_the_database_refuses_to_touch_a_sealed_row(user, statement):
    write(user, 3)
    chain.seal()

    with (
        pytest.raises(IntegrityError, match=guard.REFUSAL),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_what_is_not_sealed_is_no_ones_evidence(user):
    write(user, 1)

    ExportLog.objects.update(name="sửa trước khi niêm")
    chain.seal()

    assert chain.check() == []


COLUMNS = ("user_id", "at", "name", "query", "columns", "row_count", "wards", "hash", "sequence")


def spoil(rng, other):
    """One change that an owner of the database could make; the place where it must show."""
    rows = list(ExportLog.objects.order_by("sequence").values())
    row = rng.choice(rows)
    mine = ExportLog.objects.filter(pk=row["id"])
    kind = rng.choice(["edit", "delete", "swap", "unseal", "twice"])
    if kind == "edit":
        column = rng.choice(COLUMNS)
        changed = {
            "user_id": other.pk,
            "at": AT + dt.timedelta(microseconds=rng.randint(1, 10**6)),
            "row_count": row["row_count"] + rng.randint(1, 50),
            "sequence": row["sequence"] + len(rows) + rng.randint(1, 5),
            "hash": f"{rng.getrandbits(256):064x}",
        }.get(column, f"{row.get(column)}{rng.randint(0, 9)}")
        mine.update(**{column: changed})
    elif kind == "delete":
        mine.delete()
    elif kind == "swap":
        another = rng.choice([one for one in rows if one["id"] != row["id"]])
        mine.update(sequence=another["sequence"])
        ExportLog.objects.filter(pk=another["id"]).update(sequence=row["sequence"])
        return min(row["sequence"], another["sequence"])
    elif kind == "unseal":
        mine.update(sequence=None, hash=None)
    else:
        ExportLog.objects.create(**{name: row[name] for name in row if name != "id"})
        return row["sequence"] + 1
    return row["sequence"]


def test_every_one_of_a_thousand_changes_is_found_at_its_place(user, owner):
    other = User.objects.create_user(username="khac")
    write(user, 12)
    chain.seal()
    write(user, 5, name="muộn")
    chain.seal()
    rng, missed = random.Random(5), []

    for number in range(1000):
        undo = transaction.savepoint()
        place = spoil(rng, other)
        if places() != [(LABEL, place)]:
            missed.append((number, place, places()))
        transaction.savepoint_rollback(undo)

    assert missed == []


def test_a_chain_computed_anew_is_not_signed(user, owner):
    """Who rewrites rows, hashes and seals all together lacks the server's key."""
    write(user, 3)
    chain.seal()
    before = links.START
    for row in ExportLog.objects.order_by("sequence").values():
        row["row_count"] += 1
        before = links.link(before, LABEL, row["sequence"], row, links.field_names(ExportLog))
        ExportLog.objects.filter(pk=row["id"]).update(row_count=row["row_count"], hash=before)
    seal = Seal.objects.get(label=LABEL)
    seal.hash = before
    seal.signature = links.signature(seal.words, "another-key")
    seal.save()

    assert (LABEL, 3) in places()


def test_an_end_cut_off_with_its_seals_shows_beside_the_files(user, owner):
    write(user, 3)
    chain.seal()
    write(user, 2, name="muộn")
    chain.seal()
    ExportLog.objects.filter(sequence__gt=3).delete()
    Seal.objects.filter(label=LABEL, sequence=5).delete()

    assert places() == [(LABEL, 5)]


def test_a_changed_seal_beside_the_files_shows(user):
    write(user, 1)
    chain.seal()
    (name,) = default_storage.listdir("seals")[1]
    path = Path(default_storage.path(f"seals/{name}"))
    told = path.read_text()
    path.chmod(0o600)
    path.write_text(told.replace(": [1,", ": [0,"))

    assert places() == [("seals", 0)]


def test_old_seals_hold_after_the_key_was_changed(user, settings):
    write(user, 2)
    chain.seal()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-sufficient-length-" * 2

    assert chain.check() == []


def test_the_command_names_the_first_broken_row(user, owner):
    rows = write(user, 4)
    call_command("seal_steps", stdout=StringIO())
    out = StringIO()
    call_command("check_chain", stdout=out)
    assert "nguyên vẹn: 4 dòng" in out.getvalue()
    ExportLog.objects.filter(pk__in=[rows[1].pk, rows[3].pk]).update(name="khác")

    with pytest.raises(CommandError, match=rf"mắt xích 2, dòng số {rows[1].pk}: nội dung khác"):
        call_command("check_chain")


def test_all_steps_and_readings_have_a_chain():
    labels = {model._meta.label for model in links.chained_models()}

    assert labels >= {
        "approvals.ApprovalStep",
        "core.Erasure",
        "core.ExportLog",
        "opinions.OpinionDecision",
        "opinions.OpinionReading",
        "plans.PlanStep",
        "products.ProductStep",
        "products.SuggestionStep",
        "reports.ConsolidatedStep",
        "reports.ReportStep",
    }


@pytest.mark.threads
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_writers_and_sealers_at_once_make_one_chain():
    user = User.objects.create_user(username="can-bo")

    def work(act):
        try:
            for _ in range(15):
                act()
        finally:
            connections.close_all()

    acts = [lambda: write(user, 4)] * 3 + [chain.seal] * 3
    threads = [threading.Thread(target=work, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    chain.seal()

    assert chain.check() == []
    assert Seal.objects.latest("sequence").sequence == ExportLog.objects.count() == 180

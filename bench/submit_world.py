"""``python -m bench.submit_world make|check …``: the portal's side of the load, in its settings.

``make`` founds a ward with units, secretaries who are signed in, a plan and indicators;
``check`` compares every receipt that a phone holds with the database.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  after the settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.db import connection  # noqa: E402
from django.middleware.csrf import _get_new_csrf_string, _mask_cipher_secret  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from bench import submit_jobs as jobs  # noqa: E402
from core.models import StoredFile  # noqa: E402
from core.text import fold, month_slug, previous_month, sort_key  # noqa: E402
from plans.models import ContentItem, Plan  # noqa: E402
from reports import setup as reports_setup  # noqa: E402
from reports.checks import problems  # noqa: E402
from reports.models import Draft, MonthlyReport, Submission  # noqa: E402
from units import setup as units_setup  # noqa: E402
from units.models import Membership, ReportingDuty, Role, Unit  # noqa: E402

SINCE = dt.date(2020, 1, 1)
CONTENTS = 9
DRAFT_VERSION = 4  # four screens were saved


def make(units: int, months: int, file: Path) -> None:
    """For ``units``, as many ``months`` of each kind: new ones, drafts at the ward, a surge's."""
    today = timezone.localdate()
    ward, _ = units_setup.found_ward(
        name="Phường Thử",
        place_name="Thử",
        username="thu",
        full_name="Người đo",
        password="mat-khau-de-do",
        today=today,
    )
    reports_setup.install_defaults(ward)
    plan_items = _plan(ward)
    cells = _cells(ward, units)
    people = list(_people(cells))
    every = [today.replace(day=1)]
    while len(every) < months * 3 and every[-1] > SINCE:
        every.append(previous_month(every[-1]))
    by_kind = {"new": every[0::3], "draft": every[1::3], "surge": every[2::3]}
    world = {
        "people": people,
        "items": [item.pk for item in plan_items],
        "months": {kind: [month_slug(one) for one in each] for kind, each in by_kind.items()},
        "draft_versions": {"new": 0, "draft": DRAFT_VERSION, "surge": DRAFT_VERSION},
    }
    _drafts(ward, cells, by_kind["draft"], world)
    file.write_text(json.dumps(world))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as it would be by the next morning


def _plan(ward: Unit) -> list[ContentItem]:
    source = StoredFile.objects.create(
        original_name="ke-hoach.docx", sha256="0" * 64, size=1, content_type="text/plain"
    )
    plan = Plan.objects.create(
        owner=ward,
        status="confirmed",
        subject="Cuộc vận động",
        valid_from=SINCE,
        source=source,
        source_sha256="0" * 64,
        reading={},
    )
    return ContentItem.objects.bulk_create(
        ContentItem(plan=plan, position=place, short_title=f"Nội dung {place}", text="Nguyên văn.")
        for place in range(1, CONTENTS + 1)
    )


def _cells(ward: Unit, count: int) -> list[Unit]:
    """Written at once: treebeard's own way takes four statements a unit."""
    cells = []
    for number in range(1, count + 1):
        name = f"Chi bộ Tổ dân phố số {number}"
        cells.append(
            Unit(
                path=Unit._get_path(ward.path, 2, number),
                depth=2,
                kind=Unit.Kind.RESIDENTIAL_CELL,
                name=name,
                opened_on=SINCE,
                sort_key=sort_key(name)[:400],
                search=fold(name)[:300],
            )
        )
    Unit.objects.filter(pk=ward.pk).update(numchild=count)
    cells = Unit.objects.bulk_create(cells)
    ReportingDuty.objects.bulk_create(ReportingDuty(unit=one, starts_on=SINCE) for one in cells)
    return cells


def _people(cells: list[Unit]) -> Iterator[list[Any]]:
    """Key of the unit; session, CSRF cookie and token of its signed-in secretary."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    password = User(username="x")
    password.set_unusable_password()
    users = User.objects.bulk_create(
        User(username=f"bt{one.pk}", full_name=f"Bí thư {one.pk}", password=password.password)
        for one in cells
    )
    Membership.objects.bulk_create(
        Membership(user=user, unit=one, role=Role.SECRETARY, starts_on=SINCE)
        for user, one in zip(users, cells, strict=True)
    )
    until = timezone.now() + dt.timedelta(days=100)
    sessions = []
    for user, one in zip(users, cells, strict=True):
        data = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
            "signed_in_at": int(timezone.now().timestamp()),
        }
        name = f"phone{one.pk:027}"
        sessions.append(
            Session(session_key=name, session_data=store.encode(data), expire_date=until)
        )
        secret = _get_new_csrf_string()
        yield [one.pk, name, secret, _mask_cipher_secret(secret)]
    Session.objects.bulk_create(sessions)


def _drafts(ward: Unit, cells: list[Unit], months: list[dt.date], world: jobs.World) -> None:
    now = timezone.now()
    for place, month in enumerate(months):
        reports = MonthlyReport.objects.bulk_create(
            MonthlyReport(unit=one, ward=ward, month=month) for one in cells
        )
        Draft.objects.bulk_create(
            Draft(
                report=report,
                content=(content := jobs.content(world, place * len(cells) + number)),
                part_versions={part: at for at, part in enumerate(content, start=1)},
                version=DRAFT_VERSION,
                saved_at=now,
            )
            for number, report in enumerate(reports)
        )


def check(file: Path, ledger: Path) -> None:
    """Print the number of receipts compared, of those lost, of what is half-written or doubled."""
    world = json.loads(file.read_text())
    held = json.loads(ledger.read_text())
    kept = {one.key: one for one in Submission.objects.select_related("report", "report__draft")}
    lost = [line for line in held if not _is_kept(world, line, kept)]
    broken = list(problems())
    for one in MonthlyReport.objects.exclude(status="draft").prefetch_related(
        "values", "contents", "steps", "submissions"
    ):
        rows = (one.values, one.contents, one.steps, one.submissions)
        if [len(row.all()) for row in rows] != [len(jobs.COUNTS), jobs.ITEMS, 1, 1]:
            broken.append(f"report {one.pk}")
    half = MonthlyReport.objects.filter(status="draft", submissions__isnull=False).count()
    print(
        json.dumps(
            {
                "compared": len(held),
                "lost": len(lost),
                "broken": len(broken) + half,
                "handed_in": len(kept),
                "examples": [str(one) for one in (lost + broken)[:5]],
            }
        )
    )


def _is_kept(world: jobs.World, line: list[Any], kept: dict[Any, Submission]) -> bool:
    """Does the database say everything that the receipt of ``line`` stands for?"""
    kind, index, receipt, *contested = line  # contested: other words wait in the draft
    submission = kept.get(jobs.key(kind, index))
    (unit, *_), month = jobs.place(world, kind, index)
    if submission is None or submission.receipt != receipt:
        return False
    report, said = submission.report, submission.content
    result, difficulties = jobs.texts(index)
    draft = getattr(report, "draft", None)
    return (
        (report.unit_id, month_slug(report.month), report.status) == (unit, month, "submitted")
        and (report.result, report.difficulties) == (result, difficulties)
        and said["contents"] == jobs.items(world, index)
        and {code: one["value"] for code, one in said["counts"].items()} == jobs.counts(index)
        and (draft is None or bool(contested) or draft.content == {})
    )


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
    else:
        check(Path(sys.argv[2]), Path(sys.argv[3]))

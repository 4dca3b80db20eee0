"""1,000 articles and posters due in the same minute, with two commands at once where that is possible."""

from __future__ import annotations

import datetime as dt
import threading
import time

from django.db import connection, connections
from django.db.models import Count
from django.test.utils import setup_test_environment, teardown_test_environment
from django.utils import timezone

from bench.figures import Row
from outreach.content import clock
from outreach.models import Article, ArticleStep, Poster, PosterStep
from outreach.tests.factories import ArticleFactory
from units.models import Role
from units.tests.factories import WardFactory, member

EACH = 500


def rows() -> list[Row]:
    setup_test_environment()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        return _measured()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def _measured() -> list[Row]:
    now = timezone.now().replace(second=0, microsecond=0)
    _scheduled(now)
    commands = 2 if connection.vendor == "postgresql" else 1
    start = time.perf_counter()
    faults = _at_once(commands, now)
    seconds = time.perf_counter() - start
    if faults:
        raise RuntimeError(faults)
    again = clock.run(now).total
    out = Article.objects.published().count() + Poster.objects.published().count()
    twice = sum(
        steps.objects.filter(name="due")
        .values(name)
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
        .count()
        for steps, name in ((ArticleStep, "article"), (PosterStep, "poster"))
    )
    what = f"{2 * EACH} due at once, {commands} command{'s' if commands > 1 else ''}"
    return [
        Row(f"{what}: all of them out", seconds, "s", 10),
        Row(f"{what}: published", out, "", at_least=2 * EACH),
        Row(f"{what}: published twice, or again by a later run", twice + again, "", 0),
    ]


def _scheduled(now: dt.datetime) -> None:
    ward = WardFactory()
    officer = member(Role.OFFICE, ward)
    first = ArticleFactory(owner=ward, author=officer)
    shared = {
        "owner": ward,
        "content_item": first.content_item,
        "author": officer,
        "status": "scheduled",
        "due_at": now,
    }
    text = {"summary": "Một câu.", "body": "<p>Lời.</p>"}
    articles = Article.objects.bulk_create(
        Article(title=f"Tin {n}", slug=f"tin-{n}", **text, **shared) for n in range(EACH)
    )
    posters = Poster.objects.bulk_create(
        Poster(title=f"Áp phích {n}", text="Lời.", **shared) for n in range(EACH)
    )
    told = {
        "name": "schedule",
        "from_status": "approved",
        "to_status": "scheduled",
        "actor": officer,
    }
    ArticleStep.objects.bulk_create(ArticleStep(article=one, **told) for one in articles)
    PosterStep.objects.bulk_create(PosterStep(poster=one, **told) for one in posters)


def _at_once(commands: int, now: dt.datetime) -> list[Exception]:
    faults: list[Exception] = []

    def work() -> None:
        try:
            clock.run(now)
        except Exception as error:  # told by the caller
            faults.append(error)
        finally:
            if commands > 1:
                connections.close_all()

    if commands == 1:
        work()
        return faults
    threads = [threading.Thread(target=work) for _ in range(commands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults

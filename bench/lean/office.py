"""The floor of an office page: its very questions, and its very text through one flat template."""

from __future__ import annotations

import base64
import functools
import json
import os
import pickle
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.sql import AggregateQuery
from django.db.models.sql.constants import SINGLE
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.views.decorators.http import require_safe

SIGNS = ("{{", "{%", "{#")


def model_named(label: str) -> Any:
    """For queries that were kept: a model that stands in no module, as those of the history, too."""
    return apps.get_model(label)


@functools.cache
def _pages() -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = json.loads(Path(os.environ["BENCH_PAGES"]).read_text())["pages"]
    return pages


@functools.cache
def _questions(number: int) -> list[tuple[Any, str]]:
    """Each statement of the page: its queryset's query, or its text where it came from none."""
    return [
        (query and pickle.loads(base64.b64decode(query)), sql)
        for query, sql in _pages()[number]["asked"]
    ]


@functools.cache
def _template(number: int) -> Any:
    """The markup as it stands, and a variable for each piece of text: written once, by hand so to say."""
    pieces = _pages()[number]["pieces"]
    if any(sign in markup for markup, _ in pieces for sign in SIGNS):
        raise ValueError("The markup of this page would be read as a template.")
    names = (f"{{{{ t{at} }}}}" if text else "" for at, (_, text) in enumerate(pieces))
    return engines["django"].from_string(
        "".join(markup + name for (markup, _), name in zip(pieces, names, strict=True))
    )


@functools.cache
def _text(number: int) -> dict[str, str]:
    return {f"t{at}": text for at, (_, text) in enumerate(_pages()[number]["pieces"]) if text}


@login_required
@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    """The page that stands at ``number`` in the list of :mod:`bench.office_world`."""
    for query, sql in _questions(number):
        if query is None:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                cursor.fetchall()
        else:
            _rows(query.clone())
    return HttpResponse(_template(number).render(_text(number), request))


def _rows(query: Any) -> None:
    """What ``.values_list()`` does: Django writes the statement, the rows come as plain values."""
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    if isinstance(query, AggregateQuery):
        compiler.execute_sql(SINGLE)
    else:
        list(compiler.results_iter(tuple_expected=True))

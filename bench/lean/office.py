"""The floor of an office page: its very statements, and its very text through one flat template."""

from __future__ import annotations

import functools
import json
import os
from pathlib import Path
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.views.decorators.http import require_safe

SIGNS = ("{{", "{%", "{#")


@functools.cache
def _pages() -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = json.loads(Path(os.environ["BENCH_PAGES"]).read_text())["pages"]
    return pages


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


@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    """The page that stands at ``number`` in the list of :mod:`bench.office_world`."""
    asked = _pages()[number]
    with connection.cursor() as cursor:
        for statement in asked["statements"]:
            cursor.execute(statement)
            cursor.fetchall()
    return HttpResponse(_template(number).render(_text(number), request))

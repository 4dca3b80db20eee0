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

PAGE = "{% for markup, text in pieces %}{{ markup|safe }}{{ text }}{% endfor %}"


@functools.cache
def _pages() -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = json.loads(Path(os.environ["BENCH_PAGES"]).read_text())["pages"]
    return pages


@functools.cache
def _template() -> Any:
    return engines["django"].from_string(PAGE)


@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    """The page that stands at ``number`` in the list of :mod:`bench.office_world`."""
    asked = _pages()[number]
    with connection.cursor() as cursor:
        for statement in asked["statements"]:
            cursor.execute(statement)
            cursor.fetchall()
    return HttpResponse(_template().render({"pieces": asked["pieces"]}, request))

"""Where the office's search looks among what goes out: by name, of every form."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Value

from core.finding import LOOKED_AT, Asked, Found, Source, holding, rank_of
from outreach.content import kinds
from outreach.content.models import Status


def _pieces(user: Any, asked: Asked) -> list[Found]:
    """One query for all forms; the newest of equal fits first."""
    forms = {form.name: form for form in kinds.every()}
    first, *others = [_rows(form, user, asked) for form in forms.values()]
    rows = first.union(*others, all=True).order_by("-created_at")[:LOOKED_AT]
    return [
        Found(
            title,
            f"{forms[name].label[:1].upper()}{forms[name].label[1:]}, {Status(status).label.lower()}",
            forms[name].step_url(pk),
            rank_of(asked, title, key=search),
        )
        for name, pk, title, status, search, _ in rows
    ]


def _rows(form: kinds.Kind, user: Any, asked: Asked) -> Any:
    rows: Any = form.model._default_manager
    named = rows.visible_to(user).annotate(form=Value(form.name, output_field=CharField()))
    found = named.filter(holding(asked, "search")).order_by()
    return found.values_list("form", "pk", "title", "status", "search", "created_at")


SOURCES = (
    Source(
        key="pieces",
        label="Bài viết, bản tin",
        order=55,
        action="outreach.view_article",
        find=_pieces,
    ),
)

"""A form of a content as it will meet people, before anybody has approved it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from outreach.content import kinds
from outreach.content.models import MOST_LETTERS, Article, Piece, Poster, ShortText
from outreach.content.showing import article_context, poster_context


def preview_of(request: HttpRequest, piece: Piece) -> dict[str, Any]:
    """What the template of its kind needs; a form that is not ours brings a preview of its own."""
    if isinstance(piece, Article):
        return {"preview": article_context(request, piece)}
    if isinstance(piece, Poster):
        return {"preview": poster_context(request, piece)}
    if isinstance(piece, ShortText):
        return {"preview": {"count": len(piece.text), "most": MOST_LETTERS}}
    return {}


@require_safe
def preview_page(request: HttpRequest, pk: int, *, kind: kinds.Kind) -> HttpResponse:
    """The public page itself, with a line above that says that it is not public."""
    rows: Any = kind.model._default_manager.visible_to(request.user)  # type: ignore[attr-defined]
    piece = get_object_or_404(rows.select_related("owner", "picture"), pk=pk)
    context = preview_of(request, piece)["preview"] | {"is_preview": True}
    name = "article" if isinstance(piece, Article) else "poster"
    return render(request, f"outreach/content/{name}.html", context)

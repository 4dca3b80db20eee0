"""What a form sent, to be shown or sent once more when it could not be taken."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, UnreadablePostError

Fields = list[tuple[str, str]]
TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of Django's field
LONGEST = 200_000  # bytes


def fields_of(request: HttpRequest) -> Fields:
    """Names and values in the order in which they were sent, without the token and files."""
    try:
        lists = list(request.POST.lists())
    except (RequestDataTooBig, TooManyFieldsSent, UnreadablePostError):
        return []
    return [(name, value) for name, values in lists if name != TOKEN for value in values]


def is_short(fields: Fields) -> bool:
    """Does it fit where we keep it?"""
    return sum(len(name.encode()) + len(value.encode()) for name, value in fields) <= LONGEST


def is_from_here(request: HttpRequest) -> bool:
    """Was the form on a page of our own host? Another site's text is never offered again."""
    origin = request.headers.get("Origin")
    if origin is None:
        origin = request.headers.get("Referer", "")
    sender = urlsplit(origin)
    return (sender.scheme, sender.netloc) == (request.scheme, request.get_host())


def texts_of(fields: Fields, *, unread: tuple[str, ...] = ()) -> list[str]:
    """What a person wrote among ``fields``: words and figures, not the numbers of rows and versions.

    ``unread`` are more names that nobody typed.
    """
    silent = ("seen_version", "draft_version", "key", *unread)
    return [
        value
        for name, value in fields
        if value.strip() and name not in silent and not name.endswith("-items")
    ]

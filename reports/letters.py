"""A whole report as a phone sends it: one JSON object, read without trusting it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.text import clean
from reports.forms import PART_FORMS, typed_part

MAX_BYTES = 256_000
MAX_DEPTH = 20
MAX_VERSION = 2**31 - 1  # what the column of a version holds
MAX_HELPER = 120
TICKED = "contents"
_UNREADABLE = "Báo cáo gửi lên không đọc được. Đồng chí mở lại trang báo cáo rồi nộp lại."
_TOO_LONG = "Báo cáo gửi lên dài quá mức nhận được. Đồng chí viết ngắn lại rồi nộp."


class LetterError(ValueError):
    """What came is no report. ``str(error)`` is fit to show to the user."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What was sent. ``content`` is the draft as typed, in the shape in which drafts are kept."""

    key: uuid.UUID
    seen_version: int
    draft_version: int
    content: dict[str, dict[str, Any]]
    helper: str = ""


def read_letter(body: bytes) -> Letter:
    """The letter in ``body``. Raises :class:`LetterError` for anything that is none."""
    if len(body) > MAX_BYTES:
        raise LetterError(_TOO_LONG)
    sent = _parsed(body)
    if not isinstance(sent, dict):
        raise LetterError(_UNREADABLE)
    return Letter(
        key=_key(sent.get("key")),
        seen_version=_version(sent.get("seen_version")),
        draft_version=_version(sent.get("draft_version")),
        content=_content(sent.get("content")),
        helper=_helper(sent.get("helper")),
    )


def _parsed(body: bytes) -> Any:
    try:
        sent = json.loads(body.decode(), object_pairs_hook=_object, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise LetterError(_UNREADABLE) from error
    # Fewer brackets than the limit cannot nest deeper than it.
    if body.count(b"[") + body.count(b"{") > MAX_DEPTH and _depth(sent) > MAX_DEPTH:
        raise LetterError(_UNREADABLE)
    return sent


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice in one object")
    return found


def _refuse(constant: str) -> Any:
    raise ValueError(constant)  # NaN and the infinities are no JSON


def _depth(value: Any) -> int:
    """How deep ``value`` nests, without recursion; a text has depth 0."""
    depth, level = 0, [value]
    while level := [one for one in level if isinstance(one, dict | list)]:
        depth += 1
        level = [
            below for one in level for below in (one.values() if isinstance(one, dict) else one)
        ]
    return depth


def _key(value: Any) -> uuid.UUID:
    try:
        return uuid.UUID(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise LetterError(_UNREADABLE) from error


def _version(value: Any) -> int:
    # True is an int to Python.
    if type(value) is not int or not 0 <= value <= MAX_VERSION:
        raise LetterError(_UNREADABLE)
    return value


def _content(value: Any) -> dict[str, dict[str, Any]]:
    """Parts of texts and lists of texts; parts that no screen has are left out."""
    if not isinstance(value, dict) or not all(_is_part(*part) for part in value.items()):
        raise LetterError(_UNREADABLE)
    return {part: typed_part(value, part) for part in PART_FORMS if part in value}


def _is_part(name: str, part: Any) -> bool:
    """Texts; only what is ticked is a list of them."""
    if not isinstance(part, Mapping):
        return False
    if name == TICKED:
        return all(map(_is_ticks, part.values()))
    return all(map(_is_text, part.values()))


def _is_ticks(typed: Any) -> bool:
    return all(map(_is_text, typed)) if isinstance(typed, list) else _is_text(typed)


def _is_text(typed: Any) -> bool:
    """Half an emoji, cut by some keyboard, is let through and dropped; a NUL nobody types."""
    return isinstance(typed, str) and "\0" not in typed


def _helper(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise LetterError(_UNREADABLE)
    return " ".join(clean(value).split())[:MAX_HELPER]

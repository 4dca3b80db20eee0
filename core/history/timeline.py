"""One timeline of a record: its own states, the rows below it, the steps that it took."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from core.history.kinds import Kind, Part
from core.history.states import Words, fields_of, label_of, values_of
from core.text import marked

MOST = 400  # states of a record, and of the rows below it, that are looked through
NOBODY = "Hệ thống"
VERBS = {"+": "Thêm", "~": "Sửa", "-": "Bỏ"}


@dataclass(frozen=True)
class Change:
    """One column before and after, in words; no ``old`` where there was no row."""

    label: str
    old: str
    new: str

    @property
    def marks(self) -> list[tuple[str, str]]:
        """Both texts as one, word by word; empty where they are too short to be worth it."""
        is_long = min(len(self.old.split()), len(self.new.split())) > 3
        return marked(self.old, self.new) if is_long else []


@dataclass(frozen=True)
class Entry:
    """One line. ``state`` is the key of the record's own state, which can be compared."""

    at: dt.datetime
    by: str
    what: str
    changes: list[Change] = field(default_factory=list)
    reason: str = ""
    state: int | None = None


def own_states(kind: Kind, pk: Any) -> list[Any]:
    """The newest states of the record, the oldest of them first."""
    states = kind.model.history.filter(**{kind.model._meta.pk.attname: pk})  # type: ignore[attr-defined]
    newest = states.select_related("history_user").order_by("-history_date", "-history_id")
    return list(newest[:MOST])[::-1]


def timeline(kind: Kind, row: Any, user: Any) -> list[Entry]:
    """All that is known of ``row``, the newest first; a fixed number of queries for its kind."""
    entries: list[Entry] = []
    if kind.has_states:
        entries += _own(kind, row)
    for part in kind.parts:
        if not part.action or user.has_perm(part.action):
            entries += _of_part(part, row, user)
    if kind.steps is not None:
        entries += kind.steps(row)
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _own(kind: Kind, row: Any) -> list[Entry]:
    states = own_states(kind, row.pk)
    fields = fields_of(kind.model, kind.hidden)
    values = values_of(states, kind.model, fields)
    words = Words(values.values(), fields)
    entries = []
    before: Mapping[str, Any] | None = None
    for state in states:
        now = values[state.history_id]
        changes = changes_between(before, now, fields, words) if before is not None else []
        is_silent = state.history_type == "~" and before is not None and not changes
        if not (is_silent and not state.history_change_reason):
            entries.append(_entry(state, VERBS[state.history_type], changes, state.history_id))
        before = now
    return entries


def _of_part(part: Part, row: Any, user: Any) -> list[Entry]:
    states = part.model.history.filter(**{part.key: row.pk})  # type: ignore[attr-defined]
    if part.scope is not None:
        states = states.filter(part.scope(user))
    newest = states.select_related("history_user").order_by("-history_date", "-history_id")[:MOST]
    rows = sorted(newest, key=lambda one: (one.id, one.history_date, one.history_id))
    fields = fields_of(part.model, part.hidden | {part.key})
    values = values_of(rows, part.model, fields)
    words = Words(values.values(), fields)
    naming = next(one for one in fields if one.name == part.named_by)
    entries = []
    for _key, states_of_one in groupby(rows, key=lambda one: one.id):
        before: Mapping[str, Any] = dict.fromkeys(one.name for one in fields)
        for state in states_of_one:
            now = values[state.history_id]
            what = f"{VERBS[state.history_type]} {part.noun}: {words.say(naming, now[naming.name])}"
            is_new = state.history_type == "+"
            told = [one for one in fields if one is not naming] if is_new else fields
            changes = changes_between(before, now, told, words)
            if is_new:
                changes = [replace(change, old="") for change in changes]
            if changes or state.history_type == "-":
                entries.append(_entry(state, what, changes))
            before = now
    return [one for one in entries if not (part.is_changes_only and one.what.startswith("Thêm"))]


def changes_between(
    before: Mapping[str, Any], now: Mapping[str, Any], fields: list[Any], words: Words
) -> list[Change]:
    """What differs between two states, in words."""
    return [
        Change(label_of(one), words.say(one, before[one.name]), words.say(one, now[one.name]))
        for one in fields
        if differs(before[one.name], now[one.name])
    ]


def differs(first: Any, second: Any) -> bool:
    """Nothing, an empty text and an empty list are one; 0 and “no” are something."""
    nothing: tuple[Any, ...] = (None, "", [])
    return first != second and not (first in nothing and second in nothing)


def _entry(state: Any, what: str, changes: list[Change], key: int | None = None) -> Entry:
    by = str(state.history_user) if state.history_user else NOBODY
    reason = state.history_change_reason or ""
    return Entry(state.history_date, by, what, changes, reason, key)

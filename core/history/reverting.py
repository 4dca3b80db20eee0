"""Back to an earlier state, as a new change: column by column, never over a later change unsaid."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core.history.kinds import Kind
from core.history.states import Words, fields_of, label_of, values_now, values_of
from core.history.timeline import NOBODY, differs, own_states
from core.text import marked
from core.workflow import StaleError, TransitionRefusedError

THEN, NOW = "then", "now"
MAX_REASON = 80  # the library's column has 100


class StateNotFoundError(LookupError):
    """The record has no such state."""


@dataclass(frozen=True)
class Later:
    """Who gave the column another value after the state that is gone back to."""

    by: str
    at: dt.datetime
    text: str


@dataclass
class Line:
    """A column that differs. ``refused`` says why it stays; ``choice`` is THEN, NOW or not made."""

    field: Any
    label: str
    then: str
    now: str
    value: Any
    later: list[Later]
    refused: str = ""
    choice: str = ""

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def marks(self) -> list[tuple[str, str]]:
        return marked(self.now, self.then) if len(self.now.split()) > 3 else []


@dataclass
class WayBack:
    """What going back to ``state`` would change in ``row`` as it is now.

    ``seen`` changes with everything that anybody writes; who sends another one is told.
    """

    row: Any
    state: Any
    seen: str
    lines: list[Line] = field(default_factory=list)
    later_count: int = 0

    @property
    def open_lines(self) -> list[Line]:
        return [line for line in self.lines if not line.refused]


def way_back(kind: Kind, row: Any, state_key: int) -> WayBack:
    """Raises :class:`StateNotFoundError` for a state that ``row`` never had."""
    states = own_states(kind, row.pk)
    places = {state.history_id: place for place, state in enumerate(states)}
    if state_key not in places:
        raise StateNotFoundError(state_key)
    place = places[state_key]
    fields = fields_of(kind.model, kind.hidden)
    values = values_of(states, kind.model, fields)
    now = values_now(row, fields)
    words = Words([*values.values(), now], fields)
    then = values[state_key]
    way = WayBack(row, states[place], _seen(row, states), later_count=len(states) - place - 1)
    for one in fields:
        if differs(then[one.name], now[one.name]):
            way.lines.append(
                Line(
                    one,
                    label_of(one),
                    words.say(one, then[one.name]),
                    words.say(one, now[one.name]),
                    then[one.name],
                    _later(one, states[place:], values, words),
                    refused=_fixed(kind, one, then[one.name], words),
                )
            )
    _refuse(kind, way)
    if way.later_count == 1:  # the one change that is meant to be undone
        for line in way.open_lines:
            line.choice = THEN
    return way


def _seen(row: Any, states: list[Any]) -> str:
    return f"{states[-1].history_id}-{getattr(row, 'version', 0)}"


def _later(field: Any, states: list[Any], values: Mapping[int, Any], words: Words) -> list[Later]:
    found = []
    for before, after in itertools.pairwise(states):
        value = values[after.history_id][field.name]
        if differs(values[before.history_id][field.name], value):
            by = str(after.history_user) if after.history_user else NOBODY
            found.append(Later(by, after.history_date, words.say(field, value)))
    return found


def _fixed(kind: Kind, field: Any, value: Any, words: Words) -> str:
    if field.name in kind.fixed:
        return kind.fixed[field.name]
    if field.is_relation and value:
        keys = value if field.many_to_many else [value]
        if not all(words.exists(field, key) for key in keys):
            return "Mục được chọn ở bản cũ nay không còn, nên ô này giữ như bây giờ."
    return ""


def _refuse(kind: Kind, way: WayBack) -> None:
    if kind.refuse is None:
        return
    refused = kind.refuse(way.row, {line.name: line.value for line in way.lines})
    for line in way.lines:
        line.refused = line.refused or refused.get(line.name, "")


@transaction.atomic
def go_back(
    kind: Kind, row: Any, state_key: int, *, seen: str, choices: Mapping[str, str], reason: str
) -> WayBack:
    """Write the columns whose choice is THEN, with ``reason``, as one more change of ``row``.

    Raises :class:`~core.workflow.StaleError` when anybody wrote since ``seen``,
    :class:`~core.workflow.TransitionRefusedError` where a choice or the reason is missing or
    nothing would change, and ``ValidationError`` where the older values are not valid any more.
    """
    # On SQLite the lock is the IMMEDIATE transaction itself.
    fresh = kind.model._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    way = way_back(kind, fresh, state_key)
    for line in way.open_lines:
        line.choice = choices.get(line.name, "")
    if way.seen != seen:
        raise StaleError(fresh)
    if any(line.choice not in (THEN, NOW) for line in way.open_lines):
        raise TransitionRefusedError(
            "Đồng chí chọn cho từng ô: giữ như bây giờ hay trở lại bản cũ."
        )
    wanted = [line for line in way.open_lines if line.choice == THEN]
    if not wanted:
        raise TransitionRefusedError("Chưa có ô nào được chọn để trở lại bản cũ.")
    if not reason:
        raise TransitionRefusedError("Cần ghi lý do.")
    _write(fresh, wanted, reason)
    return way


def _write(row: Any, lines: list[Line], reason: str) -> None:
    many = [line for line in lines if line.field.many_to_many]
    for line in lines:
        if not line.field.many_to_many:
            setattr(row, line.field.attname, line.value)
    _check(row, {line.name for line in lines})
    row._change_reason = f"Trở lại bản cũ: {reason}"
    if hasattr(row, "version"):
        row.version += 1
    row.save()
    for line in many:
        getattr(row, line.name).set(line.value)


def _check(row: Any, written: set[str]) -> None:
    """Columns that stay are not judged anew, the rules of the whole row are."""
    names = {one.name for one in row._meta.fields}
    try:
        row.clean_fields(exclude=names - written)
        row.clean()
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        raise ValidationError(error.messages) from error

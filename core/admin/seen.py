"""Two officers on one form: what each box said when it was opened, and what it says now.

The form carries a signed mark of every box. When it comes back and a box says something else by
now, nothing is written: both texts are shown, box by box, and the second officer takes one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db.models import Model
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from core.text import format_date

SEEN, CHOICE, ASKED = "_seen", "_chon-", "_can-chon"
MINE, THEIRS = "mine", "theirs"
VERSION = "@version"  # counts what other pages write on the row
EMPTY = "trống"
SILENT_WIDGETS = (forms.FileInput, forms.PasswordInput, forms.MultiWidget)


@dataclass
class Cell:
    """One box. ``name`` is what the browser sends it as; ``values`` what it would send unchanged."""

    label: str
    values: list[str]
    field: Any = None
    name: str = ""
    row: Model | None = None

    @property
    def mark(self) -> str:
        return hashlib.sha256("\0".join(self.values).encode()).hexdigest()[:16]

    def words(self, values: list[str]) -> str:
        """What people call ``values`` of this box."""
        box = self.field
        if isinstance(box, forms.BooleanField):
            return "có" if values else "không"
        if isinstance(box, forms.ModelChoiceField) and box.queryset is not None:
            keys = [value for value in values if value.isascii() and value.isdigit()]
            values = [str(one) for one in box.queryset.filter(pk__in=keys)] if keys else []
        elif isinstance(box, forms.ChoiceField):
            choices: Any = box.choices
            names = {str(key): str(name) for key, name in choices}
            values = [names.get(value, value) for value in values]
        return ", ".join(value for value in values if value) or EMPTY


Cells = dict[str, Cell]


def cells_of(row: Model, form: Any, formsets: Iterable[tuple[Any, str]]) -> Cells:
    """The boxes of an unsent form and of the rows below it, each formset with its noun."""
    cells = {VERSION: Cell("", [str(getattr(row, "version", ""))])}
    for bound in form:
        _add(cells, bound.name, bound, str(bound.label))
    for formset, noun in formsets:
        for inner in formset.initial_forms:
            for bound in inner:
                if bound.name not in (formset.fk.name, formset.model._meta.pk.name, "DELETE"):
                    key = f"{formset.prefix}|{inner.instance.pk}|{bound.name}"
                    _add(cells, key, bound, f"{noun}: {bound.label}", inner.instance)
    return cells


def _add(cells: Cells, key: str, bound: Any, label: str, row: Model | None = None) -> None:
    widget = getattr(bound.field.widget, "widget", bound.field.widget)  # the admin wraps its boxes
    if isinstance(widget, SILENT_WIDGETS):
        return
    value = bound.value()
    if isinstance(widget, forms.CheckboxInput):
        values = ["on"] if widget.check_test(value) else []
    else:
        shown = widget.format_value(value)
        values = sorted(shown) if isinstance(shown, list) else [shown or ""]
        values = [str(one) for one in values if one not in (None, "")]
    label = label[:1].upper() + label[1:]
    cells[key] = Cell(label, values, bound.field, bound.html_name, row)


def sign(row: Model, cells: Cells) -> str:
    marks = {key: cell.mark for key, cell in cells.items()}
    return signing.dumps(marks, salt=_salt(row), compress=True)


def unsign(row: Model, text: str) -> dict[str, str]:
    """The marks of a form as it was opened; none where the text is not ours."""
    try:
        return signing.loads(text, salt=_salt(row))
    except signing.BadSignature:
        return {}


def _salt(row: Model) -> str:
    return f"office-form:{row._meta.label_lower}:{row.pk}"


@dataclass(frozen=True)
class Difference:
    """A box that somebody else changed: both texts, and which one is to hold if that is known."""

    key: str
    label: str
    mine: str
    theirs: str
    choice: str

    @property
    def name(self) -> str:
        return f"{CHOICE}{self.key}"


@dataclass
class Clash:
    """What the second of two officers is told."""

    sentence: str
    token: str
    differences: list[Difference] = field(default_factory=list)
    new_rows: list[str] = field(default_factory=list)
    status: int = 409


def clash_of(row: Model, cells: Cells, data: MultiValueDict, user: Any) -> Clash | None:
    """What another officer wrote since the form in ``data`` was opened; None where nobody did."""
    seen = unsign(row, data.get(SEEN, ""))
    changed = {key: cell for key, cell in cells.items() if seen.get(key) != cell.mark}
    if not changed:
        return _unanswered(row, cells, data)
    known = {_row_of(key) for key in seen}
    clash = Clash(_who(row, changed.values(), user), sign(row, cells))
    added: dict[str, list[str]] = {}
    for key, cell in changed.items():
        if key == VERSION:
            continue
        if seen and _row_of(key) not in known:
            if cell.values:
                added.setdefault(_row_of(key), []).append(cell.words(cell.values))
            continue
        mine = _sent(data, key, cell)
        if mine is not None and sorted(mine) != cell.values:
            is_untouched = Cell("", sorted(mine)).mark == seen.get(key)
            choice = THEIRS if is_untouched else ""
            clash.differences.append(
                Difference(key, cell.label, cell.words(mine), cell.words(cell.values), choice)
            )
    clash.new_rows = [", ".join(texts) for texts in added.values()]
    return clash


def _unanswered(row: Model, cells: Cells, data: MultiValueDict) -> Clash | None:
    """The boxes of an earlier clash for which no text was taken."""
    asked = [key for key in data.getlist(ASKED) if key in cells]
    answers = {key: data.get(f"{CHOICE}{key}", "") for key in asked}
    if all(answer in (MINE, THEIRS) for answer in answers.values()):
        return None
    clash = Clash("Đồng chí chọn bản nào được giữ ở từng ô.", sign(row, cells), status=422)
    for key, answer in answers.items():
        cell = cells[key]
        mine = cell.words(_sent(data, key, cell) or [])
        clash.differences.append(Difference(key, cell.label, mine, cell.words(cell.values), answer))
    return clash


def take_choices(cells: Cells, data: Any) -> Any:
    """``data`` with the stored text in every box for which the officer took it."""
    taken = [
        key for key in data.getlist(ASKED) if key in cells and data.get(CHOICE + key) == THEIRS
    ]
    if not taken:
        return data
    data = data.copy()
    for key in taken:
        name = _sent_name(data, key, cells[key])
        if name is not None:
            data.setlist(name, cells[key].values)
            if not cells[key].values:
                del data[name]
    return data


def _sent(data: MultiValueDict, key: str, cell: Cell) -> list[str] | None:
    """What the box came back with; None where the form did not have its row."""
    name = _sent_name(data, key, cell)
    if name is None:
        return None
    return [value for value in (one.strip() for one in data.getlist(name)) if value]


def _sent_name(data: MultiValueDict, key: str, cell: Cell) -> str | None:
    """Rows are known by their key: another officer's new one may have moved their places."""
    if "|" not in key:
        return cell.name
    prefix, pk, name = key.split("|")
    count = data.get(f"{prefix}-INITIAL_FORMS", "")
    for place in range(min(int(count), 1000) if count.isascii() and count.isdigit() else 0):
        if data.get(f"{prefix}-{place}-id") == pk:
            return f"{prefix}-{place}-{name}"
    return None


def _row_of(key: str) -> str:
    return key.rpartition("|")[0]


def _who(row: Model, cells: Iterable[Cell], user: Any) -> str:
    """“Đồng chí Nguyễn Văn An vừa sửa lúc 10:32.”"""
    found = [*_states(row), *_logged(row)]
    for one in {cell.row.pk: cell.row for cell in cells if cell.row is not None}.values():
        found += _states(one)
    if not found:
        return "Mục này vừa có người khác sửa."
    at, who = max(found, key=lambda one: one[0])
    local = timezone.localtime(at)
    moment = f"{local:%H:%M}"
    if local.date() != timezone.localdate():
        moment += f" ngày {format_date(local.date())}"
    if who == user:
        return f"Chính đồng chí vừa sửa mục này ở một cửa sổ khác lúc {moment}."
    return f"Đồng chí {who} vừa sửa lúc {moment}." if who else f"Mục này vừa được sửa lúc {moment}."


def _states(row: Model) -> list[tuple[dt.datetime, Any]]:
    if not hasattr(row, "history"):
        return []
    states = row.history.select_related("history_user").order_by("-history_date", "-history_id")
    return [(one.history_date, one.history_user) for one in states[:1]]


def _logged(row: Model) -> list[tuple[dt.datetime, Any]]:
    kind = ContentType.objects.get_for_model(type(row))
    log = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).select_related("user")
    return [(one.action_time, one.user) for one in log.order_by("-action_time")[:1]]

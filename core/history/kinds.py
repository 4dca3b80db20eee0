"""Which records have a history page, and what each app says about its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Field, Model, Q, QuerySet

if TYPE_CHECKING:
    from core.history.timeline import Entry

# Counters and what is derived: no officer ever typed them.
SILENT = frozenset({"version", "created_at", "updated_at"})


@dataclass(frozen=True, kw_only=True)
class Part:
    """Rows below a record whose changes stand in its timeline, such as the names of a unit.

    ``key`` leads from the row to the record, ``named_by`` is the column that tells one row from
    another. ``action`` is the right that seeing them needs; ``scope`` narrows them to the person.
    """

    model: type[Model]
    key: str
    named_by: str
    noun: str
    action: str = ""
    scope: Callable[[Any], Q] | None = None
    hidden: frozenset[str] = frozenset()
    is_changes_only: bool = False


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of record. ``slug`` stands in the address.

    ``hidden`` columns are never shown, ``fixed`` ones never written back, each with the sentence
    that says where they change instead. ``refuse`` says so for one record and its wanted values.
    """

    slug: str
    model: type[Model]
    section: str
    url: Callable[[Any], str]
    visible: Callable[[Any], QuerySet[Any]] | None = None
    parts: tuple[Part, ...] = ()
    steps: Callable[[Any], Iterable[Entry]] | None = None
    hidden: frozenset[str] = frozenset()
    fixed: Mapping[str, str] = field(default_factory=dict)
    refuse: Callable[[Any, Mapping[str, Any]], Mapping[str, str]] | None = None
    is_reverted: bool = True

    @property
    def has_states(self) -> bool:
        return hasattr(self.model, "history")

    @property
    def view(self) -> str:
        return f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"

    @property
    def change(self) -> str:
        return f"{self.model._meta.app_label}.change_{self.model._meta.model_name}"

    def rows(self, user: Any) -> QuerySet[Any]:
        if self.visible is not None:
            return self.visible(user)
        return self.model._default_manager.visible_to(user)  # type: ignore[attr-defined]


KINDS: dict[str, Kind] = {}


def add_kinds(*kinds: Kind) -> None:
    """Know these records; :func:`core.history.pages.add_histories` adds their pages too."""
    KINDS.update({kind.slug: kind for kind in kinds})


def kind_of(model: type[Model]) -> Kind | None:
    return next((kind for kind in KINDS.values() if kind.model is model), None)


def shown_fields(model: type[Model], hidden: frozenset[str] = frozenset()) -> list[Field]:
    """The columns whose changes are told, in the order of the model."""
    tracked = model.history.model.tracked_fields  # type: ignore[attr-defined]
    unseen = SILENT | hidden
    return [one for one in tracked if not one.primary_key and one.name not in unseen]


def many_fields(model: type[Model]) -> list[Any]:
    """The columns of several rows ("và các đơn vị") that the history keeps."""
    return list(model.history.model._history_m2m_fields)  # type: ignore[attr-defined]

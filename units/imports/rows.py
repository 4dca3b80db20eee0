"""What a dry run tells: its rows, and all of them with their version."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

NEW, CHANGED, SAME, ERROR = "new", "changed", "same", "error"


@dataclass(slots=True)
class Row:
    """One row of the dry run. ``entries`` are what would be written, as JSON can keep it."""

    number: int
    unit: str
    state: str = SAME
    sentences: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)  # who is meant: value, words
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows; ``seen`` is their version, which the write carries."""

    rows: list[Row]
    seen: str

    @property
    def doubts(self) -> int:
        """Rows with something that is not written as it stands."""
        return sum(bool(row.errors) for row in self.rows)

    @property
    def entries(self) -> list[dict[str, Any]]:
        return [{"row": row.number, **entry} for row in self.rows for entry in row.entries]

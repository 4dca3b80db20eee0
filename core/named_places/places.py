"""The names that a kind of template may use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.docx import OfficialDocument

# What a table's place becomes, of the width of the text in millimetres: elements of the body.
Blocks = Callable[[float], list[Any]]
MARK = "\ue000{}\ue001"  # stands in the filled file where a table comes; no keyboard has it


@dataclass(frozen=True, slots=True)
class Place:
    """A name that a template may use, as the page shows it; each line is a paragraph in Word."""

    name: str
    written: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Places:
    """Names with their meaning. ``texts`` are one line, ``lists`` a paragraph each, ``tables`` a
    paragraph of their own in the body that becomes tables. ``needed`` must stand in the file.
    """

    texts: Mapping[str, str]
    lists: Mapping[str, str]
    needed: tuple[str, ...]
    tables: Mapping[str, str] = field(default_factory=dict)

    @property
    def meanings(self) -> dict[str, str]:
        return {**self.texts, **self.lists, **self.tables}

    @property
    def written(self) -> list[Place]:
        """All names with the way to write them, texts first."""
        loop = "{{%p for doan in {0} %}}\n{{{{ doan }}}}\n{{%p endfor %}}"
        return [
            *(Place(name, f"{{{{ {name} }}}}", meaning) for name, meaning in self.texts.items()),
            *(Place(name, loop.format(name), meaning) for name, meaning in self.lists.items()),
            *(Place(name, f"{{{{ {name} }}}}", meaning) for name, meaning in self.tables.items()),
        ]

    @property
    def trial(self) -> Values:
        """Something short for every place."""
        return Values(
            dict.fromkeys(self.texts, "…") | {name: ["…", "…"] for name in self.lists},
            {name: lambda width: [] for name in self.tables},
        )


@dataclass(frozen=True, slots=True)
class Values:
    """Every place with its text: plain strings and lists of them, no object of ours."""

    texts: Mapping[str, str | list[str]]
    tables: Mapping[str, Blocks] = field(default_factory=dict)

    @property
    def context(self) -> dict[str, Any]:
        return {**self.texts, **{name: MARK.format(name) for name in self.tables}}


def add_loop(document: OfficialDocument, name: str, line: str = "{{ doan }}") -> None:
    """The three paragraphs that print the list ``name``, for a template to start from."""
    for text in (f"{{%p for doan in {name} %}}", line, "{%p endfor %}"):
        document.paragraph(text)

"""What the screens of the form have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from reports.answers import Paper

MAX_TYPED = 20_000  # characters of one box that the draft keeps
_UNKEPT = re.compile("[\x00\ud800-\udfff]")


class PartForm(forms.Form):
    """One part of the form, bound to what was typed there (nothing typed: an empty mapping)."""

    part = ""
    use_required_attribute = False

    def __init__(self, paper: Paper, typed: Mapping[str, Any] | None = None) -> None:
        self.paper = paper
        data = {f"{self.part}-{name}": value for name, value in (typed or {}).items()}
        super().__init__(data, prefix=self.part)
        self.ask()

    def ask(self) -> None:
        """Add the fields that depend on the paper."""

    def collect(self, post: QueryDict) -> dict[str, Any]:
        """What ``post`` has for this part, as typed; line ends are the phone's business."""
        return {name: plain(post.get(self.add_prefix(name), "")) for name in self.fields}


def plain(typed: str) -> str:
    """Without what no database keeps (PostgreSQL refuses NUL) and no page can show."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return _UNKEPT.sub("", lines)[:MAX_TYPED]


def typed_part(content: Mapping[str, Any], part: str) -> dict[str, Any]:
    """Only texts and lists of texts: ``content`` may have come back from a hidden field."""
    typed = content.get(part)
    if not isinstance(typed, Mapping):
        return {}
    return {
        str(name): [plain(str(one)) for one in value]
        if isinstance(value, list)
        else plain(str(value))
        for name, value in typed.items()
    }

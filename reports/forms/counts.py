"""The numbers: the boxes, and the affirmations of those that were odd."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from core.forms import CountField
from core.text import Count, NumberFormatError, format_number, parse_count
from reports.answers import Paper
from reports.forms.base import PartForm, plain
from reports.models import Indicator

_EXAMPLE = ", ví dụ"


class FigureField(CountField):
    """A count that keeps "khoảng": :class:`core.text.Count` or ``None`` out, shown as typed.

    ``example`` is the unit's own earlier number, in words, for whoever typed something else.
    """

    def __init__(self, *, example: str = "", **kwargs: Any) -> None:
        self.example = example
        super().__init__(**kwargs)

    def parse(self, typed: str) -> Count:  # type: ignore[override]
        try:
            return parse_count(typed)
        except NumberFormatError as error:
            sentence, found, _ = str(error).partition(_EXAMPLE)
            if not found or not self.example:
                raise
            raise ValueError(f"{sentence}{_EXAMPLE} {self.example}.") from error

    def show(self, value: Count) -> str:  # type: ignore[override]
        return figure_as_typed(value)

    def prepare_value(self, value: Any) -> Any:
        return self.show(value) if isinstance(value, Count) else value

    def run_validators(self, value: Any) -> None:
        super().run_validators(value.value if isinstance(value, Count) else value)


def figure_as_typed(count: Count) -> str:
    """The text that means ``count``: "1.000", "khoảng 50"."""
    return ("khoảng " if count.is_approximate else "") + format_number(count.value)


class CountsForm(PartForm):
    """One box for each indicator. ``before`` is what the unit had before, as "118 như tháng trước"."""

    part = "counts"

    def __init__(
        self,
        paper: Paper,
        typed: Mapping[str, Any] | None = None,
        *,
        before: Mapping[str, str] | None = None,
    ) -> None:
        self.before = before or {}
        super().__init__(paper, typed)

    def ask(self) -> None:
        for indicator in self.paper.indicators:
            self.fields[indicator.code] = FigureField(
                label=indicator.name,
                required=False,
                help_text=indicator.help_text,
                example=self.before.get(indicator.code, ""),
            )

    def counts(self) -> dict[str, Count | None]:
        return {one.code: self.cleaned_data.get(one.code) for one in self.paper.indicators}


def carried(indicators: Collection[Indicator], before: Mapping[str, int]) -> dict[str, str]:
    """Last month's constants as typed text; what happened anew each month is never carried."""
    return {
        one.code: format_number(before[one.code])
        for one in indicators
        if one.roll_up == Indicator.RollUp.LAST and one.code in before
    }


class ConfirmedForm(PartForm):
    """Which odd numbers were affirmed: the code, and the number that was asked about, as text.

    An affirmation holds for that number alone; after a change it says nothing any more.
    """

    part = "confirmed"

    def ask(self) -> None:
        for indicator in self.paper.indicators:
            self.fields[indicator.code] = forms.CharField(required=False, max_length=40)

    def collect(self, post: QueryDict) -> dict[str, Any]:
        typed = {name: plain(post.get(self.add_prefix(name), ""))[:40] for name in self.fields}
        return {name: text for name, text in typed.items() if text}

    def affirmed(self, totals: Mapping[str, Count]) -> frozenset[str]:
        """The codes whose number still is the one that was affirmed."""
        said = self.cleaned_data if self.is_valid() else {}
        return frozenset(
            code for code, count in totals.items() if said.get(code) == figure_as_typed(count)
        )

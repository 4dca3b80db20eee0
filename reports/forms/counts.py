"""The numbers: the boxes, and the affirmations of those that were odd."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict

from core.forms import CountField
from core.text import Count, NumberFormatError, format_number, parse_count
from reports.answers import Paper, whole_box
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
    """One box for each indicator, two for a share.

    ``before`` is what the unit had before, as "118 như tháng trước".
    """

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
            if indicator.is_share:
                self.fields[whole_box(indicator.code)] = CountField(
                    label=f"{indicator.name}, trên tổng số", required=False
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for one in self.paper.indicators:
            if one.is_share and not {one.code, whole_box(one.code)} & self.errors.keys():
                self._check_share(one, cleaned.get(one.code), cleaned.get(whole_box(one.code)))
        return cleaned

    def _check_share(self, indicator: Indicator, part: Count | None, whole: int | None) -> None:
        code, measure = indicator.code, indicator.unit_of_measure
        if part is None and whole is not None:
            self.add_error(code, f"Đồng chí ghi số {measure}; không có số thì xóa ô tổng số.")
        elif part is not None and whole is None:
            self.add_error(whole_box(code), f"Đồng chí ghi tổng số {measure}, ví dụ: 300.")
        elif part is not None and not whole:
            self.add_error(whole_box(code), "Tổng số phải lớn hơn 0, ví dụ: 300.")
        elif part is not None and whole is not None and part.value > whole:
            self.add_error(
                code,
                f"{format_number(part.value)} lớn hơn tổng số {format_number(whole)}, "
                "đồng chí xem lại hai số này.",
            )

    def counts(self) -> dict[str, Count | None]:
        return {one.code: self._count(one) for one in self.paper.indicators}

    def _count(self, indicator: Indicator) -> Count | None:
        count = self.cleaned_data.get(indicator.code)
        whole = self.cleaned_data.get(whole_box(indicator.code)) if indicator.is_share else None
        # Half a share was refused: nothing was understood of it.
        if count is None or (indicator.is_share and whole is None):
            return None
        return replace(count, of=whole)


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

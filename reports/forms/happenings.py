"""Single happenings behind the counts, told one by one by whoever wishes to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from core.forms import CountField, PlainTextField, VietnameseDateField
from core.text import format_date, format_number, last_day, parse_date, previous_month
from reports.answers import Happening, Paper
from reports.forms.base import PartForm, plain

MAX_ROWS = 30
MAX_LENGTH = 1000  # characters of one box that the draft keeps
HALF_A_YEAR = dt.timedelta(days=183)
NAMES = ("code", "held_on", "title", "place", "attendance")
_BOX = re.compile(rf"(\d{{1,4}})-({'|'.join(NAMES)})")
ADD = "them"
DROP = "bo-"


class HeldOnField(VietnameseDateField):
    """A day of the month of the report or shortly before; "22/3" finds its year there."""

    def __init__(self, *, month: dt.date, **kwargs: Any) -> None:
        self.month = month
        super().__init__(**kwargs)

    def parse(self, typed: str) -> dt.date:
        day = parse_date(typed, today=self.month)
        if len(re.findall(r"\d+", typed)) > 2 or abs(day - self.month) < HALF_A_YEAR:
            return day
        nearer = self.month.year + (1 if day < self.month else -1)  # 22/12 in January's report
        return parse_date(typed, today=self.month.replace(year=nearer))

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        if value is None:
            return
        if value > timezone.localdate():
            raise ValidationError(f"Ngày {format_date(value)} chưa đến, đồng chí xem lại.")
        if value < previous_month(previous_month(self.month)):
            raise ValidationError(
                f"Ngày {format_date(value)} cách tháng báo cáo quá xa, đồng chí xem lại."
            )


class HappeningsForm(PartForm):
    """Rows of boxes, flattened: "0-held_on", "1-title". A row that is blank is none.

    ``blank`` rows for more stand after those that were typed.
    """

    part = "happenings"

    def __init__(
        self, paper: Paper, typed: Mapping[str, Any] | None = None, *, blank: int = 0
    ) -> None:
        found = (_BOX.fullmatch(name) for name in typed or {})
        self.numbers = sorted({int(box[1]) for box in found if box})[:MAX_ROWS]
        start = self.numbers[-1] + 1 if self.numbers else 0
        room = min(blank, MAX_ROWS - len(self.numbers))
        self.blank_numbers = list(range(start, start + room))
        super().__init__(paper, typed)

    def ask(self) -> None:
        for number in self.numbers:
            self._ask_row(number, required=True)
        for number in self.blank_numbers:
            self._ask_row(number, required=False)

    def _ask_row(self, number: int, *, required: bool) -> None:
        example = f"{min(15, last_day(self.paper.month).day)}/{self.paper.month.month}"
        fields = {
            "code": self._code_field(number),
            "held_on": HeldOnField(
                month=self.paper.month,
                label="Ngày",
                required=required,
                error_messages={"required": f"Đồng chí ghi ngày, ví dụ: {example}."},
            ),
            "title": PlainTextField(
                label="Nội dung",
                required=required,
                max_length=200,
                error_messages={
                    "required": "Đồng chí ghi nội dung, ví dụ: Nói chuyện về hàng Việt Nam."
                },
            ),
            "place": PlainTextField(label="Địa điểm", required=False, max_length=200),
            "attendance": CountField(label="Số người dự", required=False, max_value=100_000),
        }
        self.fields |= {f"{number}-{name}": field for name, field in fields.items()}

    def _code_field(self, number: int) -> forms.ChoiceField:
        """Hidden where there is but one thing that it can be."""
        choices = [(one.code, one.name) for one in self.paper.held]
        typed = self.data.get(self.add_prefix(f"{number}-code"), "")
        is_plain = len(choices) == 1 and typed in ("", choices[0][0])
        return forms.ChoiceField(
            label="Việc gì",
            choices=choices,
            required=not is_plain,
            initial=choices[0][0] if choices else "",
            widget=forms.HiddenInput if is_plain else forms.Select,
            error_messages=dict.fromkeys(("required", "invalid_choice"), "Đồng chí chọn lại việc."),
        )

    def collect(self, post: QueryDict) -> dict[str, Any]:
        """The rows that hold something, counted anew; without the one that is to go."""
        gone = post.get("buoi", "")
        rows: dict[int, dict[str, str]] = {}
        for key in post:
            box = _BOX.fullmatch(key.removeprefix(f"{self.part}-"))
            if box and key.startswith(f"{self.part}-") and gone != f"{DROP}{box[1]}":
                rows.setdefault(int(box[1]), {})[box[2]] = plain(post[key])[:MAX_LENGTH]
        told = [row for _, row in sorted(rows.items()) if _says_something(row)][:MAX_ROWS]
        if len(self.paper.held) == 1:
            for row in told:
                row["code"] = row.get("code") or self.paper.held[0].code
        return {
            f"{number}-{name}": row.get(name, "")
            for number, row in enumerate(told)
            for name in NAMES
        }

    def rows(self) -> Iterator[dict[str, Any]]:
        """The boxes of each row, by name, for the page."""
        for position, number in enumerate([*self.numbers, *self.blank_numbers], start=1):
            yield {
                "number": number,
                "position": position,
                "is_blank": number in self.blank_numbers,
                **{name: self[f"{number}-{name}"] for name in NAMES},
            }

    def happenings(self) -> tuple[Happening, ...]:
        """What was told, in the order of the days; only of a form without errors."""
        rows = [self._row(number) for number in self.numbers]
        return tuple(sorted(rows, key=lambda one: one.held_on))

    def _row(self, number: int) -> Happening:
        data = {name: self.cleaned_data[f"{number}-{name}"] for name in NAMES}
        code = data.pop("code") or self.paper.held[0].code
        return Happening(code, **data)


def as_rows(happenings: tuple[Happening, ...]) -> dict[str, str]:
    """The typed text that would give ``happenings``."""
    rows = {}
    for number, one in enumerate(happenings):
        attendance = "" if one.attendance is None else format_number(one.attendance)
        texts = (one.code, format_date(one.held_on), one.title, one.place, attendance)
        rows |= {f"{number}-{name}": text for name, text in zip(NAMES, texts, strict=True)}
    return rows


def _says_something(row: Mapping[str, str]) -> bool:
    return any(text.strip() for name, text in row.items() if name != "code")

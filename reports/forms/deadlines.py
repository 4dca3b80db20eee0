"""The office's forms on deadlines: the rule, exceptions for units, days off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms import CountField, MonthField, PlainTextField, VietnameseDateField
from core.text import format_date, format_month
from reports.days_off import LONGEST_REST, DaysOff
from reports.models import DeadlineRule, Extension
from reports.periods import Period
from units.models import Unit

Kind = Extension.Kind
FURTHEST = 366  # days after the common due day; more is a slip of the pen
HOLIDAYS_AHEAD = 2 * 366


def _from_one(value: int | None) -> None:
    if value is not None and value < 1:
        raise ValidationError("Ngày trong tháng bắt đầu từ 1, hãy nhập từ 1 trở lên.")


class DaysLaterField(CountField):
    """A number of days after the due day; a negative one has its own sentence."""

    def parse(self, typed: str) -> int:
        if typed.strip().startswith(("-", "–", "−")):
            raise ValueError("Ngày này không thể trước hạn nộp, hãy nhập số ngày sau hạn.")
        return super().parse(typed)


class RuleForm(forms.ModelForm):
    """The days of a rule, from a month on. ``first`` is the earliest month that may change."""

    use_required_attribute = False
    starts_on = MonthField(label="Áp dụng từ tháng", help_text="Ví dụ: 11/2026.")
    opens_day = CountField(
        label="Mở nhận từ ngày",
        max_value=31,
        validators=[_from_one],
        help_text="Trong tháng có hạn nộp.",
    )
    due_day = CountField(
        label="Hạn nộp ngày",
        max_value=31,
        validators=[_from_one],
        help_text="Tháng không có ngày 29, 30, 31 thì hạn là ngày cuối tháng.",
    )
    grace_days = DaysLaterField(
        label="Châm chước mấy ngày",
        max_value=30,
        help_text="Nộp trong những ngày này vẫn tính đúng hạn. Không châm chước thì ghi 0.",
    )
    closes_after_days = DaysLaterField(
        label="Khóa sau hạn mấy ngày",
        max_value=366,
        required=False,
        help_text="Để trống: nộp muộn lúc nào cũng nhận.",
    )
    data_from_day = CountField(
        label="Số liệu tính từ ngày",
        max_value=28,
        validators=[_from_one],
        help_text="Của tháng trước, đến hết ngày liền trước ngày đó của tháng báo cáo; "
        "ngày 1 nghĩa là trọn tháng.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = DeadlineRule
        fields = [
            "starts_on",
            "month_offset",
            "opens_day",
            "due_day",
            "grace_days",
            "closes_after_days",
            "data_from_day",
            "shifts_to_working_day",
        ]
        widgets = {"month_offset": forms.RadioSelect}
        labels = {"month_offset": "Hạn nằm ở"}

    def __init__(self, *args: Any, ward: Unit, first: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ward = ward
        self.first = first
        self.instance.owner = ward

    def clean_starts_on(self) -> dt.date:
        """A month that was asked for already keeps its days."""
        starts_on = self.cleaned_data["starts_on"]
        if starts_on < self.first:
            raise ValidationError(
                f"Quy định mới chỉ áp dụng từ {format_month(self.first)} trở đi. Muốn lùi hạn "
                "của tháng đã qua, đồng chí dùng phần gia hạn."
            )
        return starts_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        opens, due = cleaned.get("opens_day"), cleaned.get("due_day")
        if opens and due and opens > due:
            self.add_error("opens_day", "Ngày mở phải trước hạn nộp hoặc cùng ngày.")
        grace, closes = cleaned.get("grace_days"), cleaned.get("closes_after_days")
        if closes is not None and grace is not None and closes < grace:
            self.add_error("closes_after_days", "Ngày khóa phải sau những ngày châm chước.")
        known = DeadlineRule.objects.filter(
            owner=self.ward, starts_on=cleaned.get("starts_on")
        ).first()
        if known is not None:  # set anew: the row of that month takes the new days
            self.instance.pk, self.instance.ends_on = known.pk, known.ends_on
            self.instance._state.adding = False
        return cleaned


class GrantForm(forms.Form):
    """What is granted and why. ``usual`` gives the ward's own days of a month."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label="Hình thức",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Đồng chí chọn một hình thức."},
        help_text="Phường cho lùi hạn: lý do không thuộc về đơn vị (bão, bầu cử…), báo cáo đã nộp "
        "cũng không tính muộn. Miễn: đơn vị không phải nộp, không tính vào tỷ lệ.",
    )
    due_on = VietnameseDateField(
        label="Hạn mới", required=False, help_text="Ví dụ: 28/11/2026. Miễn thì để trống."
    )
    reason = PlainTextField(
        label="Lý do", max_length=300, help_text="Ví dụ: Mưa bão, mất điện diện rộng."
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, usual: Callable[[dt.date], Period], today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.usual = usual
        self.today = today

    def month(self) -> dt.date | None:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, due_on, month = cleaned.get("kind"), cleaned.get("due_on"), self.month()
        if kind == Kind.EXEMPT:
            cleaned["due_on"] = None
            self.errors.pop("due_on", None)
        elif kind and due_on is None and "due_on" not in self.errors:
            self.add_error("due_on", "Chưa có hạn mới, hãy nhập ngày/tháng/năm.")
        elif kind and due_on and month and (refusal := self._refusal(kind, due_on, month)):
            self.add_error("due_on", refusal)
        return cleaned

    def _refusal(self, kind: str, due_on: dt.date, month: dt.date) -> str:
        usual = self.usual(month).due_on
        if due_on <= usual:
            return f"Hạn mới phải sau hạn chung là {format_date(usual)}."
        if (due_on - usual).days > FURTHEST:
            return f"Hạn mới cách hạn chung {format_date(usual)} hơn một năm, hãy xem lại năm."
        if kind == Kind.REQUESTED and due_on < self.today:
            return (
                "Hạn mới đã qua. Muốn không tính muộn cho báo cáo đã nộp, đồng chí chọn "
                "“Phường cho lùi hạn”."
            )
        return ""


class ExceptionForm(GrantForm):
    """An exception that stands: everything but its unit and month may change."""

    def __init__(self, *args: Any, extension: Extension, **kwargs: Any) -> None:
        self.extension = extension
        initial = {name: getattr(extension, name) for name in ("kind", "due_on", "reason")}
        super().__init__(*args, initial=initial, **kwargs)

    def month(self) -> dt.date | None:
        return self.extension.month


class ExceptionsForm(GrantForm):
    """The same exception for several units at once: ticked one by one, or by groups."""

    when = MonthField(label="Tháng báo cáo", help_text="Ví dụ: 11/2026.")
    groups = forms.MultipleChoiceField(
        label="Cả nhóm",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Muốn có nhóm theo khu vực, đồng chí thêm ở mục Đơn vị, Nhóm đơn vị.",
    )
    units = forms.MultipleChoiceField(
        label="Từng đơn vị", required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["when", "kind", "due_on", "reason", "groups", "units"]

    def __init__(
        self, *args: Any, units: Iterable[Unit], groups: dict[str, tuple[str, set[int]]], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.by_key = {str(unit.pk): unit for unit in units}
        self.groups_by_key = groups
        self.fields["units"].choices = [  # type: ignore[attr-defined]
            (key, unit.name) for key, unit in self.by_key.items()
        ]
        self.fields["groups"].choices = [  # type: ignore[attr-defined]
            (key, f"{name} ({len(members)} đơn vị)") for key, (name, members) in groups.items()
        ]
        for name in ("units", "groups"):
            self.fields[name].error_messages["invalid_choice"] = (
                "Danh sách đơn vị đã thay đổi hoặc đơn vị không phải báo cáo tháng này, "
                "đồng chí chọn lại."
            )

    def month(self) -> dt.date | None:
        return self.cleaned_data.get("when")

    def chosen(self) -> list[Unit]:
        """The units ticked and those of the groups ticked, each once, in official order."""
        keys = set(self.cleaned_data.get("units", []))
        for group in self.cleaned_data.get("groups", []):
            keys |= {str(pk) for pk in self.groups_by_key[group][1]}
        return [unit for key, unit in self.by_key.items() if key in keys]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.chosen() and not {"units", "groups"} & set(self.errors):
            self.add_error("units", "Chưa chọn đơn vị nào.")
        return cleaned


class HolidayForm(forms.Form):
    """One day or several in a row on which the ward rests, or works although the country rests."""

    use_required_attribute = False
    first = VietnameseDateField(label="Ngày", help_text="Ví dụ: 28/11/2026.")
    last = VietnameseDateField(
        label="Đến hết ngày", required=False, help_text="Để trống khi chỉ có một ngày."
    )
    is_working = forms.TypedChoiceField(
        label="Hôm đó phường",
        choices=[("", "nghỉ"), ("1", "vẫn làm việc (ngày lễ, thứ Bảy, Chủ nhật làm bù)")],
        coerce=bool,
        empty_value=False,
        required=False,
        initial="",
        widget=forms.RadioSelect,
    )
    name = PlainTextField(label="Tên ngày, lý do", max_length=120)

    def __init__(self, *args: Any, off: DaysOff, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.off = off
        self.today = today
        self.days: list[dt.date] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first = cleaned.get("first")
        if first is None or "last" in self.errors:
            return cleaned
        last = cleaned.get("last") or first
        if refusal := self._refusal(first, last):
            self.add_error(*refusal)
            return cleaned
        days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
        wants_work = bool(cleaned.get("is_working"))
        self.days = [day for day in days if bool(self.off.reason(day)) == wants_work]
        if taken := [day for day in self.days if day in self.off.own]:
            self.add_error(
                "first", f"Ngày {format_date(taken[0])} đã có trong danh sách của phường."
            )
        elif not self.days:
            state = "là ngày làm việc" if wants_work else f"là ngày nghỉ: {self.off.reason(first)}"
            self.add_error("first", f"Ngày {format_date(first)} vốn đã {state}.")
        return cleaned

    def _refusal(self, first: dt.date, last: dt.date) -> tuple[str, str] | None:
        if first < self.today:
            return (
                "first",
                "Ngày này đã qua. Muốn lùi hạn đã qua, đồng chí dùng phần gia hạn.",
            )
        if last < first:
            return "last", "Ngày cuối phải sau ngày đầu."
        if (last - first).days >= LONGEST_REST:
            return "last", f"Mỗi lần thêm nhiều nhất {LONGEST_REST} ngày."
        if (last - self.today).days > HOLIDAYS_AHEAD:
            return "first", "Ngày này còn hơn hai năm nữa, hãy xem lại năm."
        return None

"""What is asked to plan, move and log an airing."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import PlainTextField, VietnameseDateField
from outreach.loudspeaker.models import Bulletin, Slot
from units.models import Unit


class PlanForm(forms.Form):
    bulletin = forms.ModelChoiceField(
        Bulletin.objects.none(), label="Bản tin", empty_label="Chọn bản tin"
    )
    day = VietnameseDateField(label="Ngày phát", help_text="Ví dụ: 21/4/2027.")
    slot = forms.ModelChoiceField(
        Slot.objects.none(), label="Khung giờ", empty_label="Chọn khung giờ"
    )

    def __init__(self, ward: Unit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        rows = Bulletin.objects.filter(owner=ward).exclude(status=Bulletin.Status.WITHDRAWN)
        fields["bulletin"].queryset = rows
        fields["slot"].queryset = Slot.objects.filter(owner=ward, is_active=True)


class MoveForm(PlanForm):
    def __init__(self, ward: Unit, *args: Any, **kwargs: Any) -> None:
        super().__init__(ward, *args, **kwargs)
        del self.fields["bulletin"]


class LogForm(forms.Form):
    minutes = forms.RegexField(
        r"^\d{1,3}$",
        label="Số phút đã phát",
        required=False,
        error_messages={"invalid": "Ghi số phút bằng chữ số, ví dụ 4."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
    )
    announcer = PlainTextField(
        label="Ai phát", required=False, max_length=100, help_text="Để trống là đồng chí."
    )
    reason = PlainTextField(
        label="Vì sao không phát được",
        required=False,
        max_length=300,
        help_text="Ví dụ: mất điện, mưa bão, hỏng loa.",
    )

"""What an officer chooses, writes and decides on an official report."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from core.docx import PROFILES
from core.forms import PlainTextField
from core.text import previous_month
from reports.official.drafting import MAX_TEXT
from reports.spans import Span, SpanKind
from units.models import Unit, UnitGroup

MONTHS_BACK = 12
WHOLE = "phuong"


def spans_until(month: dt.date) -> list[Span]:
    """What can be reported on in ``month``: the newest of each kind first, a year back."""
    months = [month]
    while len(months) <= MONTHS_BACK:
        months.append(previous_month(months[-1]))
    found: dict[Span, None] = {}
    for kind in SpanKind:
        for one in months:
            found[Span.holding(kind, one)] = None
    return list(found)


def span_choices(spans: list[Span]) -> list[tuple[str, list[tuple[str, str]]]]:
    by_kind: dict[str, list[tuple[str, str]]] = {}
    for span in spans:
        label = str(span.kind.label)
        by_kind.setdefault(label[:1].upper() + label[1:], []).append(
            (span.slug, span.words[:1].upper() + span.words[1:])
        )
    return list(by_kind.items())


class NewReportForm(forms.Form):
    """Span, part of the ward, form."""

    ky = forms.ChoiceField(label="Kỳ báo cáo", error_messages={"required": "Chưa chọn kỳ."})
    pham_vi = forms.ChoiceField(label="Phạm vi", required=False)
    the_thuc = forms.ChoiceField(
        label="Thể thức",
        choices=[(one.key, one.name) for one in PROFILES.values()],
        error_messages={"required": "Chưa chọn thể thức."},
    )

    def __init__(
        self,
        *args: Any,
        month: dt.date,
        groups: list[UnitGroup],
        branches: list[Unit],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.spans = {span.slug: span for span in spans_until(month)}
        self.parts: dict[str, Unit | UnitGroup | None] = {WHOLE: None}
        self.parts |= {f"nhom-{one.pk}": one for one in groups}
        self.parts |= {f"khoi-{one.pk}": one for one in branches}
        wrong = {"invalid_choice": "Không có lựa chọn này; mời đồng chí chọn lại."}
        for name, choices in (
            ("ky", span_choices(list(self.spans.values()))),
            ("pham_vi", [(key, str(one or "Cả phường")) for key, one in self.parts.items()]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].error_messages |= wrong
        self.fields["the_thuc"].error_messages |= wrong
        self.fields["ky"].initial = Span.holding(SpanKind.QUARTER, month).slug

    @property
    def span(self) -> Span:
        return self.spans[self.cleaned_data["ky"]]

    @property
    def part(self) -> Unit | UnitGroup | None:
        return self.parts[self.cleaned_data["pham_vi"] or WHOLE]


class SeenForm(forms.Form):
    """The version that was seen; 0, which no row has, where none was sent."""

    seen_version = forms.IntegerField(
        label="Bản đang xem", widget=forms.HiddenInput, min_value=0, max_value=10**8
    )


class SectionForm(SeenForm):
    """The sentences of a section, a line each."""

    text = PlainTextField(label="Lời văn", multiline=True, required=False, max_length=MAX_TEXT)


class HeadForm(SeenForm):
    """What stands around the text."""

    superior = PlainTextField(label="Cơ quan cấp trên", required=False, max_length=200)
    issuer = PlainTextField(label="Cơ quan ban hành", max_length=200)
    symbol = PlainTextField(
        label="Ký hiệu", max_length=40, help_text="Số để trống cho văn thư. Ví dụ: BC/ĐU."
    )
    place = PlainTextField(label="Địa danh", required=False, max_length=60)
    subject = PlainTextField(label="Trích yếu", multiline=True, max_length=600)
    basis = PlainTextField(
        label="Căn cứ", multiline=True, required=False, max_length=1000,
        help_text="Đứng sau chữ “Thực hiện” ở câu mở đầu.",
    )  # fmt: skip
    reporter = PlainTextField(label="Cơ quan báo cáo trong câu mở đầu", max_length=200)
    authority = PlainTextField(
        label="Thẩm quyền ký", multiline=True, required=False, max_length=200,
        help_text="Ví dụ: T/M BAN THƯỜNG VỤ. Mỗi dòng một dòng.",
    )  # fmt: skip
    position = PlainTextField(
        label="Chức vụ người ký", required=False, max_length=120,
        help_text="Họ tên người ký để trống, điền khi ký.",
    )  # fmt: skip
    recipients = PlainTextField(
        label="Nơi nhận", multiline=True, required=False, max_length=2000,
        help_text="Mỗi dòng một nơi.",
    )  # fmt: skip


class ReasonForm(SeenForm):
    reason = PlainTextField(
        label="Lý do", max_length=500, error_messages={"required": "Cần ghi lý do."}
    )


class SignedForm(SeenForm):
    file = forms.FileField(
        label="Bản đã ký (PDF)",
        error_messages={
            "required": "Chưa chọn tệp, hãy chọn bản PDF đã ký.",
            "empty": "Tệp này rỗng, hãy chọn tệp khác.",
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf"}),
    )
    reason = PlainTextField(
        label="Lý do thay bản đã ký",
        required=False,
        max_length=500,
        help_text="Chỉ ghi khi đã có bản đã ký và đồng chí thay bản khác.",
    )


__all__ = ["HeadForm", "NewReportForm", "ReasonForm", "SectionForm", "SeenForm", "SignedForm"]

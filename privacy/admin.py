"""The register in the office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html

from core.text import format_date
from privacy.models import PersonalRequest
from units import history
from units.office.owned import WardOwnedAdmin


class PersonalRequestForm(forms.ModelForm):
    class Meta:
        model = PersonalRequest
        fields = (
            "kind",
            "received_on",
            "person",
            "note",
            "needs_others",
            "answered_on",
            "extension_reason",
            "done_on",
            "outcome",
            "is_held",
        )


@admin.register(PersonalRequest)
class PersonalRequestAdmin(WardOwnedAdmin):
    office_section = "system"
    office_order = 90
    form = PersonalRequestForm
    list_display = ("kind", "received_on", "answer_by", "done_by", "standing")
    list_filter = ("kind",)

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> Any:
        if db_field.name == "person":
            return history.people_visible_to(request.user).order_by("full_name")
        return super().get_field_queryset(db, db_field, request)

    @admin.display(description="trả lời trước hết ngày", ordering="answer_due")
    def answer_by(self, one: PersonalRequest) -> str:
        return format_date(one.answer_due)

    @admin.display(description="làm xong trước hết ngày", ordering="done_due")
    def done_by(self, one: PersonalRequest) -> str:
        return format_date(one.done_due)

    @admin.display(description="tình trạng")
    def standing(self, one: PersonalRequest) -> str:
        if one.done_on:
            return "đã xong"
        if one.is_late():
            return format_html("<strong>{}</strong>", "quá hạn")
        return "đang làm" if one.answered_on else "chờ trả lời"

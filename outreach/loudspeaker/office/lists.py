"""Lists and forms: bulletins, slots, the ward's own words, its voice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.forms import PlainTextField
from outreach.content.office.forms import PieceForm
from outreach.content.office.lists import PieceAdmin
from outreach.loudspeaker import scripts
from outreach.loudspeaker.models import (
    EVERY_DAY,
    MOST_LETTERS,
    WEEKDAYS,
    Bulletin,
    Slot,
    SpokenWord,
    Voice,
)
from plans.models import ContentItem
from units.office import WardOwnedAdmin


class BulletinForm(PieceForm):
    text = PlainTextField(
        label="lời",
        max_length=MOST_LETTERS,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="Viết như trên giấy: số, ngày, chữ tắt được đọc thành lời ở trang sau.",
    )

    class Meta(PieceForm.Meta):
        model = Bulletin
        fields = ("content_item", "title", "text", "bases", "expires_on")


@admin.register(Bulletin)
class BulletinAdmin(PieceAdmin):
    office_order = 24
    form = BulletinForm
    list_display = ("title", "content_item", "status_link", "length", "published_at")
    fields = ("status_link", *BulletinForm.Meta.fields)

    def begun_with(self, item: ContentItem) -> dict[str, Any]:
        return {"text": item.text[:2000]}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        scripts.measure(obj)
        super().save_model(request, obj, form, change)

    @admin.display(description="thời lượng", ordering="seconds")
    def length(self, bulletin: Bulletin) -> str:
        return str(scripts.Length(bulletin.syllables, bulletin.seconds))


class SlotForm(forms.ModelForm):
    weekdays = forms.MultipleChoiceField(
        label="các ngày trong tuần",
        choices=[
            (key, name if name == WEEKDAYS[-1] else f"Thứ {name}")
            for key, name in zip(EVERY_DAY, WEEKDAYS, strict=True)
        ],
        initial=list(EVERY_DAY),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Đồng chí đánh dấu ít nhất một ngày."},
    )

    class Meta:
        model = Slot
        fields = ("name", "starts_at", "minutes", "weekdays", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["weekdays"] = list(self.instance.weekdays)

    def clean_weekdays(self) -> str:
        return "".join(sorted(self.cleaned_data["weekdays"]))


@admin.register(Slot)
class SlotAdmin(WardOwnedAdmin):
    office_section = "outreach"
    office_order = 62
    form = SlotForm
    list_display = ("name", "starts_at", "minutes", "on_days", "is_active")
    fields = SlotForm.Meta.fields

    @admin.display(description="các ngày trong tuần")
    def on_days(self, slot: Slot) -> str:
        return slot.days


class _Measuring(WardOwnedAdmin):
    """What changes the length of every bulletin measures them again."""

    office_section = "outreach"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        scripts.measure_all(obj.owner)


@admin.register(SpokenWord)
class SpokenWordAdmin(_Measuring):
    office_order = 64
    list_display = ("written", "spoken")
    search_fields = ("written", "spoken")
    fields = ("written", "spoken")


@admin.register(Voice)
class VoiceAdmin(_Measuring):
    office_order = 66
    list_display = ("speed", "says_mung")
    fields = ("speed", "says_mung")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One a ward: whoever wants another changes the one that is there."""
        there = Voice.objects.visible_to(request.user).first()
        if there is not None and self.has_change_permission(request, there):
            return redirect("admin:outreach_voice_change", there.pk)
        return super().add_view(request, form_url, extra_context)

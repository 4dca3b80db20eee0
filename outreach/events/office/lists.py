"""The list and the form of events. One that moves after invitations says why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from core.admin import OfficeInline
from core.forms import PlainTextField, VietnameseDateField
from outreach.content.office.forms import PictureMixin, line, upload_field
from outreach.events import workflow
from outreach.events.models import EventPhoto
from outreach.models import Event
from units.office import WardOwnedAdmin


class EventForm(forms.ModelForm):
    title = line("nội dung", 200)
    held_on = VietnameseDateField(label="ngày")
    ends_on = VietnameseDateField(label="đến hết ngày", required=False)
    place = line("địa điểm", 200, required=False)
    about = PlainTextField(
        label="giới thiệu",
        required=False,
        max_length=4000,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    reason = PlainTextField(
        label="lý do dời",
        required=False,
        max_length=300,
        help_text="Cần khi đã mời đơn vị mà đổi ngày, giờ hoặc nơi; các đơn vị được báo lại.",
    )

    class Meta:
        model = Event
        fields = ("kind", "title", "held_on", "starts_at", "ends_on", "place", "about", "is_public")
        help_texts = {"is_public": "Hiện ở trang Sự kiện và trong lịch công khai của phường."}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.instance.pk and {"held_on", "place"} <= data.keys():
            stored = Event.objects.get(pk=self.instance.pk)
            is_moved = workflow.must_give_reason(
                stored,
                held_on=data["held_on"],
                starts_at=data.get("starts_at"),
                place=data["place"],
            )
            if is_moved and not data.get("reason"):
                self.add_error(
                    "reason",
                    "Đã mời các đơn vị theo lịch cũ: ghi lý do dời, rồi báo lại từng đơn vị.",
                )
            self.is_moved = is_moved
        return data

    is_moved = False


class PhotoForm(PictureMixin):
    alt_name, consent_name = "alt", "consent"
    is_needed = True

    upload = upload_field("tệp ảnh")
    alt = line("ảnh có gì", 200)
    consent = line("sự đồng ý", 300)

    class Meta:
        model = EventPhoto
        fields = ("alt", "consent")


class PhotosOfEvent(OfficeInline):
    model = EventPhoto
    form = PhotoForm
    fields = ("upload", "alt", "consent")
    extra = 1

    def _may(self, request: HttpRequest, verb: str, obj: Any = None) -> bool:
        return request.user.has_perm(
            f"outreach.{'view' if verb == 'view' else 'change'}_event", obj
        )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only looks is asked for no file."""
        return self.fields if self._may(request, "change", obj) else ("alt", "consent")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change", obj)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.user = request.user
        return formset


@admin.register(Event)
class EventAdmin(WardOwnedAdmin):
    office_section = "outreach"
    office_label = "Hoạt động, sự kiện"
    office_order = 70
    view_on_site = False
    form = EventForm
    inlines = (PhotosOfEvent,)
    list_display = ("title", "kind", "held_on", "place", "is_public", "people")
    list_filter = ("kind", "is_public")
    search_fields = ("title", "place")
    date_hierarchy = "held_on"
    fields = (*EventForm.Meta.fields, "reason")

    def save_model(self, request: HttpRequest, obj: Event, form: Any, change: bool) -> None:
        if change:
            obj.version += 1
        else:
            obj.created_by = request.user
        if form.is_moved:
            obj.moved_because = form.cleaned_data["reason"]
        super().save_model(request, obj, form, change)
        if form.is_moved and (number := workflow.mark_moved(obj)):
            messages.warning(request, f"Đã đổi lịch. Còn {number} đơn vị phải báo lại.")

    def response_post_save_add(self, request: HttpRequest, obj: Event) -> HttpResponse:
        return redirect("admin:event_page", obj.pk)

    response_post_save_change = response_post_save_add

    @admin.display(description="mời và dự")
    def people(self, event: Event) -> str:
        return format_html(
            '<a href="{}">Mời, ghi số dự</a>', reverse("admin:event_page", args=[event.pk])
        )

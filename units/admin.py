"""Units and people in the office."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join

from accounts.models import User
from core.admin import OfficeInline, OfficeModelAdmin
from core.exporting import ALL_WARDS, add_reach
from core.finding import add_sources
from core.history.pages import add_histories
from core.lists import add_ready
from core.models import ExportLog
from core.text import fold, format_phone
from units import finding, history, office
from units.filters import SecretaryFilter
from units.forms import PersonForm, UnitForm, UnitGroupForm
from units.models import (
    Membership,
    ReportingDuty,
    Unit,
    UnitChange,
    UnitGroup,
    UnitName,
    WardProfile,
)
from units.office import WardOwnedAdmin
from units.office.pages import PAGES
from units.permissions import may, scope_q, ward_paths

admin.site.add_pages(*PAGES)
admin.site.add_today(office.today_items)
add_histories(*history.KINDS)
add_sources(*finding.SOURCES)
add_reach(ward_paths)
add_ready("units.unit", "Đơn vị không có bí thư", bi_thu="chua-co")


@admin.register(ExportLog)
class ExportLogAdmin(OfficeModelAdmin):
    """Who took which list out; nobody writes here."""

    office_section = "system"
    office_order = 90
    list_display = ("at", "user", "name", "row_count", "query_words")
    list_select_related = ("user",)
    search_fields = ("name",)
    fields = ("at", "user", "name", "row_count", "columns", "query_words")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExportLog]:
        """What was taken out of the own wards, by whomever; ``is_all_own``: of no other besides."""
        own = Unit.objects.wards().permitted(request.user, "core.view_exportlog")
        touched = Q(wards__contains=f",{ALL_WARDS},")
        others = F("wards")
        for path in own.values_list("path", flat=True):
            touched |= Q(wards__contains=f",{path},")
            others = Replace(others, Value(f",{path},"), Value(",,"))
        return ExportLog.objects.filter(touched).annotate(others=others)

    @admin.display(description="bộ lọc")
    def query_words(self, line: ExportLog) -> str:
        """What was looked for in a table of several wards may tell of the others' people."""
        is_own = not line.others.strip(",")  # type: ignore[attr-defined]
        return line.query if is_own or not line.query else "bảng gồm cả phường khác, không hiện"

    def _may(self, request: HttpRequest, verb: str, obj: Any = None) -> bool:
        """A line belongs to a person, not to a unit: the queryset is its scope."""
        return verb == "view" and may(request.user, "core.view_exportlog")


class UnitNameInline(OfficeInline):
    model = UnitName
    fields = ("kind", "name", "valid_from", "valid_to")
    verbose_name_plural = "tên theo thời gian"

    def _may(self, request: HttpRequest, verb: str, obj: Any = None) -> bool:
        return may(request.user, f"units.{'view' if verb == 'view' else 'change'}_unit", obj)


class ReportingDutyInline(OfficeInline):
    model = ReportingDuty
    fields = ("starts_on", "ends_on")


class MembershipInline(OfficeInline):
    model = Membership
    fk_name = "unit"
    fields = ("user", "role", "starts_on", "ends_on")


class MembershipOfPersonInline(OfficeInline):
    model = Membership
    fields = ("role", "unit", "starts_on", "ends_on")
    min_num = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        """What a person does elsewhere is not this officer's to see or to change."""
        verb = "change" if self._may(request, "change") else "view"
        inside = scope_q(request.user, f"units.{verb}_membership", prefix="unit__")
        return super().get_queryset(request).filter(inside)

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> Any:
        if db_field.name == "unit":
            return Unit.objects.permitted(request.user, "units.add_membership").in_order()
        return super().get_field_queryset(db, db_field, request)

    def _may(self, request: HttpRequest, verb: str, obj: Any = None) -> bool:
        """The person is no row of a unit; the scope is that of the duties, see above."""
        return may(request.user, f"units.{verb}_membership")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A reader of all wards is not made here: in the office every duty has its scope."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.base_fields["unit"].required = True
        return formset


@admin.register(Unit)
class UnitAdmin(OfficeModelAdmin):
    office_section = "units"
    office_order = 10
    form = UnitForm
    list_display = ("name", "kind", "code", "opened_on", "closed_on")
    list_filter = ("kind", SecretaryFilter)
    search_fields = ("search",)
    search_help_text = "Gõ tên hoặc mã, không cần dấu."
    inlines = (UnitNameInline, ReportingDutyInline, MembershipInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Unit]:
        return super().get_queryset(request).order_by("position", "sort_key")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        return super().get_search_results(request, queryset, fold(search_term))

    def get_fields(self, request: HttpRequest, obj: Unit | None = None) -> Any:
        own = list(UnitForm.Meta.fields)
        return [*own, "ways_to_change"] if obj else ["parent", *own]

    def get_readonly_fields(self, request: HttpRequest, obj: Unit | None = None) -> Any:
        """What has its own time is changed by a step that keeps the old state with its days."""
        return (
            (*sorted(history.BY_STEPS), "ways_to_change")
            if obj and obj.depth > 1
            else ("ways_to_change",)
        )

    @admin.display(description="đổi tên, sáp nhập, chia tách, thôi hoạt động")
    def ways_to_change(self, unit: Unit) -> str:
        links = [
            (reverse(f"admin:unit_{kind}"), unit.pk, label)
            for kind, _, label, _ in office.STEPS
            if kind != UnitChange.Kind.OPEN
        ]
        return format_html_join(" · ", '<a href="{}?don-vi={}">{}</a>', links)

    def get_form(self, request: HttpRequest, obj: Unit | None = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)
        if obj is None:
            parents = Unit.objects.permitted(request.user, "units.add_unit")
            form.base_fields["parent"].queryset = parents.filter(closed_on__isnull=True)
        return form

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> Any:
        """A plain box, which works without JavaScript: a ward has some dozens of groups."""
        groups = super().get_field_queryset(db, db_field, request)
        return groups.filter(kind=Unit.Kind.RESIDENTIAL_GROUP, closed_on__isnull=True)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Most units stand directly below the ward."""
        ward = Unit.objects.wards().permitted(request.user, "units.add_unit").first()
        return {"parent": ward.pk if ward else None} | super().get_changeform_initial_data(request)

    def save_model(self, request: HttpRequest, obj: Unit, form: Any, change: bool) -> None:
        """A new unit was put into the tree by the form."""
        if change:
            super().save_model(request, obj, form, change)


@admin.register(UnitGroup)
class UnitGroupAdmin(WardOwnedAdmin):
    office_section = "units"
    office_order = 20
    list_display = ("name", "member_count")
    form = UnitGroupForm

    @admin.display(description="số đơn vị hiện nay")
    def member_count(self, group: UnitGroup) -> int:
        return group.units_on().count()


@admin.register(ReportingDuty)
class ReportingDutyAdmin(OfficeModelAdmin):
    office_section = "units"
    office_order = 30
    list_display = ("unit", "starts_on", "ends_on")
    list_select_related = ("unit",)

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> Any:
        return Unit.objects.permitted(request.user, "units.add_reportingduty").in_order()


@admin.register(WardProfile)
class WardProfileAdmin(OfficeModelAdmin):
    office_section = "system"
    office_order = 10
    list_display = ("ward", "committee_name", "phone_words")
    list_select_related = ("ward",)
    fields = (
        "committee_name",
        "superior_name",
        "place_name",
        "office_phone",
        "office_phone_name",
        "host",
    )

    @admin.display(description="điện thoại văn phòng", ordering="office_phone")
    def phone_words(self, profile: WardProfile) -> str:
        return format_phone(profile.office_phone)


@admin.register(User)
class PersonAdmin(OfficeModelAdmin):
    """People of the wards in which the officer may see accounts."""

    office_section = "units"
    office_order = 40
    form = PersonForm
    list_display = ("full_name", "username", "phone_words", "may_sign_in", "last_login")
    list_filter = ("is_active",)
    search_fields = ("full_name", "username", "phone")
    inlines = (MembershipOfPersonInline,)

    @admin.display(description="số điện thoại", ordering="phone")
    def phone_words(self, person: User) -> str:
        return format_phone(person.phone or "")

    @admin.display(description="được đăng nhập", ordering="is_active", boolean=True)
    def may_sign_in(self, person: User) -> bool:
        return person.is_active

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return history.people_visible_to(request.user).order_by("full_name", "username")

    def _may(self, request: HttpRequest, verb: str, obj: Any = None) -> bool:
        """A person is in scope when the queryset holds them; the table says the rest.

        Who also serves outside the officer's reach is only looked at: a new password would
        hand over what that person may do there.
        """
        action = f"accounts.{verb}_user"
        if not may(request.user, action):
            return False
        if verb != "change" or obj is None:
            return True
        inside = obj.memberships.filter(scope_q(request.user, action, prefix="unit__"))
        held = obj.memberships.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=timezone.localdate()))
        return not held.exclude(pk__in=inside.values("pk")).exists()

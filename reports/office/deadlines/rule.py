"""The rule of the ward: said as a sentence and a calendar, changed from a month on."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.admin import office_render
from core.text import first_of_month, format_month, next_month, previous_month
from reports import days_off, deadlines, periods
from reports.forms import RuleForm
from reports.models import DeadlineRule
from reports.office.scope import choose_ward, fingerprint, permitted_wards, ward_context
from units.models import Unit

VIEW, CHANGE = "reports.view_deadlinerule", "reports.add_deadlinerule"
RULE_FIELDS = [name for name in RuleForm.Meta.fields if name != "starts_on"]


@require_safe
def deadlines_page(request: HttpRequest) -> HttpResponse:
    """What holds now, what comes, and what held."""
    wards = permitted_wards(request, VIEW)
    ward = choose_ward(request, wards)
    today = timezone.localdate()
    rules = list(DeadlineRule.objects.filter(owner=ward).order_by("-starts_on"))
    off = days_off.of_ward(ward)
    plan = deadlines.planner(rules, off)
    month = first_of_month(today)
    current = periods.rule_for(rules, month)
    context = {
        **ward_context(ward, wards),
        "sentence": deadlines.rule_sentence(current),
        "is_default": current is periods.DEFAULT_DAYS,
        "coming": [_said(rule) for rule in rules[::-1] if rule.starts_on > month],
        "tables": deadlines.month_tables(plan, off, month),
        "marks": deadlines.MARKS,
        "history": _history(rules, current),
        "changes": _changes(ward),
        "may_change": request.user.has_perm(CHANGE, ward),
    }
    return office_render(request, "reports/office/deadlines/rule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def deadline_change(request: HttpRequest) -> HttpResponse:
    """The form; “Xem thử” says it back, “Lưu” keeps exactly what was said back."""
    wards = permitted_wards(request, CHANGE)
    ward = choose_ward(request, wards)
    today = timezone.localdate()
    rules = list(DeadlineRule.objects.filter(owner=ward).order_by("-starts_on"))
    first = periods.Calendar(ward, []).month_asked(today)
    context: dict[str, Any] = {**ward_context(ward, wards), "marks": deadlines.MARKS}
    if request.method != "POST":
        context["form"] = RuleForm(ward=ward, first=first, initial=_initial(rules, first))
        return office_render(request, "reports/office/deadlines/rule_form.html", context)
    form = context["form"] = RuleForm(request.POST, ward=ward, first=first)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return office_render(request, "reports/office/deadlines/rule_form.html", context, status)
    seen = fingerprint(
        form.instance.starts_on,
        [getattr(form.instance, name) for name in RULE_FIELDS],
        [[rule.pk, rule.starts_on, *(getattr(rule, n) for n in RULE_FIELDS)] for rule in rules],
    )
    wants_save = request.POST.get("action") == "luu"
    if wants_save and form.cleaned_data["seen"] == seen:
        form.instance.save()
        words = deadlines.rule_sentence(form.instance)
        since = format_month(form.instance.starts_on)
        messages.success(request, f"Đã lưu, áp dụng từ {since}. {words}")
        return redirect(f"{reverse('admin:report_deadlines')}?{context['ward_query'].lstrip('&')}")
    context |= _preview(form.instance, rules, ward, today)
    context |= {"seen": seen, "is_stale": wants_save}
    status = HTTPStatus.CONFLICT if wants_save else HTTPStatus.OK
    return office_render(request, "reports/office/deadlines/rule_form.html", context, status)


def _initial(rules: list[DeadlineRule], first: dt.date) -> dict[str, Any]:
    """The days that hold now, from next month on. A first rule begins with the shift, which the
    Civil Code (điều 148, khoản 5) gives to every time limit.
    """
    current = periods.rule_for(rules, first)
    initial = {name: getattr(current, name) for name in RULE_FIELDS}
    if current is periods.DEFAULT_DAYS:
        initial["shifts_to_working_day"] = True
    return initial | {"starts_on": next_month(first)}


def _preview(
    rule: DeadlineRule, rules: list[DeadlineRule], ward: Unit, today: dt.date
) -> dict[str, Any]:
    others = [one for one in rules if one.starts_on != rule.starts_on]
    off = days_off.of_ward(ward)
    before = deadlines.planner(rules, off)
    after = deadlines.planner([*others, rule], off)
    first = max(first_of_month(today), rule.starts_on)
    later = [one.starts_on for one in others if one.starts_on > rule.starts_on]
    return {
        "preview": rule,
        "sentence": deadlines.rule_sentence(rule),
        "tables": deadlines.month_tables(after, off, first),
        "moved": deadlines.moved_days(before, after, rule.starts_on),
        "replaces": len(others) < len(rules),
        "until": previous_month(min(later)) if later else None,
    }


def _said(rule: DeadlineRule) -> dict[str, Any]:
    return {"starts_on": rule.starts_on, "sentence": deadlines.rule_sentence(rule)}


def _history(rules: list[DeadlineRule], current: Any) -> list[dict[str, Any]]:
    """The rules, the newest first, each with its last month (None: still open)."""
    lines, following = [], None
    for rule in rules:
        ends = min(filter(None, (rule.ends_on, following)), default=None)
        lines.append(
            _said(rule)
            | {"until": previous_month(ends) if ends else None, "is_current": rule is current}
        )
        following = rule.starts_on
    return lines


def _changes(ward: Unit) -> list[dict[str, Any]]:
    """Who set what when, the newest first; one query."""
    records = DeadlineRule.history.filter(owner=ward).select_related("history_user")
    return [{"at": one.history_date, "by": one.history_user, **_said(one)} for one in records[:50]]

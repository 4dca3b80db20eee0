"""Biểu dương: the shortlist by visible rules, its settings, and the draft of a proposal."""

from __future__ import annotations

import re
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_POST

from core.admin import office_render
from core.docx import PARTY_HD05, OfficialDocument
from core.downloads import attachment
from core.exporting import logged_sheet, made_at
from core.files import FileRefusedError
from core.files.checks import DOCX
from core.named_places import TemplateFailedError, filled
from core.sheets import Column, Kind
from core.workflow import StaleError
from plans.models import TemplateKind, WordTemplate
from plans.office.word_templates import chosen_template, content_of
from reports import commendation
from reports.commendation import Line, Setting, Span
from reports.exports.templates import (
    commendation_head,
    commendation_subject,
    commendation_values,
)
from reports.forms.commendation import CommendationForm
from reports.office.scope import choose_ward, permitted_wards, ward_context, wards_for
from reports.workflow import consolidated
from units.models import Unit

CHANGE = "reports.change_indicator"
STALE = (
    "Tiêu chí vừa có người khác đổi. Bên dưới là tiêu chí đang lưu; điều đồng chí chọn vẫn trong ô."
)
_NUMBER = re.compile(r"[0-9]{1,15}")


@require_http_methods(["GET", "HEAD", "POST"])
def commend_page(request: HttpRequest) -> HttpResponseBase:
    """The shortlist; ``?chon=`` leaves units out of the draft, ``?tep=`` is its Word file. A POST
    takes it as a table, which leaves a line in the log.
    """
    wards = wards_for(request)
    ward = choose_ward(request, wards)
    if request.method == "POST":
        return _table(request, ward)
    return _render(request, ward, wards)


def _table(request: HttpRequest, ward: Unit) -> HttpResponseBase:
    today = timezone.localdate()
    span = commendation.span_of(request.GET.get("ky", ""), today)
    settings, _ = commendation.settings_of(ward)
    names = [setting.rule.name for setting in settings if setting.is_on]
    rows = (
        [
            line.unit.name,
            line.met,
            *(f"{'✓ ' if one.is_met else ''}{one.figure}" for one in line.findings),
        ]
        for line in commendation.shortlist(ward, span.months, settings, today)
    )
    return logged_sheet(
        request,
        name=f"Đề nghị biểu dương, {span.name}",
        columns=[
            Column("Đơn vị", width=44),
            Column("Số tiêu chí đạt", Kind.COUNT),
            *(Column(name, width=28) for name in names),
        ],
        rows=rows,
        heading=(commendation.criteria_text(settings), made_at()),
        wards=[ward.path],
    )


def _render(
    request: HttpRequest,
    ward: Unit,
    wards: list[Unit],
    *,
    form: CommendationForm | None = None,
    errors: list[str] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    today = timezone.localdate()
    span = commendation.span_of(request.GET.get("ky", ""), today)
    settings, version = commendation.settings_of(ward)
    lines = commendation.shortlist(ward, span.months, settings, today)
    chosen = _chosen(request, lines)
    look = request.GET.get("tep", "")
    if look and request.method != "POST":
        try:
            return _file(look, ward, chosen, settings, span)
        except (TemplateFailedError, FileRefusedError) as error:
            errors, status = [str(error)], HTTPStatus.UNPROCESSABLE_ENTITY
    texts = [*commendation.draft_lines(chosen, span), commendation.criteria_text(settings)]
    may_change = request.user.has_perm(CHANGE, ward)
    context = {
        **ward_context(ward, wards),
        "span": span,
        "newest": span.months[-1],
        "spans": _spans(today.year, span),
        "lines": lines,
        "chosen": {line.unit.pk for line in chosen},
        "settings": settings,
        "used": [setting for setting in settings if setting.is_on],
        "version": version,
        "form": form or (CommendationForm(settings) if may_change else None),
        "errors": errors or [],
        "draft": "\n".join(texts) if chosen else "",
        "docx_query": _docx_query(request, span),
        "templates": WordTemplate.objects.in_use(ward, TemplateKind.COMMENDATION),
        "may_change_templates": request.user.has_perm(consolidated.CHANGE, ward),
    }
    return office_render(request, "reports/office/commend.html", context, status=status)


def _chosen(request: HttpRequest, lines: list[Line]) -> list[Line]:
    """The ticked units; all that meet every rule used before anybody ticked."""
    if "chon" in request.GET or "da-chon" in request.GET:
        wanted = set(request.GET.getlist("chon"))
        return [line for line in lines if str(line.unit.pk) in wanted]
    return [line for line in lines if line.met == len(line.findings)]


def _docx_query(request: HttpRequest, span: Span) -> str:
    asked = [
        (name, value)
        for name in ("chon", "da-chon", "phuong")
        for value in request.GET.getlist(name)
    ]
    return urlencode([("ky", span.slug), *asked])


def _spans(year: int, span: Span) -> list[tuple[str, str, bool]]:
    """The spans of this year and the last, as choices."""
    slugs = [
        f"{one}{part}"
        for one in (year, year - 1)
        for part in ("-Q1", "-Q2", "-Q3", "-Q4", "-H1", "-H2", "")
    ]
    if span.slug not in slugs:
        slugs.append(span.slug)
    today = timezone.localdate()
    return [
        (slug, capfirst(commendation.span_of(slug, today).name), slug == span.slug)
        for slug in slugs
    ]


def _docx(ward: Unit, lines: list[Line], settings: list[Setting], span: Span) -> bytes:
    """The same words as the draft on the page, marked as a draft."""
    document = OfficialDocument(PARTY_HD05, is_draft=True)
    document.head(commendation_head(ward))
    document.title("TỜ TRÌNH", commendation_subject(span))
    for text in [*commendation.draft_lines(lines, span), commendation.criteria_text(settings)]:
        document.paragraph(text)
    return document.save(title="Đề nghị biểu dương")


def _file(
    look: str, ward: Unit, lines: list[Line], settings: list[Setting], span: Span
) -> HttpResponse:
    """As Word, in the ward's own template where ``look`` names one."""
    template = chosen_template(look, ward, TemplateKind.COMMENDATION)
    if template is None:
        data = _docx(ward, lines, settings, span)
    else:
        values = commendation_values(ward, lines, settings, span)
        data = filled(content_of(template), values)
    return attachment(data, f"de-nghi-bieu-duong-{span.slug}.docx", DOCX)


@require_POST
def commend_settings(request: HttpRequest) -> HttpResponse:
    """Switch rules on and off and set their levels."""
    wards = permitted_wards(request, CHANGE)
    ward = choose_ward(request, wards)
    settings, _ = commendation.settings_of(ward)
    form = CommendationForm(settings, request.POST)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _render(request, ward, wards, form=form, status=status)
    version = request.POST.get("seen_version", "")
    try:
        commendation.write_settings(
            ward,
            form.chosen(),
            actor=request.user,
            seen_version=int(version) if _NUMBER.fullmatch(version) else -1,
        )
    except StaleError:
        return _render(request, ward, wards, form=form, errors=[STALE], status=HTTPStatus.CONFLICT)
    messages.success(request, "Đã đặt tiêu chí.")
    asked = {"ky": request.GET.get("ky", ""), "phuong": str(ward.pk) if len(wards) > 1 else ""}
    query = urlencode({key: value for key, value in asked.items() if value})
    return redirect(f"{reverse('admin:commend')}?{query}")

"""One report before the reviewer: what it says, what is odd, and the buttons."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from core.admin import office_render
from core.text import format_date, format_month, previous_month
from core.workflow import StaleError, TransitionRefusedError
from plans.models import ContentItem
from reports import rules, workflow
from reports.answers import Paper, answers_from, paper_for, question_label
from reports.compare import Difference, answer_differences
from reports.forms import ReviewForm
from reports.models import (
    Activity,
    ConsolidatedReport,
    MonthlyReport,
    ReportContent,
    Status,
    Submission,
)
from reports.oddities import Evidence, gather, oddities, weight_of
from reports.office.waiting import Filter, way_from
from reports.views.photos import photo_rows
from reports.views.place import return_of
from units.permissions import scope_q

STEP_WORDS = {
    "submit": "Nộp",
    "amend": "Nộp lại bản sửa",
    "file": "Văn phòng nộp hộ theo lời bí thư",
    "return": "Trả lại để sửa",
    "accept": "Tiếp nhận",
    "reopen": "Mở lại để sửa",
}


@require_safe
def report_page(request: HttpRequest, pk: int) -> HttpResponse:
    told_in = ConsolidatedReport.objects.visible_to(request.user).filter(
        sources__report=OuterRef("pk")
    )
    mine = MonthlyReport.objects.visible_to(request.user).for_list()
    newest = Subquery(told_in.order_by("-pk").values("pk")[:1])
    report = get_object_or_404(mine.annotate(told_in_document=newest), pk=pk)
    return _page(request, report)


@require_POST
def report_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, return or reopen; then the next report that waits."""
    inside = scope_q(request.user, rules.REVIEW, prefix="unit__")
    report = get_object_or_404(MonthlyReport.objects.filter(inside).for_list(), pk=pk)
    paper = paper_for(report.unit, report.month, ward=report.ward)
    form = ReviewForm(paper.questions(), request.POST)
    step = workflow.STEPS.get(request.POST.get("step", ""))
    if not form.is_valid() or step not in workflow.REVIEW_STEPS:
        return _page(request, report, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        workflow.review(
            step,
            report,
            actor=request.user,
            seen_version=form.cleaned_data["seen_version"],
            reason=form.cleaned_data["reason"],
            question=form.cleaned_data["question"],
        )
    except StaleError as stale:
        form.add_error(None, f"{stale} {_last_step(stale.fresh)}".strip())
        seen = _seen_number(request)
        return _page(
            request, stale.fresh, form=form, status=HTTPStatus.CONFLICT, seen_submission=seen
        )
    except TransitionRefusedError as refusal:
        is_reason = step.needs_reason and not form.cleaned_data["reason"]
        said = str(refusal) if is_reason else f"{refusal} {_last_step(report)}".strip()
        form.add_error("reason" if is_reason else None, said)
        return _page(request, report, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _next(request, report, step)


def _next(request: HttpRequest, report: MonthlyReport, step: Any) -> HttpResponse:
    done = {
        workflow.ACCEPT: "Đã tiếp nhận",
        workflow.RETURN: "Đã trả lại để sửa",
        workflow.REOPEN: "Đã mở lại để sửa",
    }[step]
    words: Any = f"{done}: {report}."
    if step is workflow.RETURN:
        url = reverse("admin:report_page", args=[report.pk]) + "#tin-zalo"
        words = format_html('{} <a href="{}">Chép tin Zalo báo cho đơn vị</a>', words, url)
    messages.success(request, words)
    chosen = Filter.of(request)
    following = (
        report.pk if step is workflow.REOPEN else way_from(request, report, chosen).following
    )
    if following is None:
        return redirect(reverse("admin:report_queue") + chosen.query)
    return redirect(reverse("admin:report_page", args=[following]) + chosen.query)


def _last_step(report: MonthlyReport) -> str:
    """Who did what to it last, for whoever comes second."""
    step = report.steps.select_related("actor").order_by("-pk").first()
    if step is None:
        return ""
    at = timezone.localtime(step.created_at)
    words = STEP_WORDS.get(step.name, step.name)
    return f"{step.actor}: “{words}” lúc {at:%H:%M}, {format_date(at.date())}."


def _page(
    request: HttpRequest,
    report: MonthlyReport,
    *,
    form: ReviewForm | None = None,
    status: int = HTTPStatus.OK,
    seen_submission: int | None = None,
) -> HttpResponse:
    evidence = gather([report])
    given = report.submissions.select_related("by", "confirmation__by")
    submissions = list(given.order_by("number"))
    contents = _contents(report, submissions)
    paper = _paper(report, evidence, contents)
    steps = workflow.open_steps(report, request.user, submissions)
    remarks = oddities([report], evidence)[report.pk] if report.first_submitted_at else []
    chosen = Filter.of(request)
    context = {
        "report": report,
        "chosen": chosen,
        "photos": photo_rows(
            evidence.photos[report.pk],
            lambda name: reverse("admin:report_photo", args=[report.pk, name]),
        ),
        "figures": _figures(report, paper, evidence),
        "happenings": _happenings(report, evidence),
        "contents": [item for item in contents if item.is_covered],
        "remarks": remarks,
        "weight": weight_of(remarks),
        "history": _history(report),
        "last_submission": submissions[-1] if submissions else None,
        "form": form or ReviewForm(paper.questions()),
        "steps": {step.name: step for step in steps},
        "is_own": report.status == Status.SUBMITTED
        and request.user.has_perm(rules.REVIEW, report)
        and not steps,
        "returned_text": _returned_text(request, report, paper),
        "returned_label": question_label(report.returned_question, paper.indicators),
        "differences": _since(paper, seen_submission, submissions),
        "amended": _changes(paper, *submissions[-2:]) if submissions[1:] else [],
        "way": way_from(request, report, chosen) if workflow.ACCEPT in steps else None,
    }
    return office_render(request, "reports/office/report.html", context, status)


def _returned_text(request: HttpRequest, report: MonthlyReport, paper: Paper) -> str:
    """What the officer pastes into Zalo: why it went back, and the way to the very question."""
    if report.status != Status.RETURNED:
        return ""
    back = return_of(report, paper.indicators)
    at = f" (phần: {back['label'].lower()})" if back["question"] else ""
    return (
        f"Kính gửi đồng chí bí thư {report.unit.name}: phường trả lại báo cáo "
        f"{format_month(report.month)} để sửa{at}.\nLý do: {back['reason']}\n"
        f"Đồng chí bấm vào đây để sửa đúng chỗ đó rồi nộp lại: "
        f"{request.build_absolute_uri(back['url'])}"
    )


def _contents(report: MonthlyReport, submissions: list[Submission]) -> list[Any]:
    """What the report covers (``is_covered``), and what any of its hand-ins said it covered."""
    said = {pk for one in submissions[:-1] for pk in one.content.get("contents", ())}
    covered = ReportContent.objects.filter(report=report, content_item=OuterRef("pk"))
    items = ContentItem.objects.annotate(is_covered=Exists(covered))
    return list(items.filter(Q(is_covered=True) | Q(pk__in=said)))


def _paper(report: MonthlyReport, evidence: Evidence, contents: list[Any]) -> Paper:
    """The questions of the form, and of the contents those that the report is about."""
    asked = [one for one in evidence.indicators.values() if one.is_in_force(report.month)]
    asked.sort(key=lambda one: (not one.is_core, one.position, one.pk))
    return Paper(report.unit, report.ward, report.month, contents, asked)


def _figures(report: MonthlyReport, paper: Paper, evidence: Evidence) -> list[dict[str, Any]]:
    """Each indicator of the form or of the report, with the number of the month before."""
    now, past = evidence.values[report.pk], evidence.history[report.unit_id]
    last = previous_month(report.month)
    known = {one.pk for one in paper.indicators}
    more = [one for pk, one in evidence.indicators.items() if pk in now and pk not in known]
    lines = [
        {"indicator": one, "value": now.get(one.pk), "before": past.get(one.pk, {}).get(last)}
        for one in (*paper.indicators, *more)
    ]
    return [line for line in lines if line["indicator"].is_core or line["value"] or line["before"]]


def _happenings(report: MonthlyReport, evidence: Evidence) -> list[Activity]:
    rows = evidence.activities[report.pk]
    for row in rows:
        row.indicator = evidence.indicators[row.indicator_id]
    return rows


def _history(report: MonthlyReport) -> list[dict[str, Any]]:
    return [
        {"step": step, "words": STEP_WORDS.get(step.name, step.name)}
        for step in report.steps.select_related("actor").order_by("-pk")
    ]


def _seen_number(request: HttpRequest) -> int | None:
    number = request.POST.get("seen_submission", "")
    return int(number) if number.isdecimal() and len(number) < 6 else None


def _since(paper: Paper, seen: int | None, submissions: list[Submission]) -> list[Difference]:
    """What changed between the hand-in that the reviewer read and the newest."""
    old = next((one for one in submissions if one.number == seen), None)
    if old is None or old is submissions[-1]:
        return []
    return _changes(paper, old, submissions[-1])


def _changes(paper: Paper, old: Submission, new: Submission) -> list[Difference]:
    """Where two hand-ins of one report differ, in the words of the report."""
    return answer_differences(
        paper, answers_from(old.content, paper), answers_from(new.content, paper)
    )

"""Nhiệm vụ: all tasks of the plans, as a list or a board, overdue first; as a table to save."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from core.admin import office_render
from core.exporting import logged_sheet, made_at
from core.sheets import Column, Kind
from core.text import fold
from plans import due, tracking
from plans.models import Plan, Task
from plans.tracking import Standing
from units.models import Unit

PAGE_SIZE = 60
MAX_NAME = 80
STATES = {
    "qua-han": "Quá hạn",
    "sap-den-han": "Đến hạn trong hai tuần",
    "chua-lam": "Chưa làm",
    "dang-lam": "Đang làm",
    "da-xong": "Đã xong",
}
OF_STATE = {"todo": "chua-lam", "doing": "dang-lam", "done": "da-xong"}


@dataclass(frozen=True, slots=True)
class Line:
    """A task with how it stands."""

    task: Task
    standing: Standing

    @property
    def due(self) -> str:
        return due.list_in_words(self.task.due)

    @property
    def units(self) -> str:
        """Who it is given to, the lead first; as the plan says it where the portal has no unit."""
        names = [str(one.target) for one in self.task.assignments.all()]
        if not names and self.task.lead is not None:
            return str(self.task.lead.printed_name)
        return "; ".join(names)

    def is_in(self, state: str) -> bool:
        if state == "qua-han":
            return self.standing.is_overdue
        if state == "sap-den-han":
            return self.standing.is_soon
        return not state or OF_STATE[self.standing.state] == state


@require_http_methods(["GET", "HEAD", "POST"])
def task_list(request: HttpRequest) -> HttpResponse:
    """The list, ``?kieu=bang`` the board; a POST takes what is shown as a table, and is logged."""
    wards = list(Unit.objects.wards().permitted(request.user, "plans.view_plan"))
    ward = _ward(request, wards)
    plans = list(
        Plan.objects.held().filter(owner=ward).defer("reading").order_by("-issued_on", "-pk")
    )
    lines = _lines(request, ward, plans)
    state = request.GET.get("tinh-trang", "")
    state = state if state in STATES else ""
    counts = {key: sum(line.is_in(key) for line in lines) for key in STATES}
    shown = [line for line in lines if line.is_in(state)]
    if request.method == "POST":
        return _file(request, ward, shown)
    is_board = request.GET.get("kieu") == "bang"
    asked = _asked(request, ward, wards)
    context = {
        "ward": ward,
        "wards": wards,
        "plans": plans,
        "units": Unit.objects.under(ward)
        .filter(plan_assignments__task__plan__in=plans)
        .distinct()
        .in_order(),
        "asked": asked,
        "chosen_plan": asked["ke-hoach"],
        "chosen_unit": asked["don-vi"],
        "states": [
            (key, words, counts[key], _query(asked, {"tinh-trang": key}))
            for key, words in STATES.items()
        ],
        "state": state,
        "chosen_words": _chosen_words(asked, ward, wards, plans),
        "all_count": len(lines),
        "is_board": is_board,
        "columns": _columns(shown) if is_board else [],
        "page": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("trang")),
        "may_change": request.user.has_perm("plans.change_plan", ward),
        "all_query": _query(asked, {"tinh-trang": ""}),
        "list_query": _query(asked, {"kieu": ""}),
        "board_query": _query(asked, {"kieu": "bang"}),
    }
    return office_render(request, "plans/tasks.html", context)


def _ward(request: HttpRequest, wards: list[Unit]) -> Unit:
    wanted = request.GET.get("phuong", "")
    chosen = [ward for ward in wards if not wanted or str(ward.pk) == wanted]
    if not chosen:
        raise Http404
    return chosen[0]


def _asked(request: HttpRequest, ward: Unit, wards: list[Unit]) -> dict[str, str]:
    """The filter as the address has it."""
    names = ("ke-hoach", "don-vi", "tinh-trang", "kieu")
    asked = {name: request.GET.get(name, "") for name in names}
    asked["tim"] = " ".join(request.GET.get("tim", "").split())[:MAX_NAME]
    asked["phuong"] = str(ward.pk) if len(wards) > 1 else ""
    return asked


def _chosen_words(asked: dict[str, str], ward: Unit, wards: list[Unit], plans: list[Plan]) -> str:
    """What is filtered by, for the button behind which the filter stands on a phone."""
    words = [ward.name] if len(wards) > 1 else []
    words += [str(plan) for plan in plans if str(plan.pk) == asked["ke-hoach"]]
    unit = asked["don-vi"]
    if unit.isascii() and unit.isdigit():
        words += [one.label for one in Unit.objects.under(ward).filter(pk=unit)]
    if asked["tim"]:
        words.append(f"“{asked['tim']}”")
    return ", ".join(words)


def _query(asked: dict[str, str], changes: dict[str, str]) -> str:
    return urlencode({key: value for key, value in (asked | changes).items() if value})


def _lines(request: HttpRequest, ward: Unit, plans: list[Plan]) -> list[Line]:
    """The tasks that the filter names, whatever their state; overdue first, then by their day."""
    tasks = Task.objects.given().filter(plan__owner=ward).for_list()
    plan = request.GET.get("ke-hoach", "")
    if plan in {str(one.pk) for one in plans}:
        tasks = tasks.filter(plan=plan)
    today = timezone.localdate()
    rows = list(tasks)
    unit = request.GET.get("don-vi", "")
    if unit.isascii() and unit.isdigit():
        given = tracking.assigned_units(ward, rows, today)
        parents = {task.pk for task in rows if int(unit) in given.get(task.pk, ())}
        rows = [task for task in rows if task.pk in parents or task.parent_id in parents]
    wanted = fold(request.GET.get("tim", ""))[:MAX_NAME]
    rows = [task for task in rows if wanted in fold(f"{task.text} {task.person}")]
    stands = tracking.standings(ward, rows, today)
    lines = [Line(task, stands[task.pk]) for task in rows]
    return sorted(lines, key=lambda line: line.standing.rank)


def _columns(lines: Iterable[Line]) -> list[dict[str, Any]]:
    lines = list(lines)
    return [
        {
            "key": state.value,
            "words": str(state.label).capitalize(),
            "lines": [line for line in lines if line.standing.state == state],
            "moves": [one for one in Task.State if one != state],
        }
        for state in Task.State
    ]


def _file(request: HttpRequest, ward: Unit, lines: list[Line]) -> HttpResponse:
    columns = [
        Column("Kế hoạch", width=22),
        Column("Rõ việc", width=60),
        Column("Rõ người", width=24),
        Column("Đơn vị được giao", width=40),
        Column("Rõ thời gian", width=22),
        Column("Hạn cuối", Kind.DATE),
        Column("Rõ trách nhiệm", width=30),
        Column("Rõ sản phẩm", width=26),
        Column("Rõ thẩm quyền", width=26),
        Column("Tiến độ", width=14),
        Column("Phần trăm", Kind.COUNT),
        Column("Ghi bằng", width=18),
        Column("Quá hạn", width=10),
        Column("Kết quả, minh chứng", width=44),
    ]
    rows = (
        [
            str(line.task.plan),
            capfirst(line.task.text),
            line.task.person,
            line.units,
            line.due,
            line.standing.last_day,
            line.task.responsibility,
            line.task.deliverable,
            line.task.authority,
            line.standing.word,
            line.standing.percent,
            line.standing.how.value,
            "quá hạn" if line.standing.is_overdue else "",
            line.task.evidence,
        ]
        for line in lines
    )
    heading = (str(ward), made_at())
    return logged_sheet(
        request, name="Nhiệm vụ", columns=columns, rows=rows, heading=heading, wards=[ward.path]
    )

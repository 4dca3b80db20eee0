"""A proposed plan as a leader approves it from a link: what was read becomes the plan in force."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from approvals.kinds import Document, Kind, Paragraph
from core.files import open_stored
from core.workflow import perform
from plans import review
from plans.models import NamedUnit, Plan, Status
from plans.workflow import APPROVE, SEND_BACK

_NEW = (NamedUnit.Choice.NEW_UNIT, NamedUnit.Choice.NEW_GROUP)


class PlanKind(Kind):
    key, label = "plan", "kế hoạch"
    asks, decides = "plans.change_plan", "plans.approve_plan"
    effect = "kế hoạch có hiệu lực trên cổng"

    def rows(self) -> QuerySet[Plan]:
        return Plan.objects.select_related("owner", "source")

    def title(self, row: Plan) -> str:
        return f"{row}: {row.subject}"

    def refusal(self, row: Plan) -> str:
        """What would stop the confirmation is the office's to mend, not the leader's."""
        if row.status != Status.PROPOSED:
            return f"Kế hoạch này {row.get_status_display()}, không trình duyệt được nữa."
        if row.valid_from is None:
            return "Kế hoạch chưa có ngày bắt đầu hiệu lực; đồng chí ghi ngày đó rồi trình."
        if row.named_units.filter(choice__in=_NEW).exists():
            return (
                "Kế hoạch còn nêu đơn vị chưa có trong danh sách; đồng chí lập đơn vị đó, "
                "chọn nó ở trang xem kế hoạch rồi trình."
            )
        return ""

    def paragraphs(self, row: Plan) -> list[Paragraph]:
        made = []
        for node in row.nodes.all():
            if node.heading:
                made.append(Paragraph(f"{node.marker} {node.heading}".strip(), is_heading=True))
            if node.text:
                marker = "" if node.heading else node.marker
                made.append(Paragraph(f"{marker} {node.text}".strip()))
        return made

    def document(self, row: Plan) -> Document:
        with open_stored(row.source) as file:
            return Document(row.source.original_name, row.source.content_type, file.read())

    def approve(self, row: Plan, *, actor: Any, seen_version: int, reason: str) -> None:
        review.confirm(
            row, review.Edits(), actor=actor, seen_version=seen_version, step=APPROVE, reason=reason
        )

    def send_back(self, row: Plan, *, actor: Any, seen_version: int, reason: str) -> None:
        perform(SEND_BACK, row, actor=actor, seen_version=seen_version, reason=reason)

    def address(self, row: Plan) -> str:
        return row.get_absolute_url()

"""What a leader can be asked to approve. The apps above register their kinds; none is known here.

To register another kind, subclass :class:`Kind` in the app that owns the document, and name it
in that app's ``admin.py``, which the office reads at the start::

    class PlanKind(Kind):
        key, label = "plan", "kế hoạch"                # the key is stored: it never changes
        effect = "kế hoạch có hiệu lực trên cổng"
        asks, decides = "plans.change_plan", "plans.approve_plan"   # in units/permissions.py

        def rows(self):
            return Plan.objects.select_related("owner")   # WorkflowModel rows with scope_unit
        def paragraphs(self, plan):
            return [Paragraph(node.text) for node in plan.nodes.all()]
        def approve(self, plan, *, actor, seen_version, reason):
            review.confirm(plan, Edits(), actor=actor, seen_version=seen_version, reason=reason)
        def send_back(self, plan, *, actor, seen_version, reason):
            perform(SEND_BACK, plan, actor=actor, seen_version=seen_version, reason=reason)
        def address(self, plan):
            return reverse("admin:plan_detail", args=[plan.pk])

    kinds.register(PlanKind())

and link to ``{% url "admin:approval_ask" "plan" plan.pk %}`` from its page. ``decides`` belongs to
the role of leaders. Both callbacks go through the app's own workflow, inside the transaction that
uses up the link; ``reason`` says that it was by link, and is what the history of the document
shows. :func:`approvals.requests.stamp_of` gives the line for a draft in Word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.models import Picture


@dataclass(frozen=True)
class Paragraph:
    """A place of the document as the phone shows it; ``text`` is the caption of a ``picture``."""

    text: str
    is_heading: bool = False
    picture: Picture | None = None
    alt: str = ""


@dataclass(frozen=True)
class Document:
    """The file that the leader may download."""

    name: str
    content_type: str
    content: bytes


class Kind:
    """One kind of document. Rows are :class:`core.workflow.WorkflowModel` with ``scope_unit``."""

    key = ""
    label = ""
    asks = ""  # the action of whoever makes the link; its "view_" twin opens the page
    decides = ""  # the action of the leader
    effect = ""  # what approving does, read after "Duyệt xong, "

    def rows(self) -> QuerySet[Any]:
        """Every row; what a person may see of them is asked of ``asks``."""
        raise NotImplementedError

    def title(self, row: Any) -> str:
        return str(row)

    def refusal(self, row: Any) -> str:
        """Why ``row`` cannot be approved now, a sentence for the officer; empty when it can."""
        return ""

    def refusal_for(self, row: Any, leader: Any) -> str:
        """Why ``leader`` of all people cannot decide on ``row``, a sentence for the officer."""
        return ""

    def paragraphs(self, row: Any) -> list[Paragraph]:
        raise NotImplementedError

    def document(self, row: Any) -> Document | None:
        """The file to download; raises what opening it raises."""
        return None

    def approve(self, row: Any, *, actor: Any, seen_version: int, reason: str) -> None:
        raise NotImplementedError

    def send_back(self, row: Any, *, actor: Any, seen_version: int, reason: str) -> None:
        raise NotImplementedError

    def address(self, row: Any) -> str:
        """Its page in the office."""
        raise NotImplementedError

    def find(self, pk: int) -> Any | None:
        return self.rows().filter(pk=pk).first()


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _KINDS[kind.key] = kind


def get(key: str) -> Kind | None:
    return _KINDS.get(key)


def every() -> list[Kind]:
    return list(_KINDS.values())

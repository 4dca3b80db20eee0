"""What the history pages say about plans and the register of legal bases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from core.history import Entry, Kind, Part
from plans import workflow
from plans.models import ContentItem, LegalInstrument, Plan, Task

PART_HIDDEN = frozenset({"node", "position", "last_paragraph", "lead"})
IN_STEPS = "Thời hạn chỉ đổi bằng “Gia hạn” hoặc “Kết thúc” ở trang kế hoạch."


def _steps(plan: Plan) -> Iterable[Entry]:
    return [
        Entry(step.created_at, str(step.actor), workflow.LABELS[step.name], reason=step.reason)
        for step in plan.steps.select_related("actor")
    ]


def _instrument_page(row: Any) -> str:
    """The register: its page an instrument is for those who may change it."""
    return reverse("admin:instrument_list")


KINDS = (
    Kind(
        slug="ke-hoach",
        model=Plan,
        section="plans",
        url=Plan.get_absolute_url,
        visible=lambda user: Plan.objects.visible_to(user).defer("reading"),
        # The status has its one writer; its changes are told by the steps.
        hidden=frozenset({"status", "source", "source_sha256", "copied_from", "created_by"}),
        fixed={
            "owner": "Kế hoạch thuộc về phường.",
            "valid_from": IN_STEPS,
            "valid_to": IN_STEPS,
            "extension_note": IN_STEPS,
        },
        parts=(
            Part(
                model=ContentItem,
                key="plan",
                named_by="short_title",
                noun="nội dung",
                hidden=PART_HIDDEN,
                is_changes_only=True,
            ),
            Part(
                model=Task,
                key="plan",
                named_by="text",
                noun="nhiệm vụ",
                hidden=PART_HIDDEN | {"due"},
                is_changes_only=True,
            ),
        ),
        steps=_steps,
    ),
    Kind(
        slug="can-cu",
        model=LegalInstrument,
        section="plans",
        url=_instrument_page,
        fixed={
            "owner": "Sổ căn cứ thuộc về phường.",
            "status": "Hiệu lực đổi ở trang của văn bản, cùng với văn bản thay thế.",
            "successor": "Văn bản thay thế đổi ở trang của văn bản, cùng với hiệu lực.",
        },
    ),
)

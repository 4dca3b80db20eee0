"""A finalised official report as a leader approves it from a link."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from approvals.kinds import Document, Kind, Paragraph
from core.docx import PROFILES
from core.files.checks import DOCX
from reports.exports.official import official_docx
from reports.models import ConsolidatedReport, DocumentStatus
from reports.official.pieces import text_of
from reports.workflow import consolidated


class ConsolidatedKind(Kind):
    key, label = "consolidated", "báo cáo tổng hợp"
    asks, decides = consolidated.CHANGE, consolidated.APPROVE_RIGHT
    effect = "văn phòng in, trình ký và phát hành"

    def rows(self) -> QuerySet[ConsolidatedReport]:
        return ConsolidatedReport.objects.select_related("owner", "root", "group")

    def refusal(self, row: ConsolidatedReport) -> str:
        """Figures that may still change are not for a leader's word."""
        if row.status == DocumentStatus.FINALISED:
            return ""
        if row.is_draft:
            return "Văn bản còn là dự thảo; đồng chí chốt số liệu rồi trình."
        return f"Văn bản này đang ở trạng thái “{row.get_status_display()}”, không trình được."

    def paragraphs(self, row: ConsolidatedReport) -> list[Paragraph]:
        draft = consolidated.draft_of(row)
        made = [Paragraph(text_of(line)) for line in draft.opening.lines]
        for chapter in draft.chapters:
            if chapter.is_blank:
                continue
            made.append(Paragraph(chapter.heading, is_heading=True))
            for section in chapter.sections:
                if section.heading and section.lines:
                    made.append(Paragraph(section.heading, is_heading=True))
                made += [Paragraph(f"- {text_of(line)}") for line in section.lines]
        return made

    def document(self, row: ConsolidatedReport) -> Document:
        draft, profile = consolidated.draft_of(row), PROFILES[row.profile]
        day = timezone.localdate(row.finalised_at)
        data = official_docx(draft, profile, is_draft=True, today=day)
        return Document(f"bao-cao-{row.span.slug}.docx", DOCX, data)

    def approve(
        self, row: ConsolidatedReport, *, actor: Any, seen_version: int, reason: str
    ) -> None:
        consolidated.approve(row, actor=actor, seen_version=seen_version, reason=reason)

    def send_back(
        self, row: ConsolidatedReport, *, actor: Any, seen_version: int, reason: str
    ) -> None:
        consolidated.send_back(row, actor=actor, seen_version=seen_version, reason=reason)

    def address(self, row: ConsolidatedReport) -> str:
        return row.get_absolute_url()

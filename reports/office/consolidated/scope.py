"""The one door to an official report in the office."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from reports.models import ConsolidatedReport
from reports.workflow.consolidated import CHANGE

VIEW = "reports.view_consolidatedreport"


def visible_document(request: HttpRequest, pk: int) -> ConsolidatedReport:
    """404 for what is foreign or missing."""
    mine = ConsolidatedReport.objects.visible_to(request.user).for_list()
    return get_object_or_404(mine.select_related("owner", "root", "group", "signed"), pk=pk)


def editable_document(request: HttpRequest, pk: int) -> ConsolidatedReport:
    """404 for what is foreign or missing, 403 for who may only read it."""
    document = visible_document(request, pk)
    if not request.user.has_perm(CHANGE, document):
        raise PermissionDenied
    return document


def seen_version(request: HttpRequest) -> int:
    """The version that the sent page had seen; 0, which no row has, where none was sent."""
    text = request.POST.get("seen_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def document_context(document: ConsolidatedReport, user: Any) -> dict[str, Any]:
    return {"document": document, "may_change": user.has_perm(CHANGE, document)}

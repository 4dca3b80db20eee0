"""The desk of the official report: draw, edit, finalise, trace."""

from reports.office.consolidated.editing import head_edit, section_edit
from reports.office.consolidated.files import annex_file, pdf_file, signed_file, word_file
from reports.office.consolidated.listing import create, desk
from reports.office.consolidated.page import changes, document_page, versions
from reports.office.consolidated.picking import pick
from reports.office.consolidated.steps import finalise, sign, withdraw
from reports.office.consolidated.tracing import by_code, figure_page

__all__ = [
    "annex_file",
    "by_code",
    "changes",
    "create",
    "desk",
    "document_page",
    "figure_page",
    "finalise",
    "head_edit",
    "pdf_file",
    "pick",
    "section_edit",
    "sign",
    "signed_file",
    "versions",
    "withdraw",
    "word_file",
]

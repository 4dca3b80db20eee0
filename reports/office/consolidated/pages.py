"""The addresses of the desk, for the office's navigation."""

from __future__ import annotations

from core.admin import OfficePage
from reports.office import consolidated
from reports.office.consolidated.scope import VIEW
from reports.workflow.consolidated import CHANGE

BASE = "bao-cao/van-ban/"
ONE = f"{BASE}<int:pk>/"


def _page(route: str, name: str, view: object, policy: str = VIEW) -> OfficePage:
    return OfficePage(
        route=route, name=f"consolidated_{name}", view=view, policy=policy, section="reports"
    )  # type: ignore[arg-type]


PAGES = (
    OfficePage(
        route=BASE,
        name="consolidated_desk",
        view=consolidated.desk,
        policy=VIEW,
        section="reports",
        label="Báo cáo tổng hợp",
        order=32,
    ),
    _page(f"{BASE}lap/", "create", consolidated.create, "reports.add_consolidatedreport"),
    _page(ONE, "page", consolidated.document_page),
    _page(f"{ONE}muc/<str:key>/", "section", consolidated.section_edit, CHANGE),
    _page(f"{ONE}dau-van-ban/", "head", consolidated.head_edit, CHANGE),
    _page(f"{ONE}chon-cau/", "pick", consolidated.pick, CHANGE),
    _page(f"{ONE}chot/", "finalise", consolidated.finalise, CHANGE),
    _page(f"{ONE}rut/", "withdraw", consolidated.withdraw, CHANGE),
    _page(f"{ONE}luu-ban-ky/", "sign", consolidated.sign, CHANGE),
    _page(f"{ONE}thay-doi/", "changes", consolidated.changes),
    _page(f"{ONE}cac-ban/", "versions", consolidated.versions),
    _page(f"{ONE}so/<str:figure>/", "figure", consolidated.figure_page),
    _page(f"{ONE}van-ban.docx", "word", consolidated.word_file),
    _page(f"{ONE}bieu-so-lieu.xlsx", "annex", consolidated.annex_file),
    _page(f"{ONE}van-ban.pdf", "pdf", consolidated.pdf_file),
    _page(f"{ONE}ban-da-ky.pdf", "signed", consolidated.signed_file),
    _page("bao-cao/ma/<str:code>/", "code", consolidated.by_code),
)

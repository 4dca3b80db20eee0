"""The office's own Word templates of the report and of the proposal to commend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from django.utils import timezone

from core.docx import PARTY_HD05, Head, OfficialDocument, Profile
from core.docx.page import DRAFT
from core.docx.parts import number_line, place_and_date
from core.named_places import Places, Values, add_loop
from core.text import clean
from reports import commendation
from reports.commendation import Line, Setting, Span
from reports.exports.official import annex_blocks, head_of, printed, rows_of, subject_of
from reports.official.drafting import Draft
from reports.official.pieces import text_of
from units.models import Unit

HEAD = {
    "co_quan_cap_tren": "cơ quan cấp trên",
    "co_quan_ban_hanh": "cơ quan ban hành",
    "so_ky_hieu": "dòng số và ký hiệu; số để trống cho văn thư",
    "dia_danh_ngay": "địa danh và ngày, tháng, năm; ngày để trống",
    "trich_yeu": "trích yếu",
    "ky": "kỳ của văn bản, ví dụ quý I năm 2026",
}
OFFICIAL = Places(
    texts=HEAD
    | {
        "mo_dau": "câu mở đầu, nêu khoảng số liệu và số đơn vị đã gửi",
        "tham_quyen_ky": "thẩm quyền ký, ví dụ T/M BAN THƯỜNG VỤ",
        "chuc_vu": "chức vụ người ký",
        "ma_tra_cuu": "mã tra cứu nguồn gốc số liệu",
        "du_thao": "chữ DỰ THẢO khi văn bản chưa chốt",
    },
    lists={
        "noi_dung": "các mục I đến IV, mỗi mục một đoạn",
        "noi_nhan": "các nơi nhận, mỗi nơi một đoạn",
    },
    needed=("trich_yeu", "mo_dau", "noi_dung", "bieu_so_lieu"),
    tables={
        "bieu_so_lieu": "biểu tổng hợp số liệu; để riêng một đoạn, nên ở trang nằm ngang",
    },
)
COMMENDATION = Places(
    texts=HEAD | {"tieu_chi": "các tiêu chí xem xét", "du_thao": "chữ DỰ THẢO"},
    lists={"noi_dung": "lời đề nghị và từng đơn vị, mỗi đơn vị một đoạn"},
    needed=("trich_yeu", "noi_dung"),
)


def official_values(
    draft: Draft,
    profile: Profile,
    *,
    is_draft: bool,
    code: str = "",
    today: dt.date | None = None,
) -> Values:
    """The report in its places: the same words and tables as in ``profile``."""
    head = head_of(draft, today or timezone.localdate())
    body = (
        " ".join(part for part in (one.marker, one.heading or one.text) if part)
        for one in printed(draft.chapters)
    )
    return Values(
        _of_head(head, profile)
        | {
            "trich_yeu": subject_of(draft, profile),
            "ky": draft.figures.span.words,
            "mo_dau": " ".join(clean(text_of(line)) for line in draft.opening.lines),
            "tham_quyen_ky": "\n".join(rows_of(draft.head["authority"])),
            "chuc_vu": clean(draft.head["position"]),
            "ma_tra_cuu": code,
            "du_thao": DRAFT if is_draft else "",
            "noi_dung": list(body),
            "noi_nhan": rows_of(draft.head["recipients"]),
        },
        {"bieu_so_lieu": partial(annex_blocks, draft, profile)},
    )


def commendation_head(ward: Unit) -> Head:
    """Of a proposal of the ward's committee."""
    card = getattr(ward, "profile", None)
    return Head(
        issuers=(card.committee_name if card else ward.name,),
        superior=card.superior_name if card else "",
        place=card.place_name if card else "",
        year=timezone.localdate().year,
    )


def commendation_subject(span: Span) -> str:
    return f"đề nghị biểu dương các đơn vị, {span.name}"


def commendation_values(
    ward: Unit, lines: Sequence[Line], settings: Sequence[Setting], span: Span
) -> Values:
    """The words that the page shows; always a draft, somebody else decides."""
    return Values(
        _of_head(commendation_head(ward), PARTY_HD05)
        | {
            "trich_yeu": commendation_subject(span),
            "ky": span.name,
            "tieu_chi": commendation.criteria_text(settings),
            "du_thao": DRAFT,
            "noi_dung": commendation.draft_lines(lines, span),
        }
    )


def _of_head(head: Head, profile: Profile) -> dict[str, str | list[str]]:
    return {
        "co_quan_cap_tren": head.superior,
        "co_quan_ban_hanh": " - ".join(head.issuers),
        "so_ky_hieu": number_line(head, profile),
        "dia_danh_ngay": place_and_date(head),
    }


def official_example() -> bytes:
    """A template of the report to start from: every place once."""
    document = _begun("BÁO CÁO")
    document.paragraph("{{ mo_dau }}")
    add_loop(document, "noi_dung")
    document.paragraph("Nơi nhận:")
    add_loop(document, "noi_nhan", "- {{ doan }}")
    for name in ("tham_quyen_ky", "chuc_vu"):
        document.subtitle(f"{{{{ {name} }}}}")
    document.annex("BIỂU TỔNG HỢP SỐ LIỆU", note="({{ ky }})", is_landscape=True)
    document.paragraph("{{ bieu_so_lieu }}")
    document.paragraph("Mã tra cứu: {{ ma_tra_cuu }}")
    return document.save(title="Mẫu báo cáo tổng hợp")


def commendation_example() -> bytes:
    """A template of the proposal to start from: every place once."""
    document = _begun("TỜ TRÌNH")
    document.centred("({{ ky }})")
    add_loop(document, "noi_dung")
    document.paragraph("{{ tieu_chi }}")
    return document.save(title="Mẫu đề nghị biểu dương")


def _begun(type_name: str) -> OfficialDocument:
    document = OfficialDocument(PARTY_HD05)
    for name in ("du_thao", "co_quan_cap_tren", "co_quan_ban_hanh", "so_ky_hieu", "dia_danh_ngay"):
        document.subtitle(f"{{{{ {name} }}}}")
    document.title(type_name, "{{ trich_yeu }}")
    return document

"""The office's own Word template of a plan: which places it may name, and filling it in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.docx import OfficialDocument, Profile
from core.docx.page import DRAFT
from core.docx.parts import number_line, place_and_date
from core.named_places import Places, Values, add_loop, filled
from plans.exports.document import confirmed_outline, head_of
from plans.exports.outline import Block
from plans.exports.profiles import default_profile
from plans.models import Plan

PLACES = Places(
    texts={
        "ten_loai": "tên loại văn bản, ví dụ KẾ HOẠCH",
        "so_ky_hieu": "dòng số và ký hiệu; số để trống khi chưa có",
        "dia_danh_ngay": "địa danh và ngày, tháng, năm",
        "co_quan_cap_tren": "cơ quan cấp trên",
        "co_quan_ban_hanh": "cơ quan ban hành",
        "trich_yeu": "trích yếu",
        "nam": "năm của kế hoạch",
        "doan_ket": "đoạn kết",
        "tham_quyen_ky": "thẩm quyền ký, ví dụ T/M BAN THƯỜNG VỤ",
        "chuc_vu": "chức vụ người ký",
        "nguoi_ky": "họ tên người ký",
        "du_thao": "chữ DỰ THẢO khi kế hoạch chưa được xác nhận",
    },
    lists={
        "can_cu": "các căn cứ, mỗi căn cứ một đoạn",
        "noi_dung": "toàn bộ các mục, mỗi mục một đoạn",
        "noi_nhan": "các nơi nhận, mỗi nơi một đoạn",
    },
    needed=("trich_yeu", "noi_dung"),
)


def fill(data: bytes, plan: Plan, *, as_draft: bool) -> bytes:
    """The template with the content ``data`` filled in with ``plan``.

    Raises :class:`core.named_places.TemplateFailedError`.
    """
    return filled(data, values(plan, as_draft=as_draft))


def values(plan: Plan, *, as_draft: bool) -> Values:
    """Every place with its text."""
    profile = default_profile(plan)
    outline = confirmed_outline(plan)
    head = head_of(plan)
    signature = outline.signatures[0] if outline.signatures else None
    texts: dict[str, str | list[str]] = {
        "ten_loai": plan.document_type,
        "so_ky_hieu": number_line(head, profile),
        "dia_danh_ngay": place_and_date(head),
        "co_quan_cap_tren": plan.superior,
        "co_quan_ban_hanh": plan.issuer,
        "trich_yeu": plan.subject,
        "nam": str(plan.year or ""),
        "doan_ket": " ".join(outline.closing),
        "tham_quyen_ky": "\n".join(signature.authority) if signature else "",
        "chuc_vu": signature.position if signature else "",
        "nguoi_ky": signature.name if signature else "",
        "du_thao": DRAFT if as_draft else "",
        "can_cu": [block.text for block in outline.opening],
        "noi_dung": list(_lines(outline.body)),
        "noi_nhan": outline.recipients,
    }
    return Values(texts)


def example(profile: Profile) -> bytes:
    """A template to start from: every place once, in the look of ``profile``."""
    document = OfficialDocument(profile)
    for name in ("du_thao", "co_quan_cap_tren", "co_quan_ban_hanh", "so_ky_hieu", "dia_danh_ngay"):
        document.subtitle(f"{{{{ {name} }}}}")
    document.title("{{ ten_loai }}", "{{ trich_yeu }}")
    for name in ("can_cu", "noi_dung"):
        add_loop(document, name)
    document.paragraph("{{ doan_ket }}")
    document.paragraph("Nơi nhận:")
    add_loop(document, "noi_nhan", "- {{ doan }}")
    for name in ("tham_quyen_ky", "chuc_vu", "nguoi_ky"):
        document.subtitle(f"{{{{ {name} }}}}")
    document.paragraph("Năm {{ nam }}")
    return document.save(title="Mẫu kế hoạch")


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.cells is not None:
            yield " | ".join(cell.replace("\n", " ") for cell in block.cells)
        else:
            yield " ".join(part for part in (block.marker, block.heading, block.text) if part)
        yield from _lines(block.children)

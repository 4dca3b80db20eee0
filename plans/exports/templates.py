"""The office's own Word template: which places it may name, whether it fits, and filling it in.

A template is a program in the hands of whoever wrote the file. It runs in jinja2's sandbox with
no functions, on texts and lists of texts alone, and before that its syntax tree is read:
anything but names, loops over our lists and conditions on names is refused.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes

from core.docx import OfficialDocument, Profile
from core.docx.page import DRAFT
from core.docx.parts import number_line, place_and_date
from core.text import fold
from plans.exports.document import confirmed_outline, head_of
from plans.exports.outline import Block
from plans.exports.profiles import default_profile
from plans.exports.sandbox import environment_of_templates, is_large
from plans.models import Plan

TEXTS = {
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
}
LISTS = {
    "can_cu": "các căn cứ, mỗi căn cứ một đoạn",
    "noi_dung": "toàn bộ các mục, mỗi mục một đoạn",
    "noi_nhan": "các nơi nhận, mỗi nơi một đoạn",
}
NEEDED = ("trich_yeu", "noi_dung")
PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
HARMLESS = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.For, nodes.If,
            nodes.Not, nodes.And, nodes.Or)  # fmt: skip
REACHING = (nodes.Getattr, nodes.Getitem, nodes.Call, nodes.Filter, nodes.Test)
DAMAGED = "Không mở được tệp này; hãy mở bằng Word, lưu lại thành .docx rồi nạp lại."
LARGE = "Mẫu này quá dài; mẫu chỉ cần khung văn bản và các chỗ trống, mời đồng chí bớt đi."
NOT_FILLED = "Mẫu này không điền được; mời đồng chí nạp lại mẫu hoặc dùng thể thức có sẵn."


class TemplateFailedError(ValueError):
    """A template that cannot be filled in; ``str(error)`` is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Place:
    """A name that a template may use, as the page shows it; each line is a paragraph in Word."""

    name: str
    written: str
    meaning: str


def places() -> list[Place]:
    """All names with the way to write them, texts first."""
    texts = [Place(name, f"{{{{ {name} }}}}", meaning) for name, meaning in TEXTS.items()]
    loop = "{{%p for doan in {0} %}}\n{{{{ doan }}}}\n{{%p endfor %}}"
    return texts + [Place(name, loop.format(name), meaning) for name, meaning in LISTS.items()]


def problems(data: bytes) -> list[str]:
    """Why the template with the content ``data`` does not fit, a sentence each; [] where it does.

    The file was checked as a Word file before (:func:`core.files.store_upload` does it too).
    """
    if is_large(data):
        return [LARGE]
    try:
        found = _problems(list(_sources(DocxTemplate(BytesIO(data)))))
    except Exception:  # a damaged file fails in a dozen ways; deep nesting ends the stack
        return [DAMAGED]
    if not found:
        try:
            _filled(data, dict.fromkeys(TEXTS, "…") | {name: ["…", "…"] for name in LISTS})
        except TemplateFailedError as error:
            found = [str(error)]
    return found


def _problems(sources: list[str]) -> list[str]:
    environment = environment_of_templates()
    found: list[str] = []
    used: set[str] = set()
    for source in sources:
        try:
            tree = environment.parse(source)
        except TemplateError as error:
            found.append(_syntax_sentence(source, error))
            continue
        found += _in_tree(tree)
        used |= {node.name for node in tree.find_all(nodes.Name)}
    if not found:
        found = [
            f"Mẫu chưa có chỗ cho {(TEXTS | LISTS)[name]}: hãy thêm {name}."
            for name in NEEDED
            if name not in used
        ]
    return list(dict.fromkeys(found))


def fill(data: bytes, plan: Plan, *, as_draft: bool) -> bytes:
    """The template with the content ``data`` filled in with ``plan``.

    Raises :class:`TemplateFailedError`.
    """
    return _filled(data, context(plan, as_draft=as_draft))


def _filled(data: bytes, values: dict[str, Any]) -> bytes:
    template = DocxTemplate(BytesIO(data))
    result = BytesIO()
    try:
        template.render(values, environment_of_templates(), autoescape=True)
        template.save(result)
    except Exception as error:  # the file was kept when it fitted; it may have been damaged since
        raise TemplateFailedError(NOT_FILLED) from error
    return result.getvalue()


def context(plan: Plan, *, as_draft: bool) -> dict[str, str | list[str]]:
    """Every place with its text: plain strings and lists of them, no object of ours."""
    profile = default_profile(plan)
    outline = confirmed_outline(plan)
    head = head_of(plan)
    signature = outline.signatures[0] if outline.signatures else None
    return {
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


def example(profile: Profile) -> bytes:
    """A template to start from: every place once, in the look of ``profile``."""
    document = OfficialDocument(profile)
    for name in ("du_thao", "co_quan_cap_tren", "co_quan_ban_hanh", "so_ky_hieu", "dia_danh_ngay"):
        document.subtitle(f"{{{{ {name} }}}}")
    document.title("{{ ten_loai }}", "{{ trich_yeu }}")
    for name in ("can_cu", "noi_dung"):
        _loop(document, name, "{{ doan }}")
    document.paragraph("{{ doan_ket }}")
    document.paragraph("Nơi nhận:")
    _loop(document, "noi_nhan", "- {{ doan }}")
    for name in ("tham_quyen_ky", "chuc_vu", "nguoi_ky"):
        document.subtitle(f"{{{{ {name} }}}}")
    document.paragraph("Năm {{ nam }}")
    return document.save(title="Mẫu kế hoạch")


def _loop(document: OfficialDocument, name: str, line: str) -> None:
    for text in (f"{{%p for doan in {name} %}}", line, "{%p endfor %}"):
        document.paragraph(text)


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.cells is not None:
            yield " | ".join(cell.replace("\n", " ") for cell in block.cells)
        else:
            yield " ".join(part for part in (block.marker, block.heading, block.text) if part)
        yield from _lines(block.children)


def _sources(template: DocxTemplate) -> Iterator[str]:
    """All that docxtpl would run: body, headers, footers, footnotes, properties of the file."""
    template.init_docx()
    document: Any = template.docx
    yield template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield template.patch_xml(template.get_part_xml(part))
    for part in document.part.package.parts:
        if "footnotes" in part.content_type or "endnotes" in part.content_type:
            yield template.patch_xml(part.blob.decode("utf-8", "replace"))
    for name in PROPERTIES:
        yield getattr(document.core_properties, name)


def _in_tree(tree: nodes.Template) -> Iterator[str]:
    """The sentences about one part of the template."""
    loops = list(tree.find_all(nodes.For))
    targets = {loop.target.name for loop in loops if isinstance(loop.target, nodes.Name)}
    for loop in loops:
        yield from _in_loop(loop)
    looped = {id(loop.iter) for loop in loops}
    for node in _all(tree):
        if isinstance(node, REACHING):
            yield (
                f"Mẫu ghi “{_written(node)}”: chỉ được ghi tên chỗ trống, không dùng dấu chấm,"
                " ngoặc vuông, gạch đứng hay lời gọi hàm."
            )
        elif not isinstance(node, HARMLESS):
            yield "Mẫu có câu lệnh không được dùng; chỉ dùng tên chỗ trống, for và if."
        elif isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in targets:
            if node.name not in TEXTS | LISTS:
                yield _unknown(node.name)
            elif node.name in LISTS and id(node) not in looped and _is_shown(tree, node):
                yield (
                    f"“{node.name}” gồm nhiều đoạn; hãy đặt trong {{%p for doan in {node.name} %}}"
                    " … {%p endfor %}."
                )


def _in_loop(loop: nodes.For) -> Iterator[str]:
    if not isinstance(loop.target, nodes.Name) or loop.target.name in TEXTS | LISTS:
        yield "Trong câu for, hãy đặt tên “doan” cho từng đoạn."
    if isinstance(loop.iter, nodes.Name) and loop.iter.name in TEXTS:
        yield f"“{loop.iter.name}” chỉ là một dòng, không dùng trong câu for."
    if any(True for _ in loop.find_all(nodes.For)):
        yield "Mẫu có câu for lồng trong câu for; hãy đặt hai câu for nối tiếp nhau."


def _all(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    if not isinstance(node, REACHING):  # one sentence for the whole chain
        for child in node.iter_child_nodes():
            yield from _all(child)


def _is_shown(tree: nodes.Template, wanted: nodes.Name) -> bool:
    outputs = tree.find_all(nodes.Output)
    return any(node is wanted for output in outputs for node in output.nodes)


def _written(node: nodes.Node) -> str:
    """About what stands in the file, for a person to find it."""
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{_written(node.node)}[…]"
    if isinstance(node, nodes.Call):
        return f"{_written(node.node)}(…)"
    if isinstance(node, (nodes.Filter, nodes.Test)):
        return f"{_written(node.node) if node.node else ''} | {node.name}"
    return node.name if isinstance(node, nodes.Name) else "…"


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(fold(name), [*TEXTS, *LISTS], 1, 0.7)
    hint = (
        f" Có phải là “{near[0]}” không?" if near else " Mời đồng chí xem danh sách tên bên dưới."
    )
    return f"Không có chỗ trống nào tên là “{name}”.{hint}"


def _syntax_sentence(source: str, error: TemplateError) -> str:
    line = (getattr(error, "lineno", None) or 1) - 1
    lines = source.splitlines()
    text = re.sub(r"<[^>]+>", " ", lines[line]) if 0 <= line < len(lines) else ""
    place = re.search(r"\{[{%].{0,60}", " ".join(text.split()))
    where = f" ở chỗ “{place.group()}”" if place else ""
    return f"Mẫu viết sai dấu ngoặc hoặc thiếu phần đóng{where}; hãy xem lại các dấu {{{{ }}}} và {{% %}}."

"""Whether a template fits, and filling it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from core.docx.xml import TWIPS_A_MILLIMETRE
from core.named_places.checking import problems_of
from core.named_places.places import MARK, Blocks, Places, Values
from core.named_places.sandbox import environment_of_templates, is_large

PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
DAMAGED = "Không mở được tệp này; hãy mở bằng Word, lưu lại thành .docx rồi nạp lại."
LARGE = "Mẫu này quá dài; mẫu chỉ cần khung văn bản và các chỗ trống, mời đồng chí bớt đi."
NOT_FILLED = "Mẫu này không điền được; mời đồng chí nạp lại mẫu hoặc dùng thể thức có sẵn."
NOT_ALONE = "“{}” là biểu: hãy để riêng thành một đoạn trong thân văn bản, không đặt trong bảng."


class TemplateFailedError(ValueError):
    """A template that cannot be filled in; ``str(error)`` is a sentence for the user."""


def problems(data: bytes, places: Places, values: Values | None = None) -> list[str]:
    """Why the template with the content ``data`` does not fit, a sentence each; [] where it does.

    It is filled in for a trial, with ``values`` where there are real ones.
    The file was checked as a Word file before (:func:`core.files.store_upload` does it too).
    """
    if is_large(data):
        return [LARGE]
    try:
        found = problems_of(list(_sources(DocxTemplate(BytesIO(data)))), places)
    except Exception:  # a damaged file fails in a dozen ways; deep nesting ends the stack
        return [DAMAGED]
    if not found:
        try:
            filled(data, values or places.trial)
        except TemplateFailedError as error:
            found = [str(error)]
    return found


def filled(data: bytes, values: Values) -> bytes:
    """The file with ``values`` in its places. Raises :class:`TemplateFailedError`."""
    template = DocxTemplate(BytesIO(data))
    result = BytesIO()
    try:
        template.render(values.context, environment_of_templates(), autoescape=True)
        _put_tables(template, values.tables)
        template.save(result)
    except TemplateFailedError:
        raise
    except Exception as error:  # the file was kept when it fitted; it may have been damaged since
        raise TemplateFailedError(NOT_FILLED) from error
    return result.getvalue()


def _put_tables(template: DocxTemplate, tables: Mapping[str, Blocks]) -> None:
    """A paragraph that holds a mark and nothing else becomes the tables that it stands for."""
    document: Any = template.docx
    body = document.element.body
    for line in list(body.iter(qn("w:p"))) if tables else ():
        text = "".join(one.text or "" for one in line.iter(qn("w:t")))
        name = next((name for name in tables if MARK.format(name) in text), None)
        if name is None:
            continue
        if text.strip() != MARK.format(name) or line.getparent() is not body:
            raise TemplateFailedError(NOT_ALONE.format(name))
        for block in tables[name](_text_width(line, body)):
            line.addprevious(block)
        # The paragraph itself stays, empty: it may carry the end of a section.
        for run in line.findall(qn("w:r")):
            line.remove(run)
    for name in tables:
        mark = MARK.format(name)
        if any(mark in part for part in _parts_beside(template)):
            raise TemplateFailedError(NOT_ALONE.format(name))


def _text_width(line: Any, body: Any) -> float:
    """Millimetres between the margins of the section in which ``line`` stands."""
    sections = list(body.iter(qn("w:sectPr")))
    order = {id(one): place for place, one in enumerate(body.iter())}
    own = next(one for one in sections if order[id(one)] > order[id(line)])
    size, margins = own.find(qn("w:pgSz")), own.find(qn("w:pgMar"))
    width = int(size.get(qn("w:w")))
    for side in ("left", "right"):
        width -= int(margins.get(qn(f"w:{side}")))
    return width / TWIPS_A_MILLIMETRE


def _parts_beside(template: DocxTemplate) -> Iterator[str]:
    """Heads and feet of pages and the notes, filled in."""
    document: Any = template.docx
    for part in document.part.package.parts:
        if any(kind in part.content_type for kind in ("header+xml", "footer+xml", "notes+xml")):
            yield part.blob.decode("utf-8", "replace")


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

"""The builder: blocks are added in the order of the page, then saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm

from core.docx import page, parts
from core.docx.parts import Head, Signature
from core.docx.profiles import Level, Look, Profile
from core.docx.xml import add_run, paragraph, text_paragraph

LETTERS_A_LINE = 85  # about
LONG_HEADING = 120  # letters; a longer one is a sentence and is not set in capitals


class OfficialDocument:
    """One document in ``profile``; with ``is_draft`` "DỰ THẢO" lies behind every page.

    Texts are printed as given. A line end within a text is a line end on the page.
    """

    def __init__(self, profile: Profile, *, is_draft: bool = False) -> None:
        self.profile = profile
        self._document = docx.Document()
        self._body = self._document.element.body
        self._is_landscape = False
        page.set_up(self._document, profile, is_draft=is_draft)

    def head(self, head: Head) -> None:
        """Organs, motto, number, place and day."""
        self._add(parts.head_table(head, self.profile))

    def title(self, type_name: str, subject: str, *, new_page: bool = False) -> None:
        """ "KẾ HOẠCH" and its abstract; on a new page for what is attached to a decision."""
        self._add(*parts.title(type_name, subject, self.profile, new_page=new_page))

    def letter_subject(self, text: str) -> None:
        """ "V/v …" of a letter, which has no name of a type: below the number, at the left."""
        look = replace(self.profile.letter_subject, after=12)
        aside = self.profile.page.text_width - self.profile.left_column
        self._add(text_paragraph(text, look, self.profile, right=aside))

    def legal_bases(self, texts: Sequence[str]) -> None:
        """One basis a line; a mark at the end of a text is kept, a missing one is set."""
        self._add(*parts.legal_basis_lines(texts, self.profile))

    def paragraph(self, text: str) -> None:
        """Plain text of the body."""
        self._add(text_paragraph(text, self.profile.body, self.profile))

    def item(self, marker: str, text: str, *, level: int, heading: str = "") -> None:
        """A numbered place: level 1 is "I.", 2 is "1.", 3 and deeper are "1.1.", "a)", "-", "+".

        ``heading`` is set as a heading, ``text`` follows it on the same line as plain text.
        """
        style = self._level(level)
        if not heading:
            self._add(text_paragraph(_spaced(marker, text), style.text, self.profile))
            return
        look = style.heading
        if len(heading) > LONG_HEADING:
            look = replace(look, is_caps=False)
        elif not text:  # a line that is stretched to the margin looks torn in capitals
            look = replace(look, align="left")
        made = paragraph(look, keep_next=not text)
        add_run(made, _spaced(marker, heading) + (" " if text else ""), look, self.profile)
        if text:
            add_run(made, text, style.text, self.profile)
        self._add(made)

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]],
        *, shares: Sequence[float] | None = None, size: float | None = None,
    ) -> None:  # fmt: skip
        """Columns with a head that is repeated on each page; ``head`` may be empty.

        ``size`` in points where a wide table needs smaller letters than the profile's.
        """
        self.blocks(
            lambda width: parts.table_blocks(
                head, rows, self.profile, width=width, shares=shares, size=size
            )
        )

    def blocks(self, make: Callable[[float], Sequence[Any]]) -> None:
        """What ``make`` gives for the width of the text here, in millimetres."""
        self._add(*make(page.text_width(self.profile, is_landscape=self._is_landscape)))

    def foot_of_pages(self, text: str, *, png: bytes, width: float, description: str) -> None:
        """A small picture, ``width`` mm wide, and a line beside it at the foot of every page of
        the newest section; the sections before keep theirs.
        """
        page.foot_of_pages(
            self._document, self.profile, text, png=png, width=width, description=description
        )

    def picture(self, png: bytes, *, width: float, description: str) -> None:
        """A picture in the middle, ``width`` mm wide, that stays with the caption after it.

        ``description`` is for a reader who does not see it.
        """
        made = self._document.add_paragraph()
        made.alignment, made.paragraph_format.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, True
        shape = made.add_run().add_picture(BytesIO(png), width=Mm(width))
        shape._inline.docPr.set("descr", description)
        self._add(made._p)

    def foot(self, *, recipients: Sequence[str], signatures: Sequence[Signature]) -> None:
        """Recipients and signatures, never alone on a page: two lines of text stay with them."""
        self._keep_last_lines()
        made = parts.foot(recipients, signatures, self.profile)
        for before in made[:-1]:
            if before.tag == qn("w:p"):
                before.get_or_add_pPr().get_or_add_keepNext()
        self._add(*made)

    def annex(self, title: str, *, note: str = "", is_landscape: bool = False) -> None:
        """A new page (across, for wide tables) with the heading of an annex."""
        if is_landscape != self._is_landscape:
            page.new_section(self._document, self.profile, is_landscape=is_landscape)
            self._is_landscape = is_landscape
            self._add(text_paragraph(title, self.profile.annex_title, self.profile))
        else:
            look = self.profile.annex_title
            self._add(text_paragraph(title, look, self.profile, new_page=True))
        if note:
            self.centred(note)

    def centred(self, text: str) -> None:
        """A line in italics in the middle, such as "(Kèm theo …)"."""
        self._add(text_paragraph(text, self.profile.annex_note, self.profile))

    def subtitle(self, text: str) -> None:
        """A further line of an annex's heading; it stays with what comes next."""
        look = self.profile.annex_title
        self._add(text_paragraph(text, look, self.profile, keep_next=True))

    def save(self, *, title: str = "", author: str = "", at: dt.datetime | None = None) -> bytes:
        """The file's bytes. ``title``, ``author`` and ``at`` go into its properties."""
        self._close_body()
        properties = self._document.core_properties
        properties.title, properties.author = title[:255], author[:255]
        properties.last_modified_by, properties.comments = author[:255], ""
        properties.language = self.profile.language
        if at is not None:
            properties.created = properties.modified = at.replace(tzinfo=None)
        result = BytesIO()
        self._document.save(result)
        return result.getvalue()

    def _level(self, level: int) -> Level:
        profile = self.profile
        return {1: profile.section, 2: profile.item}.get(level, profile.sub_item)

    def _add(self, *blocks: Any) -> None:
        end = self._body.sectPr if hasattr(self._body, "sectPr") else None
        for block in blocks:
            if end is not None:
                end.addprevious(block)
            else:
                self._body.append(block)

    def _keep_last_lines(self) -> None:
        """Two lines of text at least; what stands in the middle, such as "(Gửi kèm …)", is none."""
        found = [child for child in self._body if child.tag in (qn("w:p"), qn("w:tbl"))]
        lines = 0
        for child in reversed(found):
            if child.tag != qn("w:p") or lines > 1:
                return
            child.get_or_add_pPr().get_or_add_keepNext()
            if child.alignment != WD_ALIGN_PARAGRAPH.CENTER:
                lines += 1 + len(child.text) // LETTERS_A_LINE

    def _close_body(self) -> None:
        """Word wants a paragraph behind a table that ends the text."""
        found = [child for child in self._body if child.tag in (qn("w:p"), qn("w:tbl"))]
        if found and found[-1].tag == qn("w:tbl"):
            self._add(paragraph(Look(2, line=2)))


def _spaced(marker: str, text: str) -> str:
    return f"{marker} {text}" if marker and text else marker or text

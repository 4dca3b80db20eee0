"""The fixed parts of an official document: head, title, recipients and signatures, tables."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.docx.profiles import Look, Profile
from core.docx.xml import (
    element,
    layout_table,
    paragraph,
    row,
    rule,
    text_paragraph,
    twips,
    under,
)
from core.text import long_date

BLANK = " " * 6
NO_BREAK = "\u00a0"
# A name is broken before the word that says what kind of place it is, never behind it.
PLACE_NAME = re.compile(
    r"(?<=\s)(?:phường|xã|thị trấn|quận|huyện|thành phố|tỉnh|tổ dân phố)\s+(?:\S+\s?){1,4}$", re.I
)
ORGANS = re.compile(r"Mặt trận|Tổ quốc Việt Nam|Ủy ban|Nhân dân", re.I)
YEARS = re.compile(r"\d{4} - \d{4}")
MILLIMETRES_A_POINT = 25.4 / 72
KEPT_MARKS = (";", ".", ",", ":")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the title. ``number`` is as printed ("85"), blank until it is given.

    ``code`` is number and symbol together ("85-KH/ĐU"); where it is blank, ``symbol`` alone is
    printed behind a gap. Without ``issued_on`` the day stays blank; ``year`` and ``month`` are
    printed as far as they are known.
    """

    issuers: tuple[str, ...]
    superior: str = ""
    code: str = ""
    symbol: str = ""
    place: str = ""
    issued_on: dt.date | None = None
    year: int | None = None
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """One signer. ``authority`` are the lines above the title ("T/M BAN THƯỜNG VỤ")."""

    authority: tuple[str, ...] = ()
    position: str = ""
    name: str = ""


def number_line(head: Head, profile: Profile) -> str:
    """ "Số 85-KH/ĐU", "Số: 05/KH-UBND", "Số      -KH/ĐU"; "" where not even the symbol is known."""
    if head.code:
        return f"{profile.number_label}{head.code}"
    if not head.symbol:
        return ""
    label = profile.number_label.rstrip()
    return f"{label}{BLANK}{profile.number_join}{head.symbol}"


def place_and_date(head: Head) -> str:
    """ "Tân An, ngày 05 tháng 02 năm 2027"; what is not known yet is a gap."""
    if head.issued_on:
        day = long_date(head.issued_on)
    else:
        month = f" {head.month:02d} " if head.month and head.month < 3 else f" {head.month or ''} "
        year = f" {head.year}" if head.year else BLANK
        day = f"ngày{BLANK}tháng{month if head.month else BLANK}năm{year}"
    return f"{head.place}, {day}" if head.place else day


def head_table(head: Head, profile: Profile) -> Any:
    """Organs and number at the left; the motto, the place and the day at the right."""
    left = profile.left_column
    right = profile.page.text_width - left
    table = layout_table([left, right])
    organs = []
    aside = {"left": profile.organ_inset, "right": profile.organ_inset}
    if head.superior:
        superior = _kept_together(head.superior)
        organs.append(text_paragraph(superior, profile.superior, profile, **aside))
    issuers = " - ".join(map(_kept_together, head.issuers))
    organs.append(text_paragraph(issuers, profile.issuer, profile, **aside))
    if profile.issuer_rule:
        organs.append(rule(left, length=left * profile.issuer_rule))
    if profile.star:
        organs.append(text_paragraph("*", profile.star, profile))
    mottos = []
    for motto in profile.mottos:
        mottos.append(text_paragraph(motto.text, motto.look, profile))
        if motto.rule_em:
            length = motto.rule_em * motto.look.size * MILLIMETRES_A_POINT
            mottos.append(rule(right, length=length))
    row(table, [organs, mottos], [left, right])
    number = number_line(head, profile)
    row(
        table,
        [
            [text_paragraph(number, profile.number, profile)],
            [text_paragraph(place_and_date(head), profile.place_date, profile)],
        ],
        [left, right],
    )
    return table


def _kept_together(name: str) -> str:
    name = ORGANS.sub(lambda found: found.group().replace(" ", NO_BREAK), name)
    found = PLACE_NAME.search(name)
    return name[: found.start()] + found.group().replace(" ", NO_BREAK) if found else name


def title(type_name: str, subject: str, profile: Profile, *, new_page: bool = False) -> list[Any]:
    """The name of the type, the abstract, and the hyphens or the rule below it."""
    subject = YEARS.sub(lambda found: found.group().replace(" ", NO_BREAK), subject)
    made = [
        text_paragraph(type_name, profile.type_name, profile, keep_next=True, new_page=new_page),
        text_paragraph(subject, profile.subject, profile, keep_next=True),
    ]
    if profile.subject_hyphens:
        look = Look(profile.subject.size, after=6)
        made.append(text_paragraph(profile.subject_hyphens, look, profile))
    if profile.subject_rule:
        width = profile.page.text_width
        made.append(rule(width, length=width * profile.subject_rule, gap=10, before=5))
    return made


def legal_basis_lines(texts: Sequence[str], profile: Profile) -> list[Any]:
    """One basis a line, with the bullet and the marks of the profile where the text has none."""
    made = []
    for number, text in enumerate(texts, 1):
        if not text.endswith(KEPT_MARKS):
            text += "." if number == len(texts) else ";"
        made.append(
            text_paragraph(f"{profile.legal_basis_bullet}{text}", profile.legal_basis, profile)
        )
    return made


def _signature_cell(signature: Signature, profile: Profile) -> list[Any]:
    made = [text_paragraph(line, profile.authority, profile) for line in signature.authority]
    if signature.position:
        made.append(text_paragraph(signature.position, profile.position, profile))
    gap = replace(profile.signer, before=profile.signature_gap)
    made.append(text_paragraph(signature.name, gap, profile))
    return made


def _recipients_cell(recipients: Sequence[str], profile: Profile) -> list[Any]:
    made = [text_paragraph("Nơi nhận:", profile.recipients_title, profile)] if recipients else []
    for number, text in enumerate(recipients, 1):
        end = "." if number == len(recipients) else profile.recipients_end
        made.append(text_paragraph(f"- {text}{end}", profile.recipients_item, profile))
    return made


def foot(recipients: Sequence[str], signatures: Sequence[Signature], profile: Profile) -> list[Any]:
    """Recipients left of the signature; two or more signers stand side by side above them."""
    width = profile.page.text_width
    gap = paragraph(Look(6, after=6))
    if len(signatures) < 2:
        left = width * 0.45
        table = layout_table([left, width - left])
        signer = [cell for found in signatures for cell in _signature_cell(found, profile)]
        row(table, [_recipients_cell(recipients, profile), signer], [left, width - left])
        return [gap, table]
    widths = [width / len(signatures)] * len(signatures)
    table = layout_table(widths)
    row(table, [_signature_cell(found, profile) for found in signatures], widths)
    return [gap, table, paragraph(Look(12)), *_recipients_cell(recipients, profile)]


def data_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], profile: Profile, *, width: float,
    shares: Sequence[float] | None = None,
) -> Any:  # fmt: skip
    """A table with borders; its head is repeated on each page. A line end parts paragraphs.

    ``shares`` are the parts of the width for the columns; by default those of their texts.
    """
    grid = [list(map(str, line)) for line in ([head] if head else []) + list(rows)]
    columns = max(map(len, grid))
    grid = [line + [""] * (columns - len(line)) for line in grid]
    parts = list(shares or _shares(grid))
    widths = [width * part / sum(parts) for part in parts]
    table = layout_table(widths)
    _draw_borders(table)
    looks = [
        _column_look(profile.table_cell, column[bool(head) :]) for column in zip(*grid, strict=True)
    ]
    for number, line in enumerate(grid):
        is_head = bool(head) and number == 0
        cells = [
            [
                text_paragraph(text, profile.table_head if is_head else look, profile)
                for text in cell.split("\n")
            ]
            for cell, look in zip(line, looks, strict=True)
        ]
        row(table, cells, widths, is_head=is_head)
    return table


def table_blocks(
    head: Sequence[str], rows: Sequence[Sequence[str]], profile: Profile, *, width: float,
    shares: Sequence[float] | None = None, size: float | None = None,
) -> list[Any]:  # fmt: skip
    """A :func:`data_table` and the gap below it; ``size`` in points where the profile's is too
    large for its columns.
    """
    if size is not None:
        profile = replace(
            profile,
            table_head=replace(profile.table_head, size=size),
            table_cell=replace(profile.table_cell, size=size),
        )
    table = data_table(head, rows, profile, width=width, shares=shares)
    return [table, paragraph(Look(6, after=0))]


def _column_look(look: Look, cells: Sequence[str]) -> Look:
    """A column of figures and short marks stands in the middle, one of words at the left."""
    figures = sum(not any(sign.isalpha() for sign in text) for text in cells)
    return replace(look, align="center") if figures * 2 > len(cells) else look


def _shares(grid: list[list[str]]) -> list[float]:
    """Wider columns for longer texts, none so narrow that a short word breaks."""
    shares = []
    for column in zip(*grid, strict=True):
        words = [word for cell in column for word in cell.split()]
        widest_word = max(
            (len(word) + sum(map(str.isupper, word)) / 2 for word in words), default=1
        )
        longest = max(len(cell) for cell in column)
        shares.append(max(6.0, widest_word + 2.0, min(longest, 60) ** 0.8))
    return shares


def _draw_borders(table: Any) -> None:
    properties = table.tblPr
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        under(borders, side, val="single", sz="4", space="0", color="auto")
    layout = properties.find("{*}tblLayout")
    layout.addprevious(borders)
    for side in properties.find("{*}tblCellMar"):
        side.set(f"{{{side.nsmap['w']}}}w", str(twips(1.5)))

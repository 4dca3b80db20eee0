"""What a text is made of, between the HTML that is kept and the plain text that is typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import escape

HEADINGS = ("h2", "h3", "h4")
LISTS = ("ul", "ol")
BULLETS = "·•▪◦‣§●○➢✓"  # at the head of a line: an item, as people paste it
# Whole addresses, mail, telephone, and places of this portal; never another host without a scheme.
LINK = re.compile(
    r"(?:https?://[^\s<>\"'\\`]+|mailto:[^\s<>\"'\\`]+|tel:[+\d.-]+"
    r"|/(?![/\\])[^\s<>\"'\\`]*|#[\w-]+)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?<![\w/])https?://\w[^\s<>\"'\\`\[\]()*]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one kind; a line feed is a line break."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(slots=True)
class Item:
    """An item of a list, with the lists below it."""

    runs: list[Run]
    lists: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """``kind`` is p, h2, h3, h4 (with ``runs``), ul, ol (``items``) or blockquote (``blocks``)."""

    kind: str
    runs: list[Run] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def target(address: str) -> str:
    """``address`` where a link may lead there, "" otherwise. Brackets are written as numbers."""
    address = address.strip().replace("(", "%28").replace(")", "%29")
    return address if LINK.fullmatch(address) else ""


def tidy(runs: Iterable[Run]) -> list[Run]:
    """One space between words, none at the ends of lines, neighbours of one kind together."""
    result: list[Run] = []
    line_start = True
    for run in runs:
        text = re.sub(r"[^\S\n]+", " ", run.text)
        text = re.sub(r" ?\n ?", "\n", text)
        if line_start:
            text = text.lstrip(" \n") if not result else text.lstrip(" ")
        if result and result[-1].text.endswith(" ") and text.startswith("\n"):
            result[-1] = replace(result[-1], text=result[-1].text.rstrip(" "))
        if not text:
            continue
        line_start = text[-1] in " \n"
        if result and replace(result[-1], text="") == replace(run, text=""):
            result[-1] = replace(run, text=result[-1].text + text)
        else:
            result.append(replace(run, text=text))
    return linked(_without_tail([run for run in result if run.text]))


def linked(runs: Iterable[Run]) -> list[Run]:
    """Addresses that stand in the words become links."""
    result: list[Run] = []
    for run in runs:
        place = 0
        for found in () if run.href else _ADDRESS.finditer(run.text):
            address = found[0].rstrip(".,;:!?)”")
            if found.start() > place:
                result.append(replace(run, text=run.text[place : found.start()]))
            result.append(replace(run, text=address, href=address))
            place = found.start() + len(address)
        if place < len(run.text):
            result.append(replace(run, text=run.text[place:]))
    return result


def _without_tail(runs: list[Run]) -> list[Run]:
    while runs:
        text = runs[-1].text.rstrip(" \n")
        if text:
            return [*runs[:-1], replace(runs[-1], text=text)]
        runs = runs[:-1]
    return runs


def html_of(blocks: Iterable[Block]) -> str:
    return "\n".join(_block_html(block) for block in blocks)


def _block_html(block: Block) -> str:
    if block.kind in LISTS:
        items = "".join(f"<li>{_item_html(item)}</li>" for item in block.items)
        return f"<{block.kind}>{items}</{block.kind}>"
    if block.kind == "blockquote":
        return f"<blockquote>{html_of(block.blocks)}</blockquote>"
    return f"<{block.kind}>{_runs_html(block.runs)}</{block.kind}>"


def _item_html(item: Item) -> str:
    return _runs_html(item.runs) + "".join(_block_html(block) for block in item.lists)


def _runs_html(runs: Iterable[Run]) -> str:
    return "".join(_run_html(run) for run in runs)


def _run_html(run: Run) -> str:
    text = escape(run.text, quote=False).replace("\n", "<br>")
    if run.italic:
        text = f"<em>{text}</em>"
    if run.bold:
        text = f"<strong>{text}</strong>"
    if run.href:
        text = f'<a href="{escape(run.href)}">{text}</a>'
    return text


def words_of(blocks: Iterable[Block]) -> str:
    lines: list[str] = []
    for block in blocks:
        lines.extend(_lines(block))
    return "\n".join(line for line in lines if line)


def _lines(block: Block) -> list[str]:
    if block.kind == "blockquote":
        return [line for inner in block.blocks for line in _lines(inner)]
    if block.kind in LISTS:
        return [line for item in block.items for line in _item_lines(item)]
    return ["".join(run.text for run in block.runs)]


def _item_lines(item: Item) -> list[str]:
    below = [line for inner in item.lists for line in _lines(inner)]
    return ["".join(run.text for run in item.runs), *below]

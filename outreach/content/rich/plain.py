"""The same text as people type it without an editor: a blank line, "## ", "- ", "1. ", "> "."""

from __future__ import annotations

import re
from collections.abc import Iterable

from outreach.content.rich.blocks import (
    BULLETS,
    HEADINGS,
    LISTS,
    Block,
    Item,
    Run,
    linked,
    target,
    tidy,
)

_HEADING = re.compile(r"(#{2,4}) +(.+)")
_ITEM = re.compile(rf"( *)(?:([-*+{BULLETS}])|(\d{{1,3}})[.)]) +(.+)")
_STEP = 2  # spaces a level
_INLINE = re.compile(
    r"\\(?P<plain>[\\*_\[\]#>+.)(-]|[·•▪◦‣§●○➢✓])"
    r"|\*\*(?P<bold>(?:\\.|[^*\\])+)\*\*"
    r"|\*(?P<italic>(?:\\.|[^*\\\s])(?:\\.|[^*\\])*)\*"
    r"|\[(?P<words>(?:\\.|[^\]\\])+)\]\((?P<href>[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)"
)
_SPECIAL = re.compile(r"([\\*\[\]])")
_LINE_HEAD = re.compile(rf"(#|>|[-+{BULLETS}](?= )|\d{{1,3}}(?=[.)] ))")


def blocks_of_text(text: str) -> list[Block]:
    blocks: list[Block] = []
    for lines in _chunks(text):
        blocks.extend(_chunk(lines))
    return blocks


def _chunks(text: str) -> Iterable[list[str]]:
    chunk: list[str] = []
    for line in text.expandtabs(4).split("\n"):
        if line.strip():
            chunk.append(line.rstrip())
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _chunk(lines: list[str]) -> list[Block]:
    """Lines without a blank one between; a heading or a list may follow a line at once."""
    if lines[0].lstrip().startswith(">"):
        inner = [re.sub(r"^ *> ?", "", line) for line in lines]
        quoted = [b for b in blocks_of_text("\n".join(inner)) if b.kind != "blockquote"]
        quoted = [Block("p", b.runs) if b.kind in HEADINGS else b for b in quoted]
        return [Block("blockquote", blocks=quoted)] if quoted else []
    blocks: list[Block] = []
    words: list[str] = []
    items: list[str] = []

    def end() -> None:
        if words and (runs := tidy(_runs("\n".join(words)))):
            blocks.append(Block("p", runs=runs))
        if items:
            blocks.extend(_lists(items))
        words.clear()
        items.clear()

    for line in lines:
        if heading := _HEADING.fullmatch(line.strip()):
            end()
            if runs := tidy(_runs(heading[2])):
                blocks.append(Block(f"h{len(heading[1])}", runs=runs))
        elif _ITEM.fullmatch(line):
            if words:
                end()
            items.append(line)
        elif items and line.startswith(" "):
            items.append(line)
        else:
            if items:
                end()
            words.append(line.strip())
    end()
    return blocks


def _lists(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    stack: list[tuple[int, Block]] = []
    for line in lines:
        found = _ITEM.fullmatch(line)
        if found is None:  # a further line of the item above
            item = stack[-1][1].items[-1]
            item.runs = tidy([*item.runs, Run("\n"), *_runs(line.strip())])
            continue
        runs = tidy(_runs(found[4]))
        depth = min(len(found[1]) // _STEP, len(stack), 2)
        kind = "ul" if found[2] else "ol"
        del stack[depth + 1 :]
        if len(stack) == depth or stack[depth][1].kind != kind:
            del stack[depth:]
            block = Block(kind)
            (stack[-1][1].items[-1].lists if stack else blocks).append(block)
            stack.append((depth, block))
        if runs:
            stack[depth][1].items.append(Item(runs))
    return [block for block in blocks if block.items]


def _runs(text: str, bold: bool = False, italic: bool = False) -> list[Run]:
    runs: list[Run] = []
    place = 0
    for found in _INLINE.finditer(text):
        runs.append(Run(text[place : found.start()], bold, italic))
        place = found.end()
        if found["plain"]:
            runs.append(Run(found["plain"], bold, italic))
        elif found["bold"]:
            runs.extend(_runs(found["bold"], True, italic))
        elif found["italic"]:
            runs.extend(_runs(found["italic"], bold, True))
        else:
            runs.extend(_link(found["words"], found["href"], bold, italic))
    runs.append(Run(text[place:], bold, italic))
    return runs


def _link(words: str, href: str, bold: bool, italic: bool) -> list[Run]:
    inner = _runs(words, bold, italic)
    return [Run(run.text, run.bold, run.italic, target(href)) for run in inner]


def text_of(blocks: Iterable[Block]) -> str:
    return "\n\n".join(_block_text(block) for block in blocks)


def _block_text(block: Block) -> str:
    if block.kind in LISTS:
        return "\n".join(_list_lines(block, 0))
    if block.kind == "blockquote":
        return "\n".join(f"> {line}".rstrip() for line in text_of(block.blocks).split("\n"))
    if block.kind in HEADINGS:
        return f"{'#' * int(block.kind[1])} {_line(block.runs).replace(chr(10), ' ')}"
    return "\n".join(_guarded(line) for line in _line(block.runs).split("\n"))


def _list_lines(block: Block, depth: int) -> list[str]:
    lines = []
    for number, item in enumerate(block.items, start=1):
        head = "-" if block.kind == "ul" else f"{number}."
        first, *more = _line(item.runs).split("\n")
        lines.append(f"{' ' * (_STEP * depth)}{head} {first}")
        lines.extend(f"{' ' * (_STEP * depth + _STEP)}{_guarded(line)}" for line in more)
        for below in item.lists:
            lines.extend(_list_lines(below, depth + 1))
    return lines


def _guarded(line: str) -> str:
    """A line of words that begins like a mark of the form keeps a sign before it."""
    return (
        _LINE_HEAD.sub(lambda found: _shielded(found[0]), line, count=1)
        if _LINE_HEAD.match(line)
        else line
    )


def _shielded(head: str) -> str:
    return f"{head}\\" if head[0].isdigit() else f"\\{head}"


def _line(runs: Iterable[Run]) -> str:
    runs = list(runs)
    around = ["", *(run.text for run in runs), ""]
    return "".join(
        run.text if _is_bare(run, around[place], around[place + 2]) else _run_text(run)
        for place, run in enumerate(runs)
    )


def _is_bare(run: Run, before: str, behind: str) -> bool:
    """Would the address become the same link without any mark?"""
    if run.href != run.text or run.bold or run.italic:
        return False
    ends = before[-1:] in ("", " ", "\n") and behind[:1] in ("", " ", "\n")
    return ends and linked([Run(run.text)]) == [run]


def _run_text(run: Run) -> str:
    text = _SPECIAL.sub(r"\\\1", run.text)
    lead, text, tail = _spaces(text)
    if run.italic:
        text = f"*{text}*"
    if run.bold:
        text = f"**{text}**"
    if run.href:
        text = f"[{text}]({run.href})"
    return f"{lead}{text}{tail}"


def _spaces(text: str) -> tuple[str, str, str]:
    core = text.strip()
    start = text.index(core) if core else 0
    return text[:start], core, text[start + len(core) :]

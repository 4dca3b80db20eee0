"""Lines as they stand on the pages of a PDF -> paragraphs: wraps undone, page furniture dropped."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from core.text import fold
from plans.reader import pdf_tables
from plans.reader.lines import is_cut_at_dash, is_heading
from plans.reader.markers import marker
from plans.reader.normalise import is_noise, is_rule, squeeze, unify
from plans.reader.tail import AUTHORITY, TITLE

FULL = 0.8  # of the widest line: a line that reaches so far may go on in the next
INDENT = 2  # columns to the right of the margin that open a paragraph
WIDE_GAP = re.compile(r"\S {3,}\S")
MIN_PAGES_OF_HEADER = 3
MIN_BODY = 40


@dataclass(slots=True)
class _Line:
    text: str
    indent: int
    is_full: bool
    is_at_margin: bool


def unwrap(pages: list[str]) -> list[str]:
    """The paragraphs of all pages in order; "" where a blank line stood."""
    result: list[str] = []
    above: _Line | None = None
    repeated = _running_heads(pages)
    for page in _parted(pages, repeated):
        if isinstance(page, pdf_tables.Found):
            result += ["", *(f"| {' | '.join(_cell(c) for c in row)} |" for row in page.rows), ""]
            above = None
            continue
        lines = _lines(page)
        for number, line in enumerate(lines):
            if line is None:
                if number and result and result[-1]:
                    result.append("")
                continue
            if above and _goes_on(above, line, is_new_page=number == 0):
                while not result[-1]:
                    result.pop()
                result[-1] = f"{result[-1]} {line.text.strip()}"
            else:
                result.append(line.text)
            above = line
    return result


def _cell(text: str) -> str:
    return text.replace("|", "/")


def _parted(pages: list[str], repeated: set[str]) -> Iterator[list[str] | pdf_tables.Found]:
    """The lines of each page without its furniture, and the tables, which may go over pages."""
    rest = [_cleaned(page, repeated) for page in pages]
    lines = [line for page in rest for line in page]
    ends = list(accumulate(map(len, rest)))
    at = 0
    while at < len(lines):
        table = pdf_tables.find(lines[at:])
        until = at + table.start if table else len(lines)
        for end in ends:
            if at < end:
                yield lines[at : min(end, until)]
                at = min(end, until)
            if at >= until:
                break
        if table:
            yield table
            at = until + table.end - table.start


def _cleaned(page: str, repeated: set[str]) -> list[str]:
    """The lines of a page without page numbers, stamps and running heads."""
    texts = [line.rstrip() for line in unify(page).split("\n")]
    widest = max(map(len, texts), default=0)
    texts = [
        ""
        if squeeze(t) in repeated or (is_noise(squeeze(t)) and _is_apart(t, n, len(texts), widest))
        else t
        for n, t in enumerate(texts)
    ]
    while texts and not texts[0]:
        texts.pop(0)
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _is_apart(text: str, number: int, lines: int, widest: int) -> bool:
    """A number alone is a page's only in its middle or at its ends, not in a column of numbers."""
    is_bare = squeeze(text).isdigit()
    return not is_bare or number in (0, 1, lines - 1, lines - 2) or len(text) > widest / 3


def _lines(texts: list[str]) -> list[_Line | None]:
    """The lines of a part of a page; None for a blank one."""
    widest = max(map(len, texts), default=0)
    long = [t for t in texts if len(t) >= FULL * widest and len(t.strip()) >= MIN_BODY]
    margin = min((len(t) - len(t.lstrip()) for t in long), default=0)
    return [
        _Line(
            t,
            indent := len(t) - len(t.lstrip()),
            len(t) >= FULL * widest and len(t.strip()) >= MIN_BODY,
            indent <= margin + 1,
        )
        if t
        else None
        for t in texts
    ]


def _goes_on(above: _Line, line: _Line, *, is_new_page: bool) -> bool:
    text = squeeze(line.text)
    if not above.is_full or is_rule(text) or is_rule(above.text):
        return False
    if marker(text):
        return is_cut_at_dash(squeeze(above.text), text)
    if is_heading(text) or not line.is_at_margin or _opens_part(text):
        return False
    return not (is_new_page and above.text.rstrip().endswith((".", ";", ":")))


def _opens_part(text: str) -> bool:
    """Recipients, a signature, or the note that a plan is attached: never the rest of a sentence."""
    is_title = text.upper() == text and TITLE.match(text)
    return bool(
        fold(text).startswith(("noi nhan", "(kem theo")) or AUTHORITY.match(text) or is_title
    )


def _running_heads(pages: list[str]) -> set[str]:
    """First and last lines that several pages share."""
    count: Counter[str] = Counter()
    for page in pages:
        lines = [squeeze(line) for line in unify(page).split("\n") if line.strip()]
        count.update({*lines[:1], *lines[-1:]})
    return {text for text, number in count.items() if number >= MIN_PAGES_OF_HEADER and text}

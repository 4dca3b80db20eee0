"""Source paragraphs -> lines of the document, and the joining of what a page break cut."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from plans.reader.markers import BARE, marker
from plans.reader.normalise import is_rule
from plans.reader.reading import Paragraph
from plans.reader.words import CLOSING, STARTERS, role_of

ENDS = (".", ";", ":", "!", "?", "…")
WRAP_WIDTH = 120
MIN_WRAPPED = 15
UNFINISHED = 0.6
FULL = 0.8
MIN_CUT = 2
DOUBLE_SPACED = 0.8
# No sentence ends so: what stands below goes on.
OPEN_END = re.compile(
    r"\s(?:số|ngày|tháng|năm|quý|của|và|các|những|về|cho|với|trước|từ|đến|theo|tại|trong|là|để|do|khi"
    r"|như|hoặc|đồng chí|đ/c)$"
)
CUT_AT_DASH = [
    (re.compile(r"(?<!\d)(?:19|20)\d\d$"), re.compile(r"[-–] ?(?:19|20)\d\d(?!\d)")),
    (
        re.compile(r"(?:chính trị|văn hóa|văn hoá|kinh tế)$", re.I),
        re.compile(r"[-–] ?xã hội", re.I),
    ),
]
MAX_HEADING = 200
TAIL = 40  # letters; how a text ends is asked of no more, however long it has grown


@dataclass(frozen=True, slots=True)
class Line:
    """A line with the source paragraphs that it came from (``first`` to ``last``)."""

    text: str
    first: int
    last: int
    cells: tuple[str, ...] | None = None
    table: int | None = None
    is_centred: bool = False
    after_blank: bool = False


def lines_of(paragraphs: tuple[Paragraph, ...]) -> list[Line]:
    """The lines to read: noise left out, a number that stands alone put before its text."""
    result: list[Line] = []
    for p in paragraphs:
        if p.is_ignored:
            continue
        line = Line(p.text, p.index, p.index, p.cells, p.table, p.is_centred, p.after_blank)
        above = result[-1] if result else None
        if above and above.cells is None and line.cells is None and BARE.match(above.text):
            result[-1] = replace(above, text=f"{above.text} {line.text}", last=line.last)
        else:
            result.append(line)
    if sum(line.after_blank for line in result) > DOUBLE_SPACED * len(result):
        return [replace(line, after_blank=False) for line in result]
    return result


def is_wrapped(lines: list[Line]) -> bool:
    """Whether the text has hard line ends (an e-mail, a PDF): no line is long, many are full."""
    texts = [line.text for line in lines if line.cells is None]
    widest = max(map(len, texts), default=0)
    if widest > WRAP_WIDTH:
        return False
    full = sum(len(text) > UNFINISHED * widest for text in texts)
    cut = sum(
        not a.endswith(ENDS) and b[0].islower() and len(a) > UNFINISHED * widest
        for a, b in pairwise(texts)
    )
    return cut >= MIN_CUT or (len(texts) >= MIN_WRAPPED and full >= len(texts) / 3)


def join(lines: list[Line], *, wrapped: bool) -> list[Line]:
    """Join paragraphs that a page break or a line end cut in two.

    Never over a heading, a list marker or a table row.
    """
    widest = max((len(line.text) for line in lines if line.cells is None), default=0)
    result: list[Line] = []
    last = ""
    for line in lines:
        if result and _continues(result[-1], last, line, widest if wrapped else 0):
            above = result[-1]
            result[-1] = replace(above, text=f"{above.text} {line.text}", last=line.last)
        else:
            result.append(line)
        last = line.text
    return result


def _continues(above: Line, last: str, line: Line, widest: int) -> bool:
    """Whether ``line`` goes on with ``above``, whose ``last`` printed line stands right over it."""
    if above.cells or line.cells or is_rule(line.text):
        return False
    if marker(line.text):
        return is_cut_at_dash(above.text, line.text)
    if is_heading(line.text) or CLOSING.match(line.text):
        return False
    if above.text.endswith(ENDS):
        return _is_forced(last, line, widest) and not STARTERS.match(line.text)
    if OPEN_END.search(above.text[-TAIL:]):
        return True
    if len(above.text) < MAX_HEADING and is_heading(above.text) and not line.text[0].islower():
        return False
    if line.text[0].islower() or above.text.endswith(","):
        return True
    return bool(widest and not line.after_blank and len(last) > UNFINISHED * widest)


def _is_forced(last: str, line: Line, widest: int) -> bool:
    """Whether the line above was full: the next word had no room on it."""
    word = line.text.split(" ", 1)[0]
    is_full = len(last) + 1 + len(word) > widest and len(last) > FULL * widest
    return bool(widest and is_full and not last.endswith(":") and not line.after_blank)


def is_cut_at_dash(above: str, text: str) -> bool:
    """Whether a line end fell into "2026 - 2027" or "chính trị - xã hội": that dash is no bullet."""
    is_open = above.count("(") > above.count(")") and not above.endswith(ENDS)
    if is_open and ")" in text and "(" not in text[: text.index(")")]:
        return True
    return any(a.search(above[-TAIL:]) and b.match(text) for a, b in CUT_AT_DASH)


def is_heading(text: str) -> bool:
    """ALL CAPITALS with a word that headings have, with or without a numeral."""
    found = marker(text)
    bare = found.text if found else text
    return (
        bool(re.search(r"[^\W\d_]{3}", bare))
        and bare.upper() == bare
        and (role_of(bare) != "other" or found is not None)
    )


def opens_body(text: str) -> bool:
    """A paragraph that can only be the opening of the text, not a line of the abstract."""
    return bool(STARTERS.match(text)) or bool(marker(text))

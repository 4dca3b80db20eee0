"""Finding the places of a text that stand outside quotation marks and brackets."""

import re

OPEN, CLOSE = "“([", "”)]"
SENTENCE_END = re.compile(r"[.!?]\s+(?=[\"“(]?[A-ZĐÀ-Ỹ0-9])")
ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:TP|TT|TX|Q|P|ThS|TS|PGS|GS|BS|KS|Tp|T|St|Nxb|đ/c|Đ/c|[A-Z])$"
)
END_MARKS = " .;,:"


def depths(text: str) -> list[int]:
    """For each character how many quotation marks and brackets are open around it.

    Marks without a partner are ignored, or one lost ” would hide the rest of the text.
    """
    result = [0] * (len(text) + 1)
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    straight = -1
    for at, sign in enumerate(text):
        if sign in OPEN:
            stack.append(at)
        elif sign in CLOSE:
            wanted = OPEN[CLOSE.index(sign)]
            if stack and text[stack[-1]] == wanted:
                pairs.append((stack.pop(), at))
        elif sign == '"':
            if straight < 0:
                straight = at
            else:
                pairs.append((straight, at))
                straight = -1
    for start, end in pairs:
        result[start] += 1
        result[end + 1] -= 1
    level = 0
    for at, change in enumerate(result):
        level += change
        result[at] = level
    return result


def split(text: str, *, sentences: bool) -> list[str]:
    """Parts of ``text`` between top-level semicolons and, if asked, between sentences."""
    level = depths(text)
    cuts = [at for at, sign in enumerate(text) if sign == ";" and level[at] == 0]
    if sentences:
        for match in SENTENCE_END.finditer(text):
            at = match.start()
            if level[at] == 0 and not ABBREVIATION.search(text[max(0, at - 6) : at]):
                cuts.append(at)
    parts, start = [], 0
    for cut in sorted(cuts):
        parts.append(text[start:cut])
        start = cut + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip(" ./;,")]


def without_end(text: str) -> str:
    """``text`` without its closing mark ("./.", ";", "," …); three dots stay."""
    text = text.strip()
    if text.endswith("./."):
        text = text[:-3]
    while text and text[-1] in END_MARKS and not text.endswith("..."):
        text = text[:-1]
    return text.strip()


def top_level(text: str, sign: str) -> int:
    """Where ``sign`` first stands outside quotation marks and brackets; -1 where it does not."""
    level = depths(text)
    return next((at for at, c in enumerate(text) if c == sign and level[at] == 0), -1)

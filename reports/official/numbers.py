"""The numbers of an edited sentence beside the figures: which is which, and which is not right.

The words are laid beside the sentence that the figures make now. A number that stands where a
figure stands is that figure, or it is wrong; any other (a day, the number of a document) is the
writer's own. A number in letters is that figure where the same words stand behind both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reports.official.pieces import Line, Piece
from reports.official.spelled import behind, spelled

NUMBER = re.compile(r"\d+(?:[.,/]\d+)*%?")
TOKEN = re.compile(rf"{NUMBER.pattern}|\w+")
CODE_BEHIND = re.compile(r"[-/]?[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Wrong:
    """The number ``written`` stands where ``figure`` is ``right`` now."""

    written: str
    right: str
    figure: str


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    figure: str = ""
    following: str = ""  # the word behind a number
    value: int | None = None  # of a number in letters
    is_joined: bool = False  # only a space parts it from the next

    @property
    def is_number(self) -> bool:
        return NUMBER.fullmatch(self.text) is not None

    def says(self, right: str) -> bool:
        """Is it the number that is printed as ``right``?"""
        return self.text == right if self.value is None else self.value == _whole(right)


def check(text: str, built: Sequence[Line]) -> tuple[list[Line], list[Wrong]]:
    """The lines of ``text`` with their figures found, and the numbers that are wrong."""
    written = _tokens([Piece(text)])
    ours = _tokens(_flat(built))
    found: dict[int, tuple[str, str]] = {}  # place in ``written`` -> (figure, right number)
    left = _match(written, ours, found)
    written = _match_letters(text, written, ours, left, found)
    wrong = [
        Wrong(written[place].text, right, figure)
        for place, (figure, right) in sorted(found.items())
        if not written[place].says(right)
    ]
    figures = {written[place].start: figure for place, (figure, _) in found.items()}
    return _lines(text, written, figures), wrong


def _match(
    written: list[_Token], ours: list[_Token], found: dict[int, tuple[str, str]]
) -> set[int]:
    """First what stands in the same place, then the same number, then the same word behind it.

    The figures that nothing stands for are left.
    """
    left: set[int] = {place for place, token in enumerate(ours) if token.figure}
    blocks: list[tuple[range, range]] = []
    matcher = SequenceMatcher(
        None, [one.text.casefold() for one in written], [one.text.casefold() for one in ours], False
    )
    for verb, a, b, c, d in matcher.get_opcodes():
        if verb == "equal":
            for mine, own in zip(range(a, b), range(c, d), strict=True):
                if ours[own].figure:
                    found[mine] = (ours[own].figure, ours[own].text)
                    left.discard(own)
        elif verb == "replace":
            blocks.append((range(a, b), range(c, d)))
    open_ones = [place for place, one in enumerate(written) if one.is_number and place not in found]
    for rule in (_is_same, _has_same_word):
        for mine in list(open_ones):
            own = next((one for one in sorted(left) if rule(written[mine], ours[one])), None)
            if own is not None:
                found[mine] = (ours[own].figure, ours[own].text)
                left.discard(own)
                open_ones.remove(mine)
    for mine_range, own_range in blocks:
        _in_place(
            [place for place in mine_range if place in open_ones],
            [place for place in own_range if place in left],
            written,
            ours,
            found,
        )
    return left - {place for place in left if ours[place].figure in _told(found)}


def _told(found: dict[int, tuple[str, str]]) -> set[str]:
    return {figure for figure, _ in found.values()}


def _match_letters(
    text: str,
    written: list[_Token],
    ours: list[_Token],
    left: set[int],
    found: dict[int, tuple[str, str]],
) -> list[_Token]:
    """The tokens with each number in letters that stands for a figure as one; in ``found`` too."""
    own_words = [one.text for one in ours]
    own_joined = [one.is_joined for one in ours]
    open_ones = {
        words: place
        for place in sorted(left, reverse=True)
        if (words := behind(place, own_words, own_joined)) and _whole(ours[place].text) is not None
    }
    tokens, moved, at = [], dict(found), 0
    found.clear()
    for one in [*spelled([each.text for each in written], [each.is_joined for each in written])]:
        own = next(
            (at_own for words, at_own in open_ones.items() if one.behind[: len(words)] == words),
            None,
        )
        if own is None:
            continue
        _copy(written, range(at, one.first), tokens, moved, found)
        start, end = written[one.first].start, written[one.after - 1].end
        found[len(tokens)] = (ours[own].figure, ours[own].text)
        tokens.append(_Token(text[start:end], start, end, value=one.value))
        open_ones = {words: place for words, place in open_ones.items() if place != own}
        at = one.after
    _copy(written, range(at, len(written)), tokens, moved, found)
    return tokens


def _copy(
    written: list[_Token],
    places: range,
    tokens: list[_Token],
    moved: dict[int, tuple[str, str]],
    found: dict[int, tuple[str, str]],
) -> None:
    for place in places:
        if place in moved:
            found[len(tokens)] = moved[place]
        tokens.append(written[place])


def _whole(number: str) -> int | None:
    """ "1.234" and "05" as integers; None for a share, a pair or a fraction."""
    digits = number.replace(".", "")
    return int(digits) if digits.isdecimal() else None


def _is_same(mine: _Token, own: _Token) -> bool:
    return mine.text == own.text and mine.following == own.following


def _has_same_word(mine: _Token, own: _Token) -> bool:
    return bool(own.following) and mine.following == own.following and _alike(mine, own)


def _in_place(
    mine: list[int],
    own: list[int],
    written: list[_Token],
    ours: list[_Token],
    found: dict[int, tuple[str, str]],
) -> None:
    """A single number put for a single figure; with more of them nobody can tell."""
    if len(mine) == len(own) == 1 and _alike(written[mine[0]], ours[own[0]]):
        found[mine[0]] = (ours[own[0]].figure, ours[own[0]].text)


def _alike(mine: _Token, own: _Token) -> bool:
    """A day is no count, a percentage no number of people."""
    return all((sign in mine.text) == (sign in own.text) for sign in "/%")


def _flat(built: Iterable[Line]) -> Iterable[Piece]:
    for number, one in enumerate(built):
        if number:
            yield Piece("\n")
        yield from one


def _tokens(pieces: Iterable[Piece]) -> list[_Token]:
    text, owners = "", []
    for piece in pieces:
        owners += [piece.figure] * len(piece.text)
        text += piece.text
    matches = list(TOKEN.finditer(text))
    found = []
    for place, match in enumerate(matches):
        word = match.group()
        is_number = NUMBER.fullmatch(word) is not None and not _is_of_a_code(text, match)
        following = ""
        if is_number and place + 1 < len(matches):
            between = text[match.end() : matches[place + 1].start()]
            following = "" if "\n" in between else matches[place + 1].group().casefold()
        figure = owners[match.start()] if is_number else ""
        token = word if is_number else f"~{word}" if word[0].isdigit() else word
        is_joined = (
            place + 1 < len(matches) and text[match.end() : matches[place + 1].start()] == " "
        )
        found.append(
            _Token(token, match.start(), match.end(), figure, following, is_joined=is_joined)
        )
    return found


def _is_of_a_code(text: str, match: re.Match[str]) -> bool:
    """ "85" of "85-KH/ĐU": part of a name, whatever it is."""
    behind = text[match.end() : match.end() + 2]
    return bool(CODE_BEHIND.match(behind)) or text[max(0, match.start() - 1) : match.start()] == "-"


def _lines(text: str, tokens: list[_Token], figures: dict[int, str]) -> list[Line]:
    """The text in pieces, cut where a figure begins and ends."""
    marks = [one for one in tokens if figures.get(one.start)]
    found: list[Line] = []
    at = 0
    for row in text.split("\n"):
        pieces, place = [], at
        for one in marks:
            if at <= one.start < at + len(row):
                pieces.append(Piece(text[place : one.start]))
                pieces.append(Piece(text[one.start : one.end], figures[one.start]))
                place = one.end
        pieces.append(Piece(text[place : at + len(row)]))
        found.append(tuple(one for one in pieces if one.text))
        at += len(row) + 1
    return [one for one in found if one]

"""A sentence as pieces: plain words, and figures that know what they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """``figure`` names what is counted and in which window: "sessions.ky"; "" for plain words."""

    text: str
    figure: str = ""


Line = tuple[Piece, ...]


def line(*parts: Piece | str) -> Line:
    return tuple(Piece(part) if isinstance(part, str) else part for part in parts)


def text_of(pieces: Iterable[Piece]) -> str:
    return "".join(one.text for one in pieces)


def capital(pieces: Line) -> Line:
    """The sentence with its first letter large."""
    if not pieces or not pieces[0].text:
        return pieces
    first = pieces[0]
    return (Piece(first.text[:1].upper() + first.text[1:], first.figure), *pieces[1:])


def joined(parts: Iterable[Line], between: str, end: str = ".") -> Line:
    """The parts as one sentence."""
    found: list[Piece] = []
    for number, part in enumerate(parts):
        if number:
            found.append(Piece(between))
        found.extend(part)
    return (*found, Piece(end)) if found else ()

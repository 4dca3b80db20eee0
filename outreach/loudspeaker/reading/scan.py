"""Walk through a text: at each place the first rule that fits says what is spoken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from outreach.loudspeaker.reading.place import Found, Place, Rule, Style
from outreach.loudspeaker.reading.rules import RULES

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009\t"), " ") | dict.fromkeys(
    map(ord, "\u200b\u00ad\u200e\u200f\u2060"), None
)
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011"), "-") | {0x2212: "−"}


@dataclass(frozen=True)
class Change:
    """``written`` was read as ``spoken``; ``is_guess`` where only its letters could be said."""

    written: str
    spoken: str
    is_guess: bool = False


@dataclass(frozen=True)
class Reading:
    text: str
    changes: tuple[Change, ...] = ()

    @property
    def guesses(self) -> list[str]:
        """What nobody could know, each once: for the officer to say how it is read."""
        return list(dict.fromkeys(one.written for one in self.changes if one.is_guess))


def read_aloud(text: str, style: Style | None = None) -> Reading:
    """``text`` as it is spoken, with what was changed. Reading it once more changes nothing."""
    style = style or Style()
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_SPACES | _HYPHENS))
    pieces: list[str] = []
    changes: list[Change] = []
    at = 0
    while at < len(text):
        found = _first(RULES, Place(text, at, style)) if _may_begin(text, at) else None
        if found is None:
            pieces.append(text[at])
            at += 1
            continue
        written = text[at : found.end]
        if written.strip() and written != found.spoken and found.spoken.strip(" ,"):
            changes.append(Change(written.strip(), found.spoken.strip(" ,"), found.is_guess))
        pieces.append(_joined(pieces, found.spoken, text[found.end : found.end + 1]))
        at = found.end
    return Reading(_tidy("".join(pieces)), tuple(changes))


def _first(rules: Iterable[Rule], place: Place) -> Found | None:
    return next((found for rule in rules if (found := rule(place)) is not None), None)


def _may_begin(text: str, at: int) -> bool:
    """Inside a word of letters nothing begins."""
    if not text[at].isalnum() or at == 0:
        return not text[at].isspace() or text[at] == " "
    return not text[at - 1].isalnum()


def _joined(pieces: list[str], spoken: str, following: str) -> str:
    """``spoken`` with a space where a letter would touch it."""
    before = pieces[-1][-1:] if pieces else ""
    head = " " if spoken[:1].isalnum() and (before.isalnum() or before in (":", ";", ",")) else ""
    tail = " " if spoken[-1:].isalnum() and following.isalnum() else ""
    return f"{head}{spoken}{tail}"


def _tidy(text: str) -> str:
    text = re.sub(r"[ ]+", " ", text)
    text = re.sub(r" +([,.;:!?)”])", r"\1", text)
    text = re.sub(r"([,;:]),+", r"\1", text)
    text = re.sub(r",\s*([.;:!?])", r"\1", text)
    text = re.sub(r",([^\s\d”\"')])", r", \1", text)
    return "\n".join(re.sub(r"^[, ]+", "", line).rstrip(" ,") for line in text.split("\n"))

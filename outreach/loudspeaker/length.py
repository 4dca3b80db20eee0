"""How long a text takes when it is read: syllables and the pauses between them.

The ward's speed counts syllables a minute with the pauses of ordinary news in it (233 is that of
VOV: 106 items, 29.444 syllables). A text of many short clauses holds more pauses than such
news and takes a little longer, one of unbroken sentences a little less.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil

from outreach.loudspeaker.reading import count_syllables

VOV_NEWS = 233  # syllables a minute
SLOWEST, FASTEST = 120, 320
COMMA, STOP = 1.1, 0.2  # pauses, in syllables, measured; what ends a sentence also slows its end
USUAL = 1 + 0.09 * COMMA + 0.02 * STOP  # with the pauses of ordinary news, a syllable
_COMMAS = re.compile(r"[,;:()–—]")
_STOPS = re.compile(r"[.!?…]+|\n+")


@dataclass(frozen=True)
class Length:
    """``syllables`` of the reading text and the ``seconds`` that it takes, rounded up."""

    syllables: int
    seconds: int

    @property
    def minutes(self) -> int:
        """Begun minutes, as a schedule counts them."""
        return ceil(self.seconds / 60)

    def __str__(self) -> str:
        minutes, seconds = divmod(self.seconds, 60)
        parts = [f"{minutes} phút"] if minutes else []
        parts += [f"{seconds} giây"] if seconds or not minutes else []
        return " ".join(parts)


def spoken_length(reading: str, *, speed: int = VOV_NEWS) -> Length:
    """The length of a reading text (not of the written one) at ``speed`` syllables a minute."""
    syllables = count_syllables(reading)
    text = reading.strip()
    units = syllables + COMMA * len(_COMMAS.findall(text)) + STOP * len(_STOPS.findall(text))
    return Length(syllables, ceil(units / USUAL / speed * 60))

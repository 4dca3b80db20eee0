"""A written text as it is spoken: numbers, dates, document numbers, abbreviations, signs.

Pure Python, no Django. The rules are tried at each place in the text, the first that fits wins
(:mod:`outreach.loudspeaker.reading.rules`); what none of them touches stays as it was written.
"""

from outreach.loudspeaker.reading.place import Style
from outreach.loudspeaker.reading.scan import Change, Reading, read_aloud
from outreach.loudspeaker.reading.syllables import count_syllables

__all__ = ["Change", "Reading", "Style", "count_syllables", "read_aloud"]

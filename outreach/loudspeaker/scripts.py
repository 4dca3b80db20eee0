"""A bulletin as its announcer reads it, by the ward's own table and speed."""

from __future__ import annotations

from outreach.loudspeaker.length import Length, spoken_length
from outreach.loudspeaker.models import Bulletin, SpokenWord, Voice
from outreach.loudspeaker.reading import Reading, Style, read_aloud
from units.models import Unit


def voice_of(ward: Unit) -> Voice:
    """The ward's voice, or the usual one (not stored)."""
    return Voice.objects.filter(owner=ward).first() or Voice(owner=ward)


def style_of(ward: Unit, voice: Voice) -> Style:
    own = dict(SpokenWord.objects.filter(owner=ward).values_list("written", "spoken"))
    return Style(own, says_mung=voice.says_mung)


def read(bulletin: Bulletin) -> tuple[Reading, Length]:
    """The reading text now and its length; two queries."""
    voice = voice_of(bulletin.owner)
    reading = read_aloud(bulletin.text, style_of(bulletin.owner, voice))
    return reading, spoken_length(reading.text, speed=voice.speed)


def measure(bulletin: Bulletin) -> None:
    """Put the length into the row, unsaved."""
    _, length = read(bulletin)
    bulletin.syllables, bulletin.seconds = length.syllables, length.seconds


def measure_all(ward: Unit) -> None:
    """After the table or the speed has changed: what is planned is measured anew."""
    voice = voice_of(ward)
    style = style_of(ward, voice)
    for bulletin in Bulletin.objects.filter(owner=ward).exclude(status=Bulletin.Status.WITHDRAWN):
        reading = read_aloud(bulletin.text, style)
        length = spoken_length(reading.text, speed=voice.speed)
        if (length.syllables, length.seconds) != (bulletin.syllables, bulletin.seconds):
            Bulletin.objects.filter(pk=bulletin.pk).update(
                syllables=length.syllables, seconds=length.seconds
            )

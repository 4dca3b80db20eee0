"""A unit's way in: the card with its link, the PIN, the phones that are remembered.

A link alone opens nothing. With its PIN it lets in a phone, which then acts as the unit's
active secretary, in that unit alone, until the phone or the link is revoked, the membership
ends, or the phone rests for 100 days.
"""

from units.links.cards import (
    hand_over,
    issue,
    issue_missing,
    new_pin,
    new_pins,
    note_rests,
    revoke,
    stamp,
)
from units.links.entering import closed_sentence, enter, people_of
from units.links.phones import (
    begin,
    device_of,
    known_phone,
    living,
    remember,
    remember_in_cookie,
    revoke_phone,
    revoke_phones,
)
from units.links.pins import PinError, PinFormatError, RestError, WrongPinError, try_pin
from units.links.tokens import address, find, token_of

__all__ = [
    "PinError",
    "PinFormatError",
    "RestError",
    "WrongPinError",
    "address",
    "begin",
    "closed_sentence",
    "device_of",
    "enter",
    "find",
    "hand_over",
    "issue",
    "issue_missing",
    "known_phone",
    "living",
    "new_pin",
    "new_pins",
    "note_rests",
    "people_of",
    "remember",
    "remember_in_cookie",
    "revoke",
    "revoke_phone",
    "revoke_phones",
    "stamp",
    "token_of",
    "try_pin",
]

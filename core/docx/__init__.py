"""Official documents as Word files: blocks in a profile of a rule book (DOMAIN §B).

No business noun in here: plans and reports say what is written, this package how it looks.
"""

from core.docx.builder import OfficialDocument
from core.docx.parts import Head, Signature
from core.docx.profiles import MTTQ, ND30, PARTY_HD05, PARTY_HD36, PROFILES, Profile

__all__ = [
    "MTTQ",
    "ND30",
    "PARTY_HD05",
    "PARTY_HD36",
    "PROFILES",
    "Head",
    "OfficialDocument",
    "Profile",
    "Signature",
]

"""Which kind of unit a name or a word in the column “Loại” means."""

from __future__ import annotations

from core.text import fold
from units.models import Unit

K = Unit.Kind
_WORDS = (
    (("truong", "mam non", "tieu hoc", "thcs", "thpt", "mau giao"), K.SCHOOL_CELL),
    (("cong an", "quan su"), K.FORCES_CELL),
    (("y te", "benh vien"), K.HEALTH_CELL),
    (("cong ty", "doanh nghiep", "hop tac xa", "htx"), K.ENTERPRISE_CELL),
    (("co quan", "khoi dang", "uy ban", "van phong"), K.AGENCY_CELL),
)


def kind_of(name: str, word: str = "") -> str:
    """The kind that ``word`` names, else the one that the name shows."""
    asked = fold(word)
    for kind in K:
        if asked and kind != K.WARD and asked == fold(kind.label):
            return kind.value
    key = fold(name)
    if key.startswith(("to dan pho", "tdp", "khu pho")):
        return K.RESIDENTIAL_GROUP.value
    if not key.startswith(("chi bo", "cb", "dang bo")):
        return K.OTHER.value
    for words, kind in _WORDS:
        if any(one in key for one in words):
            return kind.value
    return K.RESIDENTIAL_CELL.value


def kind_word(kind: str) -> str:
    return K(kind).label

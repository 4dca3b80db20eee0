"""Forms of the office for units and people, and the PIN box of a phone."""

from units.forms.changes import FORMS, ChangeForm, HandOverForm
from units.forms.imports import ImportForm
from units.forms.tree import PersonForm, PinForm, UnitForm, UnitGroupForm

__all__ = [
    "FORMS",
    "ChangeForm",
    "HandOverForm",
    "ImportForm",
    "PersonForm",
    "PinForm",
    "UnitForm",
    "UnitGroupForm",
]

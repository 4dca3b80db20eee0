"""An office's own Word file with named places: which it may name, whether it fits, filling it in.

A template is a program in the hands of whoever wrote the file. It runs in jinja2's sandbox with
no functions, on texts and lists of texts alone, and before that its syntax tree is read:
anything but names, loops over our lists and conditions on names is refused.
"""

from core.named_places.filling import (
    DAMAGED,
    LARGE,
    NOT_FILLED,
    TemplateFailedError,
    filled,
    problems,
)
from core.named_places.places import Blocks, Place, Places, Values, add_loop

__all__ = [
    "DAMAGED",
    "LARGE",
    "NOT_FILLED",
    "Blocks",
    "Place",
    "Places",
    "TemplateFailedError",
    "Values",
    "add_loop",
    "filled",
    "problems",
]

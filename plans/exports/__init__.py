"""A plan as an official Word file, and the places that an office's own template may name."""

from plans.exports.document import export_plan, file_name, is_draft
from plans.exports.outline import Block, Outline, outline_of
from plans.exports.profiles import default_profile

__all__ = [
    "Block",
    "Outline",
    "default_profile",
    "export_plan",
    "file_name",
    "is_draft",
    "outline_of",
]

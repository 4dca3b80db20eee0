"""Goods, makers, shops and recognitions out of the ward's .xlsx, with their photos in a zip."""

from products.imports.applying import ArchiveRefusedError, apply, keep, plan_of, undo
from products.imports.reading import template

__all__ = ["ArchiveRefusedError", "apply", "keep", "plan_of", "template", "undo"]

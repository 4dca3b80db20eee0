"""Style sheets that are made of others: one request where a page would need many."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path, PurePosixPath

from django.contrib.staticfiles import finders

_COLLECTED = re.compile(r"css/whole_\w+\.[0-9a-f]{12}\.css")
_IMPORT = re.compile(r'^@import url\("([\w/.-]+)"\);\n', re.MULTILINE)
_COMMENT = re.compile(r"\s*/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"\n\s+")


def is_collected(name: str) -> bool:
    """Is this the copy under a hashed name, whose imports are hashed names too?"""
    return _COLLECTED.fullmatch(name) is not None


def joined(text: str, read: Callable[[str], str]) -> str:
    """``text`` with its imports put in, without comments and indents.

    ``read`` gets the name as it is imported. What it reads must have addresses that hold from here.
    """
    whole = _IMPORT.sub(lambda found: read(found[1]), text)
    return _INDENT.sub("\n", _COMMENT.sub("", whole))


@lru_cache
def parts_of(name: str) -> tuple[str, ...]:
    """The names of the sheets that ``name`` is made of, in their order."""
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    folder = PurePosixPath(name).parent
    text = Path(str(path)).read_text(encoding="utf-8")
    return tuple(str(folder / part) for part in _IMPORT.findall(text))

"""The plan reader: a file's bytes -> a :class:`Reading`. Pure Python, no Django, no database."""

from plans.reader.extract import paragraphs
from plans.reader.parse import parse
from plans.reader.reading import NotAPlanError, Reading, UnreadableFileError

__all__ = ["NotAPlanError", "Reading", "UnreadableFileError", "read_plan"]


def read_plan(data: bytes, name: str, *, ward_name: str | None = None) -> Reading:
    """Read the plan in the file ``name`` (.docx or .txt) with the bytes ``data``.

    ``ward_name`` ("Phường Phương Liệt") lets the reader notice a misspelt place.

    Raises :class:`UnreadableFileError` (damaged, encrypted, empty, over 20 MB, other type) or
    :class:`NotAPlanError` (any other document); the text of both is one Vietnamese sentence.
    """
    return parse(paragraphs(data, name), ward_name=ward_name)

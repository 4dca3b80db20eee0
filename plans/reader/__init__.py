"""The plan reader: a file's bytes -> a :class:`Reading`. Pure Python, no Django, no database."""

from plans.reader.extract import paragraphs, paragraphs_of_text
from plans.reader.parse import parse
from plans.reader.reading import NotAPlanError, Reading, UnreadableFileError

__all__ = ["NotAPlanError", "Reading", "UnreadableFileError", "read_plan", "read_text"]


def read_plan(data: bytes, name: str, *, ward_name: str | None = None) -> Reading:
    """Read the plan in the file ``name`` (.docx, .doc, .pdf or .txt) with the bytes ``data``.

    ``ward_name`` ("Phường Phương Liệt") lets the reader notice a misspelt place.

    Raises :class:`UnreadableFileError` (damaged, encrypted, scanned, empty, over 20 MB, other type) or
    :class:`NotAPlanError` (any other document); the text of both is one Vietnamese sentence.
    """
    return parse(paragraphs(data, name), ward_name=ward_name)


def read_text(text: str, *, ward_name: str | None = None) -> Reading:
    """Read the plan in ``text`` that was pasted into a box. Raises as :func:`read_plan` does."""
    return parse(paragraphs_of_text(text), ward_name=ward_name)

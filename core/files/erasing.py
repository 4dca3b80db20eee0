"""Pictures and documents on the ledger of erasures."""

from typing import Any

from core import erasures
from core.files.keeping import erase_picture, erase_stored
from core.models import Picture, StoredFile

PICTURE, FILE = "core.picture", "core.file"


def _erase_picture(what: dict[str, Any]) -> None:
    for picture in Picture.objects.filter(key=what["key"]).select_related("original"):
        erase_picture(picture)


def _erase_file(what: dict[str, Any]) -> None:
    for stored in StoredFile.objects.filter(key=what["key"]):
        erase_stored(stored)


erasures.register(PICTURE, _erase_picture)
erasures.register(FILE, _erase_file)

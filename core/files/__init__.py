"""Files that people hand in: checked by their content, kept under random keys, re-encoded."""

from core.files.checks import Checked, Kind, check_file
from core.files.errors import FileRefusedError
from core.files.keeping import open_stored, store_picture, store_upload

__all__ = [
    "Checked",
    "FileRefusedError",
    "Kind",
    "check_file",
    "open_stored",
    "store_picture",
    "store_upload",
]

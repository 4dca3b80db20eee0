"""Files that people hand in: checked by their content, kept under random keys, re-encoded."""

from core.files.checks import Checked, Kind
from core.files.errors import FileRefusedError, FilesBusyError
from core.files.keeping import (
    PreparedPicture,
    check_file,
    erase_picture,
    open_stored,
    prepare_picture,
    store_picture,
    store_upload,
)

__all__ = [
    "Checked",
    "FileRefusedError",
    "FilesBusyError",
    "Kind",
    "PreparedPicture",
    "check_file",
    "erase_picture",
    "open_stored",
    "prepare_picture",
    "store_picture",
    "store_upload",
]

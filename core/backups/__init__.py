"""One encrypted file that holds the database, the files and the keys, and the way back from it."""

from core.backups.errors import BackupRefusedError
from core.backups.making import MadeBackup, make
from core.backups.reading import Manifest, read, verify
from core.backups.restoring import Restored, restore

__all__ = [
    "BackupRefusedError",
    "MadeBackup",
    "Manifest",
    "Restored",
    "make",
    "read",
    "restore",
    "verify",
]

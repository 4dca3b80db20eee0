"""Files, pictures, the messages that wait to be sent, and what is put on record."""

from core.models.files import Picture, StoredFile, StoredFileQuerySet
from core.models.keys import random_key
from core.models.outbox import MAX_ATTEMPTS, OutboxMessage, OutboxMessageQuerySet
from core.models.records import Erasure, ExportLog, Seal, SecretRefusal

__all__ = [
    "MAX_ATTEMPTS",
    "Erasure",
    "ExportLog",
    "OutboxMessage",
    "OutboxMessageQuerySet",
    "Picture",
    "Seal",
    "SecretRefusal",
    "StoredFile",
    "StoredFileQuerySet",
    "random_key",
]

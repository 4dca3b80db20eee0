"""Keep checked files and pictures: on the disk first, then in the database."""

import hashlib
import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from core.files import checks, pictures
from core.files.checks import Checked, Kind, identify
from core.files.errors import FileRefusedError
from core.files.stamps import SecretMarkError
from core.models import Picture, SecretRefusal, StoredFile, random_key
from core.storage import DamagedFileError

logger = logging.getLogger(__name__)


def check_file(
    file: File, *, name: str, kinds: Collection[Kind | str], user: AbstractBaseUser | None = None
) -> Checked:
    """:func:`core.files.checks.check_file`; that ``user`` sent a state secret is put on record."""
    with _secrets_noted(user):
        return checks.check_file(file, name=name, kinds=kinds)


def store_upload(
    upload: File, *, kinds: Collection[Kind | str], user: AbstractBaseUser | None
) -> StoredFile:
    """Check ``upload`` (its name and all of its content) and keep it privately.

    ``kinds`` are the :class:`Kind` taken here. The file is synced to the disk and compared
    before its row is written. Storing one content twice makes two rows; ask
    ``StoredFile.objects.with_sha256()`` first where that matters.

    Raises :class:`FileRefusedError` with the sentence for the user, and ``OSError`` when the
    disk refuses.
    """
    checked = check_file(upload, name=upload.name or "", kinds=kinds, user=user)
    stored = _unsaved(checked, user)
    _save(stored.storage_name, upload, checked.sha256)
    try:
        stored.save(force_insert=True)
    except BaseException:
        _discard([stored.storage_name])
        raise
    return stored


@dataclass
class PreparedPicture:
    """A picture whose files lie in the storage and whose rows wait to be written.

    ``likeness`` tells pictures that look alike (:func:`core.files.picture_child.likeness`).
    Call :meth:`keep` inside the transaction that needs the picture, or :meth:`discard`.
    """

    picture: Picture
    original: StoredFile
    likeness: int | None = None

    @property
    def names(self) -> list[str]:
        return [*picture_names(self.picture), self.original.storage_name]

    def keep(self) -> Picture:
        """Write the rows; the files go when that fails."""
        try:
            with transaction.atomic():
                self.original.save(force_insert=True)
                self.picture.original = self.original
                self.picture.save(force_insert=True)
        except BaseException:
            self.discard()
            raise
        return self.picture

    def discard(self) -> None:
        _discard(self.names)


def prepare_picture(
    upload_or_bytes: File | bytes,
    *,
    name: str,
    user: AbstractBaseUser | None = None,
    alt: str = "",
    credit: str = "",
    is_public: bool = True,
) -> PreparedPicture:
    """Check a JPEG, PNG, WebP or HEIC called ``name``; its files are then on the disk, synced.

    The variants are new WebP files without place, camera or any other metadata. Those of a
    picture that is not public lie beside the original and are served by checked views alone.
    Nothing is written to the database. Raises as :func:`store_upload` does.
    """
    file = upload_or_bytes
    if isinstance(file, bytes):
        file = ContentFile(file)
    with _secrets_noted(user):
        checked = identify(file, name=name, kinds=[Kind.PICTURE])
    variants = pictures.variants(file, checked.content_type)
    picture = Picture(
        key=random_key(),
        alt=alt,
        credit=credit,
        is_public=is_public,
        width=variants[-1].width,
        height=variants[-1].height,
        variants=[
            {
                "width": variant.width,
                "height": variant.height,
                "size": len(variant.data),
                "sha256": hashlib.sha256(variant.data).hexdigest(),
            }
            for variant in variants
        ],
    )
    prepared = PreparedPicture(picture, _unsaved(checked, user), variants.likeness)
    try:
        for variant, stored in zip(variants, picture.variants, strict=True):
            target = picture.storage_name(variant.width)
            _save(target, ContentFile(variant.data), stored["sha256"])
        _save(prepared.original.storage_name, file, checked.sha256)
    except BaseException:
        prepared.discard()
        raise
    return prepared


def store_picture(
    upload_or_bytes: File | bytes,
    *,
    name: str,
    user: AbstractBaseUser | None = None,
    alt: str = "",
    credit: str = "",
    is_public: bool = True,
) -> Picture:
    """:func:`prepare_picture` and its rows at once. Raises as :func:`store_upload` does."""
    return prepare_picture(
        upload_or_bytes, name=name, user=user, alt=alt, credit=credit, is_public=is_public
    ).keep()


def erase_picture(picture: Picture) -> None:
    """Take the files of ``picture`` away when the transaction is committed; the rows stay.

    What is left in the database, names and check sums, tells what was there and opens nothing.
    """
    names = picture_names(picture)
    if picture.original is not None:
        names.append(picture.original.storage_name)
        StoredFile.objects.filter(pk=picture.original.pk).update(state=StoredFile.State.REFUSED)
    transaction.on_commit(lambda: _discard(names))


def erase_stored(stored: StoredFile) -> None:
    """Take the file of ``stored`` away when the transaction is committed; the row stays, nameless."""
    name = stored.storage_name
    StoredFile.objects.filter(pk=stored.pk).update(
        state=StoredFile.State.REFUSED, original_name="(đã xóa)"
    )
    transaction.on_commit(lambda: _discard([name]))


def picture_names(picture: Picture) -> list[str]:
    """The names of the variants in the storage."""
    return [picture.storage_name(variant["width"]) for variant in picture.variants]


def open_stored(stored: StoredFile) -> File:
    """The content of ``stored``, open for reading in bytes; close it after use.

    Raises :class:`FileRefusedError` when it was found unfit after it was stored.
    """
    if stored.state == StoredFile.State.REFUSED:
        raise FileRefusedError("Tệp này không dùng được, hãy tải tệp khác lên.")
    return default_storage.open(stored.storage_name, "rb")


@contextmanager
def _secrets_noted(user: AbstractBaseUser | None) -> Iterator[None]:
    """Of a file with a stamp of secrecy: its hash, who and when, nothing else."""
    try:
        yield
    except SecretMarkError as refusal:
        SecretRefusal.objects.create(sha256=refusal.sha256, by_id=user.pk if user else None)
        logger.warning("A file with a mark of secrecy was refused")
        raise


def _unsaved(checked: Checked, user: AbstractBaseUser | None) -> StoredFile:
    return StoredFile(
        original_name=checked.name,
        sha256=checked.sha256,
        size=checked.size,
        content_type=checked.content_type,
        state=StoredFile.State.CLEAN,
        uploaded_by_id=user.pk if user else None,
    )


def _save(name: str, file: File, sha256: str) -> None:
    """Save ``file`` as ``name`` and see that the storage now gives back what was checked."""
    file.seek(0)
    saved_as = default_storage.save(name, file)
    with default_storage.open(saved_as, "rb") as saved:
        digest = hashlib.sha256()
        for chunk in saved.chunks():
            digest.update(chunk)
    if saved_as != name or digest.hexdigest() != sha256:
        _discard([saved_as])
        raise DamagedFileError(f"{name} is not stored as it was checked")


def _discard(names: list[str]) -> None:
    for name in names:
        try:
            default_storage.delete(name)
        except OSError:
            logger.warning("An orphan file is left in the storage", exc_info=True)

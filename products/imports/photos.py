"""The photos of an import: decoded as they come in, and which row each belongs to."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile

from core.files import FileRefusedError, FilesBusyError, archives, store_picture
from core.imports import ERROR, Row
from core.text import fold
from products.imports.reading import Record
from products.imports.standing import Standing
from products.models import ImportPhoto, ProductImport


def keep_photos(one: ProductImport, file: Any, user: Any) -> None:
    """Decode every file of the zip in the child process; one that fails keeps its sentence."""
    for packed in archives.unpack(file):
        photo = ImportPhoto(record=one, name=packed.name, error=packed.error)
        if not packed.error:
            photo.sha256 = hashlib.sha256(packed.data).hexdigest()
            try:
                content = ContentFile(packed.data)
                photo.picture = store_picture(content, name=packed.name, user=user)  # type: ignore[arg-type]
            except FilesBusyError:
                raise
            except FileRefusedError as error:
                photo.error = str(error)[:250]
        photo.save()


class Photos:
    """The photos of ``one`` by their names, each used by at most one row."""

    def __init__(self, one: ProductImport) -> None:
        self.all = list(one.photos.select_related("picture"))
        self.by_name: dict[str, list[ImportPhoto]] = {}
        for photo in self.all:
            self.by_name.setdefault(_stem(photo.name), []).append(photo)
        self.used: dict[int, int] = {}

    def of(self, record: Record) -> tuple[ImportPhoto | None, str]:
        """The photo of a row of goods, or why there is none; neither where none is meant."""
        named = record.values.get("photo", "")
        found = self.by_name.get(_stem(named or record.name), [])
        if named and not found:
            where = record.where("photo")
            return None, f"{where}: không có ảnh “{named}” trong tệp zip."
        if not found:
            return None, ""
        photo = found[0]
        for other in found:
            self.used.setdefault(other.pk, record.number)
        if len(found) > 1:
            return None, f"Có {len(found)} ảnh cùng tên “{photo.name}”, ảnh không đưa vào."
        if self.used[photo.pk] != record.number:
            return None, f"Ảnh “{photo.name}” đã dùng ở dòng {self.used[photo.pk]}."
        if photo.error:
            return None, f"Ảnh “{photo.name}”: {photo.error}"
        same = next((one for one in self.all if one.sha256 == photo.sha256 and one != photo), None)
        if same is not None:
            return None, f"Ảnh “{photo.name}” giống hệt “{same.name}”, không rõ của mặt hàng nào."
        return photo, ""

    def left_over(self, standing: Standing) -> list[Row]:
        """Photos that belong to no row of the file."""
        rows = []
        for photo in self.all:
            if photo.pk in self.used:
                continue
            bearer = standing.products.get(_stem(photo.name)) if photo.picture_id else None
            sentence = "không ứng với dòng nào của bảng Hàng nên không đưa vào."
            if photo.error:
                sentence = photo.error
            elif bearer:
                sentence = f"là tên của “{bearer[0].name}”, không có trong bảng nên không đưa vào."
            rows.append(Row(0, photo.name, state=ERROR, errors=[f"Ảnh {sentence}"], place="Ảnh"))
        return rows


def _stem(name: str) -> str:
    """ "Gốm Bát Tràng.JPG", "gom-bat-trang.jpg" and "gom_bat_trang" are one."""
    path = PurePath(name)
    known = path.suffix.lower() in (".jpg", ".jpeg", ".jfif", ".png", ".webp", ".heic", ".heif")
    words = "".join(c if c.isalnum() else " " for c in fold(path.stem if known else name))
    return " ".join(words.split())

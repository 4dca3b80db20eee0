"""Static files under names that carry their hash, scripts that import each other included."""

import re
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

from core.stylesheets import is_collected, joined

# Whole lines of comment, as our own modules write them; code and texts never begin so.
_COMMENT = re.compile(rb"^[ \t]*(?://|/\*\*).*\n", re.MULTILINE)
_OWN = "js/bao-cao/"


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """As WhiteNoise's, and the imports between modules are renamed too.

    Without that a page of today could load a module of yesterday from the cache. The comments
    of the secretary's modules stay here: they are a fifth of what an old phone would load.
    """

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: File) -> Any:
        name = name.replace("\\", "/")
        if is_collected(name):
            content = self._joined(name, content)
        if name.startswith(_OWN) and name.endswith(".js"):
            # In chunks: whoever computed the hash has read it to its end.
            content = ContentFile(_COMMENT.sub(b"", b"".join(content.chunks())))
        return super()._save(name, content)

    def _joined(self, name: str, content: File) -> File:
        """The sheet with its parts. In a first pass these may have other names yet: then as it is."""
        folder = PurePosixPath(name).parent

        def read(part: str) -> str:
            with self.open(str(folder / part)) as file:
                return b"".join(file.chunks()).decode()

        try:
            text = joined(b"".join(content.chunks()).decode(), read)
        except FileNotFoundError:
            return content
        return ContentFile(text.encode())

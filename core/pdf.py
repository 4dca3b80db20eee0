"""A Word file as PDF by LibreOffice, where the server has it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from core import processes

SECONDS = 60
NOWHERE = "http://127.0.0.1:9"  # keeps the program from fetching anything
LIMIT = 100_000  # bytes that it may print


class NoPdfError(Exception):
    """It could not be made; the text is a Vietnamese sentence for the user."""


def can_make_pdf() -> bool:
    return shutil.which("soffice") is not None


def pdf_of(docx: bytes) -> bytes:
    """``docx`` converted, in a place of its own and within a minute. Raises :class:`NoPdfError`."""
    program = shutil.which("soffice")
    if program is None:
        raise NoPdfError("Máy chủ chưa có LibreOffice nên chưa xuất được PDF; mời tải bản Word.")
    with tempfile.TemporaryDirectory() as place:
        source = Path(place, "van-ban.docx")
        source.write_bytes(docx)
        profile = Path(place, "profile").as_uri()
        env = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": place,
            "LANG": "C.UTF-8",
            "http_proxy": NOWHERE,
            "https_proxy": NOWHERE,
        }
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore",
                   "--convert-to", "pdf", "--outdir", place, str(source)]  # fmt: skip
        try:
            processes.run(command, seconds=SECONDS, limit=LIMIT, env=env)
            return Path(place, "van-ban.pdf").read_bytes()
        except (OSError, processes.ProcessFailedError) as error:
            raise NoPdfError("Chưa xuất được PDF lúc này; mời đồng chí tải bản Word.") from error

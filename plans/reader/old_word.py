"""Word before 2007 (.doc), through LibreOffice or antiword where the server has one of them."""

import os
import shutil
import tempfile
from pathlib import Path

from core import processes
from plans.reader.reading import UnreadableFileError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WORD = "WordDocument".encode("utf-16-le")
SECONDS = 20
MAX_TEXT = 16 * 1024 * 1024  # bytes that a program may print
NOWHERE = "http://127.0.0.1:9"
LOCKED = "Tệp được đặt mật khẩu nên không đọc được; hãy bỏ mật khẩu rồi nạp lại."
SAVE_ANEW = (
    "Đây là tệp Word kiểu cũ (.doc); hãy mở bằng Word, chọn Lưu thành (Save As),"
    " loại tệp .docx, rồi nạp lại."
)
FAILED = (
    "Không mở được tệp Word kiểu cũ (.doc) này; hãy mở bằng Word, chọn Lưu thành (Save As),"
    " loại tệp .docx, rồi nạp lại."
)


def converted(data: bytes) -> tuple[bytes | None, str]:
    """(the .docx that LibreOffice makes of it, "") or (None, the text that antiword reads).

    Raises :class:`UnreadableFileError` when neither is installed or the file is refused.
    """
    if ENCRYPTED in data:
        raise UnreadableFileError(LOCKED)
    office, antiword = shutil.which("soffice"), shutil.which("antiword")
    if WORD not in data or not (office or antiword):
        raise UnreadableFileError(SAVE_ANEW)
    with tempfile.TemporaryDirectory() as place:
        source = Path(place, "plan.doc")
        source.write_bytes(data)
        if office:
            _run([office, f"-env:UserInstallation={Path(place, 'profile').as_uri()}", "--headless",
                  "--norestore", "--convert-to", "docx", "--outdir", place, str(source)], place)  # fmt: skip
            made = Path(place, "plan.docx")
            if not made.is_file():
                raise UnreadableFileError(FAILED)
            return made.read_bytes(), ""
        text = _run([str(antiword), "-m", "UTF-8.txt", "-w", "0", str(source)], place)
    return None, text.decode("utf-8", errors="replace")


def _run(command: list[str], place: str) -> bytes:
    """What ``command`` prints.

    It knows nothing of the portal's settings and lives in ``place``; a proxy that is not there
    keeps it from fetching what a file links to.
    """
    env = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": place,
        "LANG": "C.UTF-8",
        "http_proxy": NOWHERE,
        "https_proxy": NOWHERE,
    }
    try:
        return processes.run(command, seconds=SECONDS, limit=MAX_TEXT, env=env)
    except (OSError, processes.ProcessFailedError) as error:
        raise UnreadableFileError(FAILED) from error

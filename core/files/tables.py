"""Excel tables (.xlsx): whole, without macros, traps and bombs; read by nobody before."""

import re
import zipfile
from typing import IO, Any

from core.files import documents
from core.files.errors import FileRefusedError

MAX_UNPACKED = 30 * 1024 * 1024  # bytes, all members together: texts of a table stand in memory
DAMAGED = "Tệp Excel này bị hỏng, hãy mở bằng Excel, lưu lại thành .xlsx rồi chọn lại."
TOO_MUCH = "Tệp Excel này chứa quá nhiều dữ liệu, hãy chỉ giữ bảng cần nhập rồi chọn lại."
MACROS = "Tệp Excel này có macro, hãy lưu thành .xlsx không có macro rồi chọn lại."
NO_TABLE = "Tệp này không phải bảng Excel, hãy mở bằng Excel, lưu thành .xlsx rồi chọn lại."
OLD_OR_LOCKED = (
    "Tệp có mật khẩu hoặc là .xls cũ, hãy mở bằng Excel, bỏ mật khẩu và lưu thành .xlsx rồi"
    " chọn lại."
)
_MAIN_PART = re.compile(r"xl/workbook\d*\.xml")


def check_xlsx(file: IO[Any]) -> None:
    """See that ``file`` is a workbook that is safe to read. Nothing is unpacked to disk.

    Every member is read to its end, as for a Word file. Raises :class:`FileRefusedError`.
    """
    try:
        with zipfile.ZipFile(file) as package:
            _check_package(package)
    except FileRefusedError:
        raise
    except Exception as error:  # zipfile and zlib fail in a dozen ways on a damaged file
        raise FileRefusedError(DAMAGED) from error


def _check_package(package: zipfile.ZipFile) -> None:
    members = package.infolist()
    names = [member.filename for member in members]
    if len(members) > documents.MAX_MEMBERS:
        raise FileRefusedError(TOO_MUCH)
    if any(member.flag_bits & 1 for member in members):
        raise FileRefusedError(OLD_OR_LOCKED)
    if any("vbaproject" in name.lower() for name in names):
        raise FileRefusedError(MACROS)
    if documents.CONTENT_TYPES not in names or not any(map(_MAIN_PART.fullmatch, names)):
        raise FileRefusedError(NO_TABLE)
    if len({name.lower() for name in names}) < len(names):
        raise FileRefusedError(DAMAGED)  # two readers could see two tables
    budget = MAX_UNPACKED
    for member in members:
        try:
            budget -= documents.read_member(package, member, budget)
        except documents.PartRefusedError as error:
            raise FileRefusedError(_SENTENCES[error.why]) from error


_SENTENCES = {
    documents.Why.DAMAGED: DAMAGED,
    documents.Why.TOO_MUCH: TOO_MUCH,
    documents.Why.MACROS: MACROS,
}

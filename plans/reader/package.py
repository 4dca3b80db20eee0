"""Opening an Office Open XML package without trusting it (SECURITY U3).

Nothing is unpacked to disk, no address in it is followed, every part is read with a limit.
"""

import re
import zipfile
from io import BytesIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from plans.reader.reading import UnreadableFileError

MAX_MEMBERS = 3_000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_PART = 24 * 1024 * 1024
MAX_ELEMENTS = 600_000
MAX_DEPTH = 120
DAMAGED = "Tệp Word bị hỏng, không mở được; hãy mở bằng Word, lưu lại rồi nạp lại."
TOO_LARGE = "Tệp Word bung ra quá lớn nên không được nhận."
UNSAFE = "Tệp Word có {what} nên không được nhận; hãy lưu lại thành .docx thường rồi nạp lại."
NESTED = re.compile(r"\.(?:zip|7z|rar|jar|docx|docm|xlsm|pptm|exe|js|vbs|hta)$", re.I)
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main}"
USUAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EXTERNAL = "External"
HARMLESS_LINK = re.compile(r"/hyperlink$")
LOCAL_FILE = re.compile(r"^(?:file:///)?[A-Za-z]:[\\/]", re.I)


class Package:
    """The readable parts of one .docx."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise UnreadableFileError(DAMAGED) from error
        self._check(members)
        self._names = {member.filename for member in members}
        if "word/document.xml" not in self._names:
            raise UnreadableFileError(
                "Đây không phải tệp Word (.docx) dù tên ghi như vậy; hãy lưu lại rồi nạp lại."
            )
        for name in sorted(self._names):
            if name.endswith(".rels"):
                self._check_links(name)

    @staticmethod
    def _check(members: list[zipfile.ZipInfo]) -> None:
        if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
            raise UnreadableFileError(TOO_LARGE)
        for member in members:
            name = member.filename.lower()
            if member.flag_bits & 1:
                raise UnreadableFileError(
                    "Tệp được đặt mật khẩu nên không đọc được; hãy bỏ mật khẩu rồi nạp lại."
                )
            if "vbaproject" in name or "activex" in name:
                raise UnreadableFileError(UNSAFE.format(what="mã lệnh (macro)"))
            if NESTED.search(name):
                raise UnreadableFileError(UNSAFE.format(what="tệp khác nhúng bên trong"))

    def _check_links(self, name: str) -> None:
        root = self.xml(name)
        for link in root if root is not None else ():
            if link.get("TargetMode") != EXTERNAL or HARMLESS_LINK.search(link.get("Type", "")):
                continue
            if not LOCAL_FILE.match(link.get("Target", "")):
                raise UnreadableFileError(UNSAFE.format(what="liên kết tải từ nơi khác"))

    def xml(self, name: str) -> Element | None:
        """The parsed part ``name``, or None where the package has none."""
        if name not in self._names:
            return None
        try:
            with self._zip.open(name) as part:
                data = part.read(MAX_PART + 1)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise UnreadableFileError(DAMAGED) from error
        except Exception as error:  # zlib.error and its kin have no common base
            raise UnreadableFileError(DAMAGED) from error
        if len(data) > MAX_PART:
            raise UnreadableFileError(TOO_LARGE)
        return parse_xml(data)


def _name(tag: str) -> str:
    """ElementTree's spelling; the strict variant of the format is read as the usual one."""
    return "{" + tag.replace(STRICT, USUAL) if "}" in tag else tag


def parse_xml(data: bytes) -> Element:
    """Parse with a bound on depth and size; a DOCTYPE is refused, so no entity can expand."""
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    depth = count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise UnreadableFileError(TOO_LARGE)
        builder.start(_name(tag), {_name(key): text for key, text in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_name(tag))

    def doctype(*_: object) -> None:
        raise UnreadableFileError(UNSAFE.format(what="khai báo lạ (DOCTYPE)"))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, AssertionError, LookupError, ValueError) as error:
        if isinstance(error, UnreadableFileError):
            raise
        raise UnreadableFileError(DAMAGED) from error

"""The bytes of a .txt -> its text, whatever the coding (DOMAIN §A.2, §H)."""

import contextlib
import unicodedata

from core.text import legacy
from plans.reader.reading import UnreadableFileError

NO_TEXT = "Tệp này không phải tệp chữ dù tên ghi như vậy; hãy lưu kế hoạch thành .docx rồi nạp lại."
UNKNOWN = (
    "Không nhận ra bảng mã của tệp chữ; hãy lưu lại với bảng mã Unicode (UTF-8) rồi nạp lại,"
    " hoặc dán chữ của kế hoạch vào ô."
)
MIN_WORDS = 3
WIDE_SHARE = 0.15


def decode(data: bytes) -> str:
    """``data`` as text: Unicode in its forms first, then the codings from before it.

    Raises :class:`UnreadableFileError` when it is no text or its coding is not known.
    """
    wide = _wide(data)
    for encoding in [wide] if wide else ["utf-8-sig"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            break
        if "\x00" in text:
            raise UnreadableFileError(NO_TEXT)
        return from_legacy(text)
    if b"\x00" in data:
        raise UnreadableFileError(NO_TEXT)
    return _of_one_byte(data)


def from_legacy(text: str) -> str:
    """``text``, converted where it is TCVN3 or VNI that was taken for Unicode."""
    kind = legacy.guess(text)
    return legacy.convert(text, kind) if kind else text


def _wide(data: bytes) -> str | None:
    """The coding of two bytes a letter, by its mark or by where its zeros stand."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:4000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    least = len(sample) / 2 * WIDE_SHARE
    if odd > least and even < odd / 20:
        return "utf-16-le"
    return "utf-16-be" if even > least and odd < even / 20 else None


def _of_one_byte(data: bytes) -> str:
    candidates = []
    with contextlib.suppress(UnicodeDecodeError):
        candidates.append(unicodedata.normalize("NFC", data.decode("cp1258")))
    latin = data.decode("cp1252", errors="replace") if _is_windows(data) else data.decode("latin-1")
    candidates += [legacy.convert(latin, kind) for kind in (legacy.TCVN3, legacy.VNI)]
    best = max(candidates, key=legacy.count_words)
    if legacy.count_words(best) < MIN_WORDS:
        raise UnreadableFileError(UNKNOWN)
    return best


def _is_windows(data: bytes) -> bool:
    """Quotation marks and dashes of Windows stand where Latin-1 has control characters."""
    return any(sign in data for sign in (b"\x93", b"\x94", b"\x96", b"\x97", b"\x85"))

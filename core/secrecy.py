"""The stamps of secrecy on a text: MẬT, TỐI MẬT, TUYỆT MẬT. Such texts do not belong here.

Law 117/2025/QH15: state secrets stay on networks of their own. Not every "mật" is a stamp:
"mật ong" is honey, "bí mật kinh doanh" a trade secret, "mật độ" density.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from core.text import nfc

# What follows "mật" where it is honey, syrup or another word, and "mat" where it is mặt or mất.
_HARMLESS = (
    "ong|mía|dừa|hoa|rừng|nhãn|vải|bạc|rỉ|thốt|nguyên|tự|chín|gấu|ngọt"
    "|độ|mã|khẩu|thiết|thư|thám|vụ|ngữ"
)
_NO_STAMP = rf"(?!\w)(?!\s+(?:{_HARMLESS})(?!\w))"
_HARMLESS_MAT = (
    "hoa|tran|bang|tien|nuoc|duong|hang|troi|cau|san|sau|truoc|cat|pho|dat"
    "|an|tich|mua|dien|can|ong|khau|ma"
)

_STAMPS = (
    # The two higher degrees, in any case; small letters without marks would be "tôi mất".
    re.compile(r"(?<!\w)(?:tối|tuyệt)[\s_.-]*mật(?!\w)", re.IGNORECASE),
    re.compile(r"(?<!\w)T\W{0,2}(?:Ố|O)\W{0,2}I[\s_.-]*M\W{0,2}(?:Ậ|A)\W{0,2}T(?!\w)"),
    re.compile(r"(?<!\w)TUY(?:Ệ|E)T[\s_.-]*M(?:Ậ|A)T(?!\w)"),
    # The degree named as such.
    re.compile(
        r"(?<!\w)(?:độ|mức độ|mức|dấu|đóng dấu|chế độ|(?:tài liệu|văn bản|hồ sơ) loại)"
        r"\s*:?\s*[“\"'(\[]?mật" + _NO_STAMP,
        re.IGNORECASE,
    ),
    # MẬT alone on a line, or between brackets, stars, quotation marks.
    re.compile(r"^\W*mật\W*$", re.IGNORECASE | re.MULTILINE),
    re.compile(r"[(\[{*“\"]\s*MẬT\s*[)\]}*”\"]"),
    re.compile(r"(?<!\w)M[\s.-]Ậ[\s.-]T(?!\w)"),
    # MẬT in capitals amid a text that is not: no honey, no density.
    re.compile(r"(?<!\w)(?<!BÍ )(?<!BẢO )MẬT" + _NO_STAMP.replace(_HARMLESS, _HARMLESS.upper())),
)

_ALONE_IN_NAME = re.compile(r"(?<!\w)(?<!bí )(?<!bảo )(?<!cơ )mật" + _NO_STAMP, re.IGNORECASE)
# Said of a paper: in a short note it is the paper meant, in a plan it may be a rule about others.
_SAID = re.compile(
    r"(?<!\w)(?:văn bản|tài liệu|công văn|hồ sơ|thông tin)\s+mật(?!\w)", re.IGNORECASE
)
# Names of files have no marks and no blanks; "mat" alone may be ra mắt, "do mat tran" is "do Mặt trận".
_IN_NAMES = re.compile(
    rf"(?<![a-z])(?:toi|tuyet|do)[ _.-]*mat(?![a-z])(?![ _.-]+(?:{_HARMLESS_MAT})(?![a-z]))",
    re.IGNORECASE,
)


def mark_in(text: str) -> str:
    """The stamp that the note ``text`` bears or speaks of, as written; "" for none."""
    return _first(nfc(text), (*_STAMPS, _SAID))


def mark_in_document(text: str) -> str:
    """The stamp that a document bears, by its ``text``; "" for none."""
    return _first(nfc(text), _STAMPS)


def mark_in_name(name: str) -> str:
    """The stamp in the name of a file, with or without marks; "" for none."""
    stem = PurePath(nfc(name)).stem
    words = re.sub(r"[_.+-]+", " ", stem)
    return _first(stem, (_IN_NAMES,)) or _first(words, (*_STAMPS, _SAID, _ALONE_IN_NAME))


def _first(text: str, stamps: tuple[re.Pattern[str], ...]) -> str:
    for stamp in stamps:
        if match := stamp.search(text):
            return match[0].strip() or match[0]
    return ""

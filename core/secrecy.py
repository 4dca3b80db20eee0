"""The stamps of secrecy on a text: MẬT, TỐI MẬT, TUYỆT MẬT. Such texts do not belong here.

Law 117/2025/QH15: state secrets stay on networks of their own. Not every "mật" is a stamp:
"mật ong" is honey, "bí mật kinh doanh" a trade secret, "mật độ" density.
"""

from __future__ import annotations

import re

from core.text import nfc

_STAMPS = (
    # The two higher degrees, in any case; small letters without marks would be "tôi mất".
    re.compile(r"(?<!\w)(?:tối|tuyệt)[\s_.-]*mật(?!\w)", re.IGNORECASE),
    re.compile(r"(?<!\w)T\W{0,2}(?:Ố|O)\W{0,2}I[\s_.-]*M\W{0,2}(?:Ậ|A)\W{0,2}T(?!\w)"),
    re.compile(r"(?<!\w)TUY(?:Ệ|E)T[\s_.-]*M(?:Ậ|A)T(?!\w)"),
    # The degree named as such.
    re.compile(
        r"(?<!\w)(?:độ|mức độ|mức|dấu|đóng dấu|loại|chế độ)\s*:?\s*[“\"'(\[]?mật(?!\w)"
        r"(?!\s+(?:ong|mía|độ|mã|khẩu|thư))",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!\w)(?:văn bản|tài liệu|công văn|hồ sơ|thông tin)\s+mật(?!\w)", re.IGNORECASE),
    # MẬT alone on a line, or between brackets, stars, quotation marks.
    re.compile(r"^\W*mật\W*$", re.IGNORECASE | re.MULTILINE),
    re.compile(r"[(\[{*“\"]\s*MẬT\s*[)\]}*”\"]"),
    re.compile(r"(?<!\w)M[\s.-]Ậ[\s.-]T(?!\w)"),
    # MẬT in capitals amid a text that is not: no honey, no density.
    re.compile(r"(?<!\w)(?<!BÍ )MẬT(?!\w)(?!\s+(?:ONG|MÍA|DỪA|ĐỘ|MÃ|KHẨU|THIẾT|THƯ|GẤU|NGỌT))"),
)


def mark_in(text: str) -> str:
    """The stamp that ``text`` bears, as written; "" for none."""
    text = nfc(text)
    for stamp in _STAMPS:
        if match := stamp.search(text):
            return match[0].strip()
    return ""

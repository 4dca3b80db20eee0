"""Vietnamese from before Unicode: TCVN3 (.VnTime), VNI and Windows-1258, told apart and converted."""

import re
import unicodedata

TCVN3, VNI = "tcvn3", "vni"

_TCVN3 = dict(
    zip(
        "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉËÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ®¡¢£¤¥¦§",
        "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđĂÂÊÔƠƯĐ",
        strict=True,
    )
)
_TCVN3_TABLE = str.maketrans(_TCVN3)

# VNI writes a letter and then its mark; some letters stand alone.
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = re.compile(r"(?P<letter>[aeouyôö])(?P<mark>[ùøûõïâáàåãäêéèúüë])|(?P<alone>[ôöñæóòî])", re.I)

# Words that every Vietnamese official text is full of.
_COMMON_TEXT = """
của và các thực hiện kế hoạch đảng phường ngày tháng năm tổ chức nội người việt hàng dùng ủy uỷ ban
nhân dân tuyên truyền số bộ xã được với những trên cuộc vận động mục đích yêu cầu nơi nhận bí thư
chủ tịch căn cứ về đề nghị đơn vị
"""
_COMMON = frozenset(_COMMON_TEXT.split())
_WORD = re.compile(r"[^\W\d_]+")
_MODERN = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_HIGH = re.compile("[\u0080-\u00ff]")
_SAMPLE = 20_000
_MIN_HITS = 3


def convert(text: str, kind: str) -> str:
    """``text`` of the coding ``kind`` in Unicode. Text that is Unicode already stays as it is."""
    if _MODERN.search(text):
        return text
    text = re.sub("[\uf020-\uf0ff]", lambda match: chr(ord(match[0]) - 0xF000), text)
    if kind == TCVN3:
        return "\n".join(map(_raise, text.translate(_TCVN3_TABLE).split("\n")))
    return unicodedata.normalize("NFC", _VNI.sub(_from_vni, text))


def _raise(line: str) -> str:
    """TCVN3 has no accented capitals: in a line of capitals they were printed by another font."""
    words = re.sub(r"\S*[\d/]\S*", "", line)  # "Số 5-KH/ĐU" is no line of capitals
    plain = re.sub("[^A-Za-z]", "", words)
    return line.upper() if re.search("[A-Z]{2}", words) and plain == plain.upper() else line


def _from_vni(match: re.Match[str]) -> str:
    if match["alone"]:
        return _alone(match["alone"])
    letter, mark = match["letter"], match["mark"].lower()
    composed = unicodedata.normalize("NFC", _alone(letter) + _VNI_MARKS[mark])
    return composed if len(composed) == 1 else match[0]


def _alone(letter: str) -> str:
    found = _VNI_ALONE.get(letter.lower(), letter)
    return found.upper() if letter.isupper() else found


def of_font(name: str | None) -> str | None:
    """The coding that goes with a font's name."""
    key = (name or "").strip().lower()
    if key.startswith(".vn"):
        return TCVN3
    return VNI if key.startswith(("vni-", "vni ")) else None


def is_capital_font(name: str | None) -> bool:
    """ ".VnTimeH" prints every letter as a capital."""
    return bool(name) and of_font(name) == TCVN3 and str(name).rstrip().endswith("H")


def guess(text: str) -> str | None:
    """The coding of ``text`` where it is an old one that was taken for Unicode."""
    sample = text[:_SAMPLE]
    if len(_HIGH.findall(sample)) < _MIN_HITS or len(_MODERN.findall(sample)) > len(sample) / 200:
        return None
    hits = {kind: count_words(convert(sample, kind)) for kind in (TCVN3, VNI)}
    best = max(hits, key=lambda kind: hits[kind])
    return best if hits[best] >= _MIN_HITS and hits[best] > 2 * count_words(sample) else None


def count_words(text: str) -> int:
    """How many common Vietnamese words with marks ``text`` has."""
    words = _WORD.findall(unicodedata.normalize("NFC", text[:_SAMPLE]).lower())
    return sum(word in _COMMON and not word.isascii() for word in words)

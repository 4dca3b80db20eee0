"""Characters: the stored form of a text, its search key and its sort key."""

import re
import unicodedata

# Line ends of Word (vertical tab), old Macs, mainframes and Unicode, all to "\n".
_LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Control, format (zero width, bidi, soft hyphen) and surrogate characters; XML refuses the last two.
_UNWANTED = frozenset({"Cc", "Cf", "Cs"})
_NON_CHARACTERS = "\ufffe\uffff"


def nfc(text: str) -> str:
    """``text`` with letters and marks composed; macOS and some PDF files give them apart."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """``text`` in the form that is stored: what a person sees, and nothing else.

    Every kind of space becomes a plain one, runs of them one, none is left at the ends of
    a line; zero-width, direction and control characters and blank lines at both ends go; lines
    end in ``\\n``; the result is NFC. Cleaning twice changes nothing more.
    """
    text = _LINE_END.sub("\n", nfc(text))
    # What is printable has nothing to drop: a fifth of the time for the usual text.
    if not all(line.isprintable() for line in text.split("\n")):
        text = nfc("".join(_kept(c) for c in text))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(lines).strip("\n")


def _kept(char: str) -> str:
    if char in "\n ":
        return char
    if char == "\t" or unicodedata.category(char) == "Zs":
        return " "
    if char in _NON_CHARACTERS or unicodedata.category(char) in _UNWANTED:
        return ""
    return char


_PLAIN_SIGNS = str.maketrans(
    {
        "đ": "d",
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‘’‚‛", "'"),
    }
)


def fold(text: str) -> str:
    """The search key of ``text``, for stored columns and for what is asked for alike.

    Lower case, no marks, đ as d, one kind of dash and quotation mark, single spaces. So
    "Nước Mắm", "nước mắm" typed letter by mark, and "nuoc mam" all have one key. The places of
    tone marks (hòa, hoà) fall together too; i and y (kỹ, kĩ) do not.
    """
    text = unicodedata.normalize("NFKD", clean(text).casefold()).casefold()
    text = unicodedata.normalize("NFKD", text.translate(_PLAIN_SIGNS))
    kept = "".join(c for c in text if unicodedata.category(c) != "Mn")
    return " ".join(clean(kept).split())


# -- Sorting ------------------------------------------------------------------

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_MARKS = "\u0302\u0306\u031b"  # circumflex, breve and horn make another letter
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LEVEL_TONE, _OTHER_MARK = "0", "6"
# In decomposed text: a number, a letter with its marks, or a run of anything else.
_PIECE = re.compile(r"(?P<number>\d+)|(?P<letter>[^\W\d_])(?P<marks>[\u0300-\u036f]*)|[\W_]+")

# A key is made of pieces of [0-9a-z], each kind with its own first character, in this order:
# end of the letters "0", gap between words "1", number "2…", letter "a0" to "z9".
_END, _GAP, _NUMBER, _FOREIGN = "0", "1", "2", "z9"
_LENGTHS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _letter_codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for letter in _ALPHABET:
        base = "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]
        variant = sum(code[0] == base for code in codes.values())
        codes[letter] = f"{base}{variant}"
    return codes


_LETTER_CODES = _letter_codes()


def sort_key(text: str) -> str:
    """A key to store beside ``text``: sorting by it gives the order that people expect.

    Vietnamese alphabet first (a ă â b c d đ e ê …, also f j w z), numbers in it by value ("Tổ
    dân phố số 2" before "số 10"), then the tones ngang, huyền, hỏi, ngã, sắc, nặng; capitals
    and punctuation do not count. The key has only the characters 0-9 and a-z, so SQLite and
    every PostgreSQL collation sort it alike. A text of n Vietnamese characters has a key of at
    most 3n + 1; cut at a column's length it only sorts less finely.
    """
    order: list[str] = []
    tones: list[str] = []
    for piece in _PIECE.finditer(unicodedata.normalize("NFKD", clean(text).casefold())):
        if piece["number"]:
            order.append(_number_code(piece["number"]))
        elif piece["letter"]:
            order.append(_letter_code(piece["letter"], piece["marks"]))
            tones.append(_tone_code(piece["marks"]))
        elif order and order[-1] != _GAP:
            order.append(_GAP)
    if order and order[-1] == _GAP:
        order.pop()
    return "".join(order) + _END + "".join(tones).rstrip(_LEVEL_TONE)


def _number_code(digits: str) -> str:
    value = "".join(str(unicodedata.decimal(digit)) for digit in digits).lstrip("0")
    return _NUMBER + _LENGTHS[min(len(value), len(_LENGTHS) - 1)] + value


def _letter_code(base: str, marks: str) -> str:
    own_marks = "".join(mark for mark in marks if mark in _LETTER_MARKS)
    letter = unicodedata.normalize("NFC", base + own_marks)
    foreign = f"{_FOREIGN}{ord(base):06x}"
    return _LETTER_CODES.get(letter) or _LETTER_CODES.get(base, foreign)


def _tone_code(marks: str) -> str:
    for mark in marks:
        if mark in _TONES:
            return _TONES[mark]
    return _LEVEL_TONE if all(mark in _LETTER_MARKS for mark in marks) else _OTHER_MARK

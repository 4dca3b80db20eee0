"""Whole numbers written as Vietnamese words, with their marks or wholly without."""

# Each word as it is written with its marks, and as it is typed without any.
_DIGITS = {
    "không": 0, "khong": 0, "một": 1, "mốt": 1, "mot": 1, "hai": 2, "ba": 3,
    "bốn": 4, "bon": 4, "tư": 4, "tu": 4, "năm": 5, "nam": 5, "lăm": 5, "lam": 5,
    "nhăm": 5, "nham": 5, "sáu": 6, "sau": 6, "bảy": 7, "bẩy": 7, "bay": 7,
    "tám": 8, "tam": 8, "chín": 9, "chin": 9,
}  # fmt: skip
_ONLY_LAST = frozenset({"mốt", "tư", "tu", "lăm", "lam", "nhăm", "nham"})  # hai mốt, ba lăm
_NEVER_LAST = frozenset({"năm", "nam"})  # "mười năm" is ten years
_TENS = frozenset({"mươi", "mười", "muoi", "chục", "chuc"})
_TEN = frozenset({"mười", "muoi"})
_HUNDRED = frozenset({"trăm", "tram"})
_ODD = frozenset({"linh", "lẻ", "le"})
_LARGE = (
    (frozenset({"triệu", "trieu"}), 1_000_000),
    (frozenset({"vạn", "van"}), 10_000),
    (frozenset({"nghìn", "nghin", "ngàn", "ngan"}), 1_000),
)

# After figures ("2 nghìn"). Without marks, "tram" may be "trạm" and "ngan" "ngân": left out.
MULTIPLIERS = {
    "chục": 10, "trăm": 100, "nghìn": 1_000, "nghin": 1_000, "ngàn": 1_000, "vạn": 10_000,
    "triệu": 1_000_000, "trieu": 1_000_000,
}  # fmt: skip

# Words that make a second number where a unit should stand; "nam", "ba", "tam" without marks
# may be a man, a woman or a centre.
NUMBER_WORDS = frozenset(
    {
        "không", "một", "mốt", "hai", "bốn", "tư", "năm", "lăm", "nhăm", "sáu", "bảy", "bẩy",
        "tám", "chín", "mười", "mươi", "muoi", "chục", "trăm", "nghìn", "nghin", "ngàn", "vạn",
        "triệu", "trieu", "tỷ", "tỉ", "rưỡi", "nửa", "đến", "den", "tới", "hoặc",
    }
)  # fmt: skip


class UnclearWordsError(ValueError):
    """The words do not begin with a number, or with one that can be read in two ways."""


def leading_number(words: list[str]) -> tuple[int, list[str]]:
    """The number that ``words`` (lower case, NFC) begin with, and the words after it.

    "một nghìn hai" is refused: it means 1.200 to some and 1.002 to others; so are "ba bốn"
    (three or four) and "trăm rưỡi".
    """
    total, rest = 0, words
    for names, size in _LARGE:
        group = _group(rest)
        if group and group[1] and group[1][0] in names:
            total += group[0] * size
            rest = group[1][1:]
    if rest and rest is not words and rest[0] in _ODD:  # một nghìn linh năm
        digit = _DIGITS.get(rest[1]) if len(rest) > 1 else None
        if digit is None:
            raise UnclearWordsError
        return total + digit, rest[2:]
    group = _group(rest)
    if group is None:
        if rest is words:
            raise UnclearWordsError
        return total, rest
    if rest is not words and len(rest) - len(group[1]) == 1 and group[0] < 10:
        raise UnclearWordsError
    return total + group[0], group[1]


def _group(words: list[str]) -> tuple[int, list[str]] | None:
    """A number below 1.000 at the start of ``words``, and the rest; None if there is none."""
    if len(words) < 2 or words[0] not in _DIGITS or words[1] not in _HUNDRED:
        return _below_hundred(words)
    hundreds, rest = _DIGITS[words[0]] * 100, words[2:]
    if rest and rest[0] in _ODD:
        if len(rest) < 2 or rest[1] not in _DIGITS:
            return None
        return hundreds + _DIGITS[rest[1]], rest[2:]
    below = _below_hundred(rest)
    if below is None:
        return hundreds, rest
    if below[0] < 10:  # "một trăm hai" is 120 to some and 102 to others
        raise UnclearWordsError
    return hundreds + below[0], below[1]


def _below_hundred(words: list[str]) -> tuple[int, list[str]] | None:
    first, second = [*words, "", ""][:2]
    if first in _TEN:
        return _with_last(10, words[1:])
    if first not in _DIGITS or first in _ONLY_LAST - {"tư", "tu"}:
        return None
    if second in _TENS:
        return _with_last(_DIGITS[first] * 10, words[2:])
    if second in _ONLY_LAST and _DIGITS[first] > 1:
        return _DIGITS[first] * 10 + _DIGITS[second], words[2:]
    return _DIGITS[first], words[1:]


def _with_last(tens: int, words: list[str]) -> tuple[int, list[str]]:
    if words and words[0] in _DIGITS and words[0] not in _NEVER_LAST and _DIGITS[words[0]]:
        return tens + _DIGITS[words[0]], words[1:]
    return tens, words

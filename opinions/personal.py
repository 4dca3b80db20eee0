"""Does a text speak of a person? Telephone and identity numbers, e-mail, a name with an address.

A gentle question, no lock: what is found is shown to the author, who mends it or affirms that
it is no personal data. It errs on the side of asking (SECURITY D6: at least 95 % found).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from core.text import nfc

TELEPHONE = "Số điện thoại"
IDENTITY = "Số căn cước, chứng minh nhân dân"
MAIL = "Địa chỉ thư điện tử"
PERSON = "Tên người kèm địa chỉ"
LOOK_BACK = 50  # letters before a number or name that say what it is


@dataclass(frozen=True, slots=True)
class Finding:
    """``kind`` of what stands between ``start`` and ``end`` of the text (in its NFC form)."""

    kind: str
    start: int
    end: int


def find(text: str) -> list[Finding]:
    """What in ``text`` may be personal, in its order, nothing twice."""
    text = nfc(text)
    plain = _plain(text)
    found: list[Finding] = []
    for one in (*_mails(plain), *_numbers(plain), *_persons(text, plain)):
        if not any(one.start < known.end and known.start < one.end for known in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def pieces(text: str, findings: list[Finding]) -> list[tuple[str, str]]:
    """``text`` cut at the findings: (piece, its kind or "") for a page that marks them."""
    text, cut, place = nfc(text), [], 0
    for one in findings:
        cut += [(text[place : one.start], ""), (text[one.start : one.end], one.kind)]
        place = one.end
    return [(piece, kind) for piece, kind in [*cut, (text[place:], "")] if piece]


def _plain(text: str) -> str:
    """Letter for letter without marks and capitals, so that places stay the same."""
    return "".join(_plain_letter(letter) for letter in text)


def _plain_letter(letter: str) -> str:
    if letter in "đĐ":
        return "d"
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    base = unicodedata.normalize("NFKD", letter)[0].lower()
    return base if len(base) == 1 else letter


# -- E-mail -----------------------------------------------------------------------

_MAIL = re.compile(
    r"[\w.+-]{2,} ?(?:@|\(a\)|\[at\]|\(at\)) ?[\w-]+(?: ?\. ?[a-z][\w-]*)+"
    r"|[\w.+-]{2,}@(?:gmail|yahoo)"
)


def _mails(plain: str) -> Iterator[Finding]:
    for match in _MAIL.finditer(plain):
        yield Finding(MAIL, match.start(), match.end())


# -- Numbers ----------------------------------------------------------------------

# A run of digits as people part it: "0912.345.678", "001 085 012 345", "(024) 3864 1234".
_RUN = re.compile(r"(?<![\w.,/-])(?:\+|\()?\d(?:[ .)( -]{0,2}[\do]){7,14}(?![\w])(?![.,/-]\d)")
_IDENTITY_WORD = re.compile(
    r"(?:cccd|cmnd|cmtnd|cmt|can cuoc|chung minh|dinh danh|ho chieu)\D{0,25}$"
)
_PHONE_WORD = re.compile(
    r"(?:dt|sdt|dien thoai|zalo|goi|lien he|phone|tel|hotline|so may)\W{0,4}(?:so)?\W{0,3}$"
)
_OTHER_NUMBER = re.compile(
    r"(?:ma vach|ma so thue|mst|ma so|ma san pham|ma hang|ma don|van don|so lo|lo so|lo|barcode"
    r"|dang ky|dkkd|giay phep|so hieu|hoa don|tai khoan|stk|gtin|ean)\W{0,3}(?:so)?\W{0,3}$"
)
_MONEY = re.compile(r" ?(?:dong|d\b|vnd|₫|trieu|nghin|ngan|ty|ti\b|usd)")
_GROUPED_MONEY = re.compile(r"\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*")
_MOBILE = re.compile(r"(?:0|84)(?:3|5|7|8|9)\d{8}")
_LANDLINE = re.compile(r"(?:0|84)2\d{9}")
_CITIZEN = re.compile(r"0\d{11}")  # a province from 001 on, then century and sex, year, six digits


def _numbers(plain: str) -> Iterator[Finding]:
    for match in _RUN.finditer(plain):
        before = plain[max(0, match.start() - LOOK_BACK) : match.start()]
        kind = _kind_of(match[0], before=before, after=plain[match.end() :][:10])
        if kind:
            yield Finding(kind, match.start(), match.end())


def _kind_of(written: str, *, before: str, after: str) -> str:
    digits = re.sub(r"\D", "", written.replace("o", "0"))
    if _IDENTITY_WORD.search(before) and len(digits) >= 8:
        return IDENTITY
    if _PHONE_WORD.search(before) and 9 <= len(digits) <= 12:
        return TELEPHONE
    if _OTHER_NUMBER.search(before) or _MONEY.match(after):
        return ""
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return TELEPHONE
    if _CITIZEN.fullmatch(digits):
        return IDENTITY
    if len(digits) == 9 and not _GROUPED_MONEY.fullmatch(written):
        return IDENTITY
    if len(digits) == 9 and digits[0] == "0":  # "012 345 678" is no amount
        return IDENTITY
    return ""


# -- A person with an address -----------------------------------------------------

_TITLE = r"(?:ong|ba|anh|chi|co|chu|bac|thay|cu|em|chau|dong chi|d/c|dc|vo|chong|me|bo|con|gia dinh|nha|ho)"
_FAMILY = (
    r"(?:nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|truong|mai|"
    r"trinh|dao|luong|cao|ta|to|lam|ha|doan|quach|luu|tong|kieu|nghiem|thai|chu|khuat|phung|van)"
)
_WORD = r"[a-z]{1,7}"
# Looked for at every word, so that "hộ chú Đỗ Văn An" does not hide the name behind "hộ".
_FULL_NAME = re.compile(rf"\b(?=(?P<name>{_FAMILY}(?: {_WORD}){{1,3}}))")
_TITLED = re.compile(rf"\b(?={_TITLE} (?P<name>{_WORD}(?: {_WORD}){{0,4}}))")
_OF_A_PLACE = re.compile(r"(?:pho|duong|phuong|cho|quan|khu|toa|cong ty|sieu thi|nha hang) $")
_ADDRESS = re.compile(
    r"\b(?:(?:so nha|nha so|so|sn) ?\d+[a-z]?\d*(?:[/-]\d+[a-z]?)*[ ,]*"
    r"(?:(?:o |tai |trong )?"
    r"(?:ngo|ngach|hem|pho|duong|to|khu|toa|nha|chung cu|k ?\d|ap|thon|lo|tap the)\b"
    r"(?: ?(?:so )?\d+(?:/\d+)*)?)"
    r"|(?:ngo|ngach|hem|kiet) ?(?:so )?\d+"
    r"|(?:phong|p\.?|can ho|can) ?\d{2,4}\b"
    r"|(?:so nha|nha so|sn) ?\d+"
    r"|so \d+[a-z]?,? (?:[a-z]+ ){1,3}[a-z]+"
    r"|\d+[a-z]?/\d+(?:/\d+)* (?:pho|duong|ngo|ngach|hem|[a-z]+ [a-z]+))"
)
_AFTER_TITLE = re.compile(rf"\b{_TITLE} $")
_NEAR = 60  # letters between a name and an address that belong together


def _persons(text: str, plain: str) -> Iterator[Finding]:
    """A name within reach of an address, on either side."""
    addresses = [(m.start(), m.end()) for m in _ADDRESS.finditer(plain)]
    names = list(_names(text, plain)) if addresses else []
    for start, end in names:
        near = [a for a in addresses if a[0] - end <= _NEAR and start - a[1] <= _NEAR]
        # Without capitals the last word of a name may be the first of the address ("an so 12").
        near = [a for a in near if a[0] > start or a[1] <= start]
        if near:
            nearest = min(near, key=lambda a: max(a[0] - end, start - a[1]))
            yield Finding(PERSON, min(start, nearest[0]), max(end, nearest[1]))


def _names(text: str, plain: str) -> Iterator[tuple[int, int]]:
    """Where names of persons stand: after a word of address, or a family name with given names.

    In a text with capitals a name has them; where all is small, a family name after a word of
    address counts. Streets and shops bear names of people too, and are none.
    """
    for match in _TITLED.finditer(plain):
        length = _capitals(text[match.start("name") : match.end("name")])
        if length:
            yield match.start(), match.start("name") + length
    has_capitals = any(letter.isupper() for letter in text[1:])
    for match in _FULL_NAME.finditer(plain):
        before = plain[max(0, match.start() - LOOK_BACK) : match.start()]
        if _OF_A_PLACE.search(before):
            continue
        length = _capitals(text[match.start("name") : match.end("name")], least=2)
        if length:
            yield match.start(), match.start() + length
        elif not has_capitals and _AFTER_TITLE.search(before):
            yield match.start(), match.end("name")


def _capitals(words: str, *, least: int = 1) -> int:
    """How many letters of ``words`` the capitalised words at its front take; 0 for too few."""
    length, count = 0, 0
    for word in words.split(" "):
        if not word[:1].isupper():
            break
        length += len(word) + 1
        count += 1
    return length - 1 if count >= least else 0

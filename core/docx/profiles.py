"""How official documents look, one :class:`Profile` a rule book (DOMAIN §B).

Lengths are millimetres, sizes and distances between lines are points. A profile is data: an
office that is told otherwise by its clerks changes figures here, not code.
"""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Look:
    """The look of one part: type size and face, where it stands, what surrounds it.

    ``line`` is the exact distance of lines in points, ``lines`` a multiple of single spacing;
    at most one of them is set.
    """

    size: float = 14
    is_bold: bool = False
    is_italic: bool = False
    is_caps: bool = False
    is_underlined: bool = False
    align: str = "center"
    indent: float = 0  # first line
    before: float = 0
    after: float = 0
    line: float | None = None
    lines: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A4 with its margins; ``is_mirrored``: the binding edge changes sides on the verso."""

    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    width: float = 210
    height: float = 297
    number_from_top: float = 10
    number_size: float = 14
    is_mirrored: bool = False

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class Motto:
    """A line at the top right; ``rule_em`` is the length of the rule below it in ems of its size.

    The lengths are those of the words set in Times New Roman bold.
    """

    text: str
    look: Look
    rule_em: float = 0


@dataclass(frozen=True, slots=True)
class Level:
    """The look of a numbered place: of its heading, and of a plain text at that level."""

    heading: Look
    text: Look


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that differs between the rule books."""

    key: str
    name: str
    page: Page
    mottos: tuple[Motto, ...]
    left_column: float  # of the head's table
    organ_inset: float  # kept free at both sides of the organs' names
    superior: Look
    issuer: Look
    issuer_rule: float  # share of the column; 0: none
    star: Look | None  # the "*" below the issuer
    number: Look
    number_label: str  # "Số " or "Số: "
    number_join: str  # between a blank number and the symbol
    place_date: Look
    type_name: Look
    subject: Look
    subject_rule: float  # share of the line; 0: none
    subject_hyphens: str  # "-----", or "" where a rule is drawn
    letter_subject: Look
    legal_basis: Look
    legal_basis_bullet: str
    body: Look
    section: Level  # I.
    item: Level  # 1.
    sub_item: Level  # a), -, +
    table_head: Look
    table_cell: Look
    recipients_title: Look
    recipients_item: Look
    recipients_end: str
    authority: Look
    position: Look
    signer: Look
    signature_gap: float  # room for the signature, in points
    annex_title: Look
    annex_note: Look
    fonts: str = "Times New Roman"
    language: str = "vi-VN"
    colour: str = field(default="000000")


# 4100 of 9355 twips as in DOMAIN §B.3; the state's motto needs 5400 at the right.
PARTY_COLUMN, STATE_COLUMN = 72.3, 65.3
PARTY_MOTTO_EM, STATE_MOTTO_EM = 13.75, 12.1
PARTY_PAGE = Page(is_mirrored=True)
STATE_PAGE = Page()


def _level(body: Look, *, is_bold: bool = True, is_caps: bool = False) -> Level:
    """Headings differ from the text in weight and letters alone."""
    return Level(heading=replace(body, is_bold=is_bold, is_caps=is_caps), text=body)


def _party(key: str, name: str, *, body: Look, type_size: float, subject_size: float) -> Profile:
    return Profile(
        key=key,
        name=name,
        page=PARTY_PAGE,
        mottos=(Motto("ĐẢNG CỘNG SẢN VIỆT NAM", Look(15, is_bold=True), PARTY_MOTTO_EM),),
        left_column=PARTY_COLUMN,
        organ_inset=0,
        superior=Look(14, is_caps=True),
        issuer=Look(14, is_caps=True, is_bold=True),
        issuer_rule=0,
        star=Look(14),
        number=Look(14),
        number_label="Số ",
        number_join="-",
        place_date=Look(14, is_italic=True),
        type_name=Look(type_size, is_caps=True, is_bold=True, before=18),
        subject=Look(subject_size, is_bold=True),
        subject_rule=0,
        subject_hyphens="-----",
        letter_subject=Look(12, is_italic=True),
        legal_basis=body,
        legal_basis_bullet="- ",
        body=body,
        table_head=Look(13, is_bold=True),
        table_cell=Look(13, align="left"),
        recipients_title=Look(14, is_underlined=True, align="left"),
        recipients_item=Look(12, align="left"),
        recipients_end=",",
        authority=Look(14, is_caps=True, is_bold=True),
        position=Look(14, is_caps=True),
        signer=Look(14, is_bold=True),
        signature_gap=80,
        annex_title=Look(14, is_bold=True, before=6, after=6),
        annex_note=Look(14, is_italic=True, after=6),
        section=_level(body, is_caps=True),
        item=_level(body),
        sub_item=_level(body, is_bold=False),
    )


def _state(key: str, name: str, *, body: Look) -> Profile:
    return Profile(
        key=key,
        name=name,
        page=STATE_PAGE,
        mottos=(
            Motto("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Look(13, is_bold=True)),
            Motto("Độc lập - Tự do - Hạnh phúc", Look(14, is_bold=True), STATE_MOTTO_EM),
        ),
        left_column=STATE_COLUMN,
        organ_inset=2,
        superior=Look(13, is_caps=True),
        issuer=Look(13, is_caps=True, is_bold=True),
        issuer_rule=0.4,
        star=None,
        number=Look(13),
        number_label="Số: ",
        number_join="/",
        place_date=Look(14, is_italic=True),
        type_name=Look(14, is_caps=True, is_bold=True, before=18),
        subject=Look(14, is_bold=True),
        subject_rule=0.4,
        subject_hyphens="",
        letter_subject=Look(13),
        legal_basis=replace(body, is_italic=True),
        legal_basis_bullet="",
        body=body,
        table_head=Look(13, is_bold=True),
        table_cell=Look(13, align="left"),
        recipients_title=Look(12, is_bold=True, is_italic=True, align="left"),
        recipients_item=Look(11, align="left"),
        recipients_end=";",
        authority=Look(14, is_caps=True, is_bold=True),
        position=Look(14, is_caps=True, is_bold=True),
        signer=Look(14, is_bold=True),
        signature_gap=80,
        annex_title=Look(14, is_bold=True, before=6, after=6),
        annex_note=Look(14, is_italic=True, after=6),
        section=_level(body, is_caps=True),
        item=_level(body),
        sub_item=_level(body, is_bold=False),
    )  # fmt: skip


# Quy định 399-QĐ/TW and Hướng dẫn 05-HD/VPTW of 27/5/2026.
PARTY_HD05 = _party(
    "PARTY_HD05",
    "Văn bản của Đảng theo Hướng dẫn 05-HD/VPTW",
    body=Look(14, align="both", indent=10, after=6, line=18),
    type_size=16,
    subject_size=14,
)
# Hướng dẫn 36-HD/VPTW of 2018: the documents until 5/2026.
PARTY_HD36 = _party(
    "PARTY_HD36",
    "Văn bản của Đảng theo Hướng dẫn 36-HD/VPTW",
    body=Look(14, align="both", indent=10, after=6, lines=1.15),
    type_size=16,
    subject_size=14,
)
# Nghị định 30/2020/NĐ-CP, Phụ lục I.
ND30 = _state(
    "ND30",
    "Văn bản hành chính theo Nghị định 30/2020/NĐ-CP",
    body=Look(14, align="both", indent=12.7, after=6, lines=1.1),
)
# Quyết định 207/QĐ-MTTW-BTT: in practice the look of ND30.
MTTQ = _state(
    "MTTQ",
    "Văn bản của Mặt trận Tổ quốc Việt Nam",
    body=Look(14, align="both", indent=12.7, after=6, lines=1.1),
)

PROFILES = {profile.key: profile for profile in (PARTY_HD05, PARTY_HD36, ND30, MTTQ)}

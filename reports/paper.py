"""A report on one sheet of A4: the blank form with the unit's QR code, and the filled one.

The look is that of a cell's own documents (DOMAIN §B.1): the Party's title, place and day,
"T/M CHI BỘ / BÍ THƯ". Bodies that are no part of the Party have the state's title instead.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse

from core.qr import QrCode, qr_code
from plans.models import ContentItem
from reports.answers import Answers, Paper
from reports.models import Indicator, Submission
from reports.periods import Period
from reports.sentences import Passage, passages
from units import links
from units.models import Unit, UnitLink

# (name, letters to a line, lines to a sheet): how much fits in each size of type; measured in Chromium.
SIZES = (("normal", 82, 27), ("small", 104, 38), ("fine", 122, 50), ("finest", 146, 60))


@dataclass(frozen=True)
class Sheet:
    """What stands on one sheet."""

    unit: Unit
    ward: Unit
    month: dt.date
    committee: str
    place_name: str
    size: str = "normal"
    # the blank form
    core: list[Indicator] = field(default_factory=list)
    others: list[Indicator] = field(default_factory=list)
    items: list[ContentItem] = field(default_factory=list)
    period: Period | None = None
    code: QrCode | None = None
    is_own_link: bool = False
    office_phone: str = ""
    # the filled one
    passages: list[Passage] = field(default_factory=list)
    submission: Submission | None = None
    is_unsent: bool = False

    @property
    def is_cell(self) -> bool:
        return self.unit.kind in Unit.CELL_KINDS

    @property
    def is_of_the_party(self) -> bool:
        return self.is_cell or self.unit.kind == Unit.Kind.COMMITTEE

    @property
    def signer(self) -> tuple[str, str]:
        return ("T/M CHI BỘ", "BÍ THƯ") if self.is_cell else ("", "NGƯỜI BÁO CÁO")


def blank_sheet(
    paper: Paper, period: Period, request: HttpRequest, link: UnitLink | None = None
) -> Sheet:
    """The form to fill in by hand. The code opens the unit's own link, where it has one."""
    address = links.address(link, request) if link else None
    home = request.build_absolute_uri(reverse("reports:home"))
    profile = getattr(paper.ward, "profile", None)
    return Sheet(
        **_head(paper),
        size=_size_of_blank(paper),
        core=paper.core,
        others=paper.others,
        items=paper.items,
        period=period,
        code=qr_code(address or home),
        is_own_link=address is not None,
        office_phone=profile.office_phone if profile else "",
    )


def filled_sheet(
    paper: Paper, answers: Answers, *, submission: Submission | None, is_unsent: bool
) -> Sheet:
    """The report as sentences, in type that is small enough for one sheet."""
    told = passages(answers, paper)
    size = _size_of(told)
    if size is None:
        size, told = SIZES[-1][0], [_run_together(one) for one in told]
    return Sheet(
        **_head(paper), size=size, passages=told, submission=submission, is_unsent=is_unsent
    )


def _head(paper: Paper) -> dict[str, object]:
    profile = getattr(paper.ward, "profile", None)
    return {
        "unit": paper.unit,
        "ward": paper.ward,
        "month": paper.month,
        "committee": profile.committee_name if profile else paper.ward.name,
        "place_name": profile.place_name if profile else paper.ward.name,
    }


def _size_of(told: list[Passage]) -> str | None:
    """The largest type in which ``told`` fits; None where its line ends take too much."""
    for name, letters, lines in SIZES:
        needed = sum(
            1 + sum(math.ceil((len(line) + 6) / letters) for line in passage.lines or ("",))
            for passage in told
        )
        if needed <= lines:
            return name
    return None


def _run_together(passage: Passage) -> Passage:
    return Passage(passage.key, passage.label, (" ".join(passage.lines),), passage.is_blank)


def _size_of_blank(paper: Paper) -> str:
    boxes = len(paper.indicators) + 2 * sum(one.is_share for one in paper.indicators)
    rows = math.ceil(len(paper.items) / 2) * 1.4 + math.ceil(boxes / 2)
    return "normal" if rows <= 17 else "small" if rows <= 26 else "fine"

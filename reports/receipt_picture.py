"""The receipt as a picture to forward in Zalo: which unit, which month, when. No person's name."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw

from core import lettering
from core.text import format_date, format_month, format_phone
from reports.models import MonthlyReport, Status, Submission

WIDTH, HEIGHT = 1080, 1350  # 4:5, which Zalo shows whole
MARGIN = 84
# The light colours of static/css/tokens.css.
PAPER, SURFACE, INK, MUTED, LINE = "#fbf8f1", "#ffffff", "#1f1a17", "#574e47", "#ddd2bf"
CELADON, GOLD, INDIGO = "#1f5c50", "#6f4700", "#1f3e6e"
COLOURS = 64  # of the palette: letters on plain ground need no more, and the file stays small


@dataclass(frozen=True)
class Words:
    """What the picture says; ``rows`` are (label, value, colour of the value)."""

    state: str
    ground: str
    unit: str
    month: str
    rows: tuple[tuple[str, str, str], ...]
    ward: str
    whom: str


def words_of(report: MonthlyReport, submission: Submission, *, profile: Any = None) -> Words:
    """``profile`` is the ward's card, for whom to call."""
    state, ground = _state(report)
    at = timezone.localtime(submission.at)
    again = f" (nộp lần {submission.number})" if submission.number > 1 else ""
    late = (f"Nộp muộn {report.days_late} ngày", GOLD) if report.is_late else ("Đúng hạn", CELADON)
    return Words(
        state=state,
        ground=ground,
        unit=report.unit.name,
        month=f"Báo cáo {format_month(report.month)}",
        rows=(
            ("Nộp lúc", f"{at:%H:%M} ngày {format_date(at.date())}", INK),
            (f"Số biên nhận{again}", submission.receipt, INK),
            ("Thời hạn", *late),
        ),
        ward=report.ward.name,
        whom=_whom_to_call(profile),
    )


def draw(words: Words) -> bytes:
    """The picture, a PNG."""
    card = _Card()
    card.band(words.state, words.ground)
    card.text(words.unit, size=54, weight=700, gap=10)
    card.text(words.month, size=54, gap=44)
    card.rule()
    for label, value, colour in words.rows:
        card.row(label, value, colour)
    card.foot(words.ward, words.whom)
    return card.png()


def file_name(submission: Submission) -> str:
    """ "bien-nhan-PL-2026-11-0012.png"."""
    return f"bien-nhan-{re.sub('[^A-Za-z0-9-]+', '-', submission.receipt)}.png"


def _state(report: MonthlyReport) -> tuple[str, str]:
    """The word and its ground; a report that went back must not pass for one that is done."""
    if report.status == Status.RETURNED:
        return "CẦN SỬA, NỘP LẠI", INDIGO
    return ("ĐÃ TIẾP NHẬN" if report.status == Status.ACCEPTED else "ĐÃ NỘP"), CELADON


def _whom_to_call(profile: Any) -> str:
    """The office's number. Whoever answers there may be a person, so the name is left out."""
    if profile is None or not profile.office_phone:
        return "Cần hỏi: gọi văn phòng phường."
    return f"Cần hỏi: gọi văn phòng phường, {format_phone(profile.office_phone)}."


class _Card:
    """A sheet that is written from top to bottom; smaller type where it would run out."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        self.pen = ImageDraw.Draw(self.image)
        self.y = 0.0

    def band(self, word: str, ground: str) -> None:
        """The word of the state on its ground; what is done has a drawn tick: the typeface has none."""
        self.pen.rectangle((0, 0, WIDTH, 250), fill=ground)
        x, y = MARGIN, 128
        if ground == CELADON:
            tick = [(x, y), (x + 30, y + 32), (x + 88, y - 40)]
            self.pen.line(tick, fill=SURFACE, width=16, joint="curve")
            x += 124
        size = 92 if len(word) < 10 else 76
        self._line(word, x, 128 + size * 0.36, 700, size, SURFACE)
        self.y = 320.0

    def text(self, text: str, *, size: int, weight: int = 400, gap: int = 16) -> None:
        width = WIDTH - 2 * MARGIN
        while size > 36 and len(lettering.wrapped(text, weight, size, width)) > 3:
            size -= 4
        for line in lettering.wrapped(text, weight, size, width):
            self.y += size
            self._line(line, MARGIN, self.y, weight, size, INK)
            self.y += size * 0.35
        self.y += gap

    def rule(self) -> None:
        self.pen.line([(MARGIN, self.y), (WIDTH - MARGIN, self.y)], fill=LINE, width=3)
        self.y += 26

    def row(self, label: str, value: str, colour: str = INK) -> None:
        self._line(label, MARGIN, self.y + 34, 400, 34, MUTED)
        size = 46
        while size > 30 and lettering.length(value, 700, size) > WIDTH - 2 * MARGIN:
            size -= 2
        self._line(value, MARGIN, self.y + 94, 700, size, colour)
        self.y += 132

    def foot(self, ward: str, whom: str) -> None:
        self.pen.line([(MARGIN, HEIGHT - 168), (WIDTH - MARGIN, HEIGHT - 168)], fill=LINE, width=3)
        self._line(ward, MARGIN, HEIGHT - 110, 700, 36, INK)
        self._line(whom, MARGIN, HEIGHT - 58, 400, 34, MUTED)

    def png(self) -> bytes:
        out = io.BytesIO()
        flat = self.image.quantize(COLOURS, dither=Image.Dither.NONE)
        flat.save(out, "PNG", optimize=True)
        return out.getvalue()

    def _line(self, text: str, x: float, y: float, weight: int, size: int, colour: str) -> None:
        """One line with its base line at ``y``."""
        lettering.write(self.pen, text, x, y, weight=weight, size=size, colour=colour)

"""A number of generated wards, one transaction each."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone

from campaign_portal.scale import plans
from campaign_portal.scale.filling import Filling
from campaign_portal.scale.frame import build_frame
from core.text import first_of_month, format_number
from reports.periods import last_months
from units.models import Unit

UNITS = "đơn vị báo cáo, kể cả đã sáp nhập"
MOST_WARDS, MOST_UNITS, MOST_MONTHS = 999, 999, 240
REFUSED = (
    "Cơ sở dữ liệu này có phường thật ({}); chỉ tạo dữ liệu mô phỏng trong một cơ sở dữ liệu "
    "trống hoặc chỉ gồm các phường trình diễn, mô phỏng."
)


class RealDataError(Exception):
    """There is a ward that is not marked as generated. The text is a Vietnamese sentence."""


@dataclass
class Built:
    """The wards that were made, how many rows of each kind, and how many seconds it took."""

    wards: list[Unit] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


def build(
    *,
    wards: int = 1,
    units: int = 150,
    months: int = 60,
    seed: int = 1,
    until: dt.date | None = None,
    password: str | None = None,
    say: Callable[[str], object] = lambda line: None,
) -> Built:
    """Make ``wards`` wards of ``units`` reporting units, ``months`` months up to ``until``.

    ``until`` is the day on which it all stands, today if left out. Nobody can sign in to the
    accounts unless a ``password`` is given. ``say`` gets a Vietnamese line for each ward.
    Wards that were generated before stay; the new ones are numbered after them. Each ward is
    written whole or not at all.

    Raises :class:`RealDataError`, and ``ValueError`` with a sentence for a number that is too
    small or too large.
    """
    _check(wards, units, months)
    refuse_beside_real_data()
    until = until or timezone.localdate()
    span = last_months(first_of_month(until), months)
    secret = make_password(password)
    sources = [(text, plans.store(text)) for text in plans.texts(span, until)]
    built, began = Built(), time.monotonic()
    for done in range(wards):
        with transaction.atomic():
            refuse_beside_real_data()
            frame = build_frame(next_number(), units=units, months=span, seed=seed, password=secret)
            plans.write(frame, sources)
            rows = Filling(frame, until).run()
        built.wards.append(frame.ward)
        built.rows += Counter({UNITS: len(frame.cells)}) + rows
        built.seconds = time.monotonic() - began
        say(_line(frame.ward.name, done + 1, wards, rows, built.seconds))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # or the first pages plan as if the tables were empty
    return built


def refuse_beside_real_data() -> None:
    """Raise :class:`RealDataError` where a ward is not marked as generated or demonstration."""
    real = Unit.objects.wards().exclude(profile__is_demonstration=True).first()
    if real is not None:
        raise RealDataError(REFUSED.format(real.name))


def next_number() -> int:
    """The number of the next generated ward: wards are told apart by their code."""
    codes = Unit.objects.wards().filter(code__regex=r"^MP[0-9]{3}$").values_list("code", flat=True)
    return max((int(code[2:]) for code in codes), default=0) + 1


def _check(wards: int, units: int, months: int) -> None:
    for name, number, most in (
        ("phường", wards, MOST_WARDS),
        ("đơn vị", units, MOST_UNITS),
        ("tháng", months, MOST_MONTHS),
    ):
        if not 1 <= number <= most:
            raise ValueError(f"Số {name} phải từ 1 đến {most}, không phải {number}.")


def _line(name: str, done: int, wards: int, rows: Counter[str], seconds: float) -> str:
    left = seconds / done * (wards - done)
    rest = f", còn khoảng {left / 60:.0f} phút" if left >= 60 else ""
    return (
        f"{name} ({done}/{wards}): {format_number(rows['báo cáo tháng'])} báo cáo, "
        f"{format_number(rows['số liệu'])} số liệu, đã {seconds:.0f} giây{rest}."
    )

"""All rules in the order in which they are tried."""

from __future__ import annotations

from outreach.loudspeaker.reading import codes, days, numbers, words
from outreach.loudspeaker.reading.place import Rule

RULES: tuple[Rule, ...] = (
    words.of_the_ward,
    words.line_head,
    words.address,
    words.abbreviation,
    codes.document,
    codes.kind,
    codes.telephone,
    codes.emergency,
    codes.plate,
    days.house,
    days.dates_from_to,
    days.iso_date,
    days.whole_date,
    days.month_and_year,
    days.months,
    days.day_and_month,
    days.ordinal,
    days.clock,
    days.weekday,
    numbers.roman,
    numbers.levels,
    numbers.money_first,
    numbers.number,
    words.place_name,
    words.mixed,
    words.unit_alone,
    words.small_letters,
    words.capitals,
    numbers.edition,
    words.dash,
    words.stroke,
    words.sign,
)

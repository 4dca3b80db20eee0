"""The pages of plans in the office."""

from plans.office.importing import upload
from plans.office.listing import detail, plans, source
from plans.office.progress import progress
from plans.office.register import instrument, instruments
from plans.office.renewal import renew
from plans.office.reviewing import review
from plans.office.revision import revision
from plans.office.steps import close, discard, extend, titles
from plans.office.tables import instruments_table, plans_table

__all__ = [
    "close",
    "detail",
    "discard",
    "extend",
    "instrument",
    "instruments",
    "instruments_table",
    "plans",
    "plans_table",
    "progress",
    "renew",
    "review",
    "revision",
    "source",
    "titles",
    "upload",
]

"""The pages of plans in the office."""

from plans.office.importing import upload
from plans.office.listing import detail, plans, source
from plans.office.progress import progress
from plans.office.register import instrument, instruments
from plans.office.renewal import renew
from plans.office.reviewing import review
from plans.office.revision import revision
from plans.office.steps import close, discard, extend, titles

__all__ = [
    "close",
    "detail",
    "discard",
    "extend",
    "instrument",
    "instruments",
    "plans",
    "progress",
    "renew",
    "review",
    "revision",
    "source",
    "titles",
    "upload",
]

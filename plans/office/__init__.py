"""The pages of plans in the office."""

from plans.office.importing import upload
from plans.office.listing import detail, plans, source
from plans.office.reviewing import review
from plans.office.revision import revision
from plans.office.steps import close, discard, extend, titles

__all__ = [
    "close",
    "detail",
    "discard",
    "extend",
    "plans",
    "review",
    "revision",
    "source",
    "titles",
    "upload",
]

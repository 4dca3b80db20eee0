"""“Hạn nộp”: the rule with its calendar, the exceptions of units, the days off."""

from reports.office.deadlines.days import day_off_add, day_off_remove, days_off_page
from reports.office.deadlines.granted import exception_change, exception_withdraw
from reports.office.deadlines.grants import exception_add, exceptions_page
from reports.office.deadlines.rule import deadline_change, deadlines_page

__all__ = [
    "day_off_add",
    "day_off_remove",
    "days_off_page",
    "deadline_change",
    "deadlines_page",
    "exception_add",
    "exception_change",
    "exception_withdraw",
    "exceptions_page",
]

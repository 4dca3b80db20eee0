"""The rows of the monthly reports. ``status`` is written by :mod:`reports.workflow` alone."""

from reports.models.apart import ToldApart
from reports.models.commendation import CommendationRule
from reports.models.deadlines import DeadlineRule, Extension, Holiday
from reports.models.figures import Activity, Indicator, IndicatorValue
from reports.models.record import Draft, HelperConfirmation, Photo, ReportStep, Submission
from reports.models.reminders import Reminder, Tone
from reports.models.report import (
    EDITABLE,
    HANDED_IN,
    MonthlyReport,
    ReportContent,
    Status,
    ZeroReason,
)

__all__ = [
    "EDITABLE",
    "HANDED_IN",
    "Activity",
    "CommendationRule",
    "DeadlineRule",
    "Draft",
    "Extension",
    "HelperConfirmation",
    "Holiday",
    "Indicator",
    "IndicatorValue",
    "MonthlyReport",
    "Photo",
    "Reminder",
    "ReportContent",
    "ReportStep",
    "Status",
    "Submission",
    "ToldApart",
    "Tone",
    "ZeroReason",
]

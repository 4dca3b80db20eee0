"""The rows of the monthly reports. ``status`` is written by :mod:`reports.workflow` alone."""

from reports.models.apart import ToldApart
from reports.models.commendation import CommendationRule
from reports.models.consolidated import (
    ConsolidatedReport,
    ConsolidatedSource,
    ConsolidatedStep,
    ConsolidatedText,
    DocumentStatus,
)
from reports.models.deadlines import DeadlineRule, Extension, Holiday
from reports.models.figures import Activity, Indicator, IndicatorValue
from reports.models.record import Draft, HelperConfirmation, Photo, ReportStep, Submission
from reports.models.reminders import Reminder, Tone
from reports.models.report import (
    EDITABLE,
    HANDED_IN,
    ON_TIME,
    MonthlyReport,
    ReportContent,
    Status,
    ZeroReason,
)
from reports.models.targets import IndicatorTarget

__all__ = [
    "EDITABLE",
    "HANDED_IN",
    "ON_TIME",
    "Activity",
    "CommendationRule",
    "ConsolidatedReport",
    "ConsolidatedSource",
    "ConsolidatedStep",
    "ConsolidatedText",
    "DeadlineRule",
    "DocumentStatus",
    "Draft",
    "Extension",
    "HelperConfirmation",
    "Holiday",
    "Indicator",
    "IndicatorTarget",
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

"""The steps of a monthly report, and the hand-in, which alone changes its live rows."""

from reports.workflow.filing import ALREADY_FILED, file_for
from reports.workflow.hand_in import KeyConflictError, hand_in, obstacle
from reports.workflow.steps import (
    ACCEPT,
    AMEND,
    FILE,
    REOPEN,
    RETURN,
    REVIEW_STEPS,
    STEPS,
    SUBMIT,
    not_begun,
    open_steps,
    report_for,
    review,
)

__all__ = [
    "ACCEPT",
    "ALREADY_FILED",
    "AMEND",
    "FILE",
    "REOPEN",
    "RETURN",
    "REVIEW_STEPS",
    "STEPS",
    "SUBMIT",
    "KeyConflictError",
    "file_for",
    "hand_in",
    "not_begun",
    "obstacle",
    "open_steps",
    "report_for",
    "review",
]

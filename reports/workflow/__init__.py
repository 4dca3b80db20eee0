"""The steps of a monthly report, and the hand-in, which alone changes its live rows."""

from reports.workflow.hand_in import KeyConflictError, hand_in, obstacle
from reports.workflow.steps import (
    ACCEPT,
    AMEND,
    REOPEN,
    RETURN,
    REVIEW_STEPS,
    STEPS,
    SUBMIT,
    open_steps,
    report_for,
    review,
)

__all__ = [
    "ACCEPT",
    "AMEND",
    "REOPEN",
    "RETURN",
    "REVIEW_STEPS",
    "STEPS",
    "SUBMIT",
    "KeyConflictError",
    "hand_in",
    "obstacle",
    "open_steps",
    "report_for",
    "review",
]

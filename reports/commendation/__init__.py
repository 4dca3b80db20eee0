"""Units to commend, by rules that everybody can read, each with its figures and its evidence.

There is no score: units stand in the order of how many of the chosen rules they meet, and among
equals in the official order. Only units and counts, never persons.
"""

from reports.commendation.listing import Finding, Line, criteria_text, draft_lines, shortlist
from reports.commendation.rules import (
    BY_CODE,
    RULES,
    Rule,
    Setting,
    Span,
    settings_of,
    span_of,
    write_settings,
)

__all__ = [
    "BY_CODE",
    "RULES",
    "Finding",
    "Line",
    "Rule",
    "Setting",
    "Span",
    "criteria_text",
    "draft_lines",
    "settings_of",
    "shortlist",
    "span_of",
    "write_settings",
]

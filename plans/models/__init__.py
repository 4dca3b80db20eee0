"""Plans: the text as a tree, and what grew from it."""

from plans.models.contents import Assignment, ContentItem, LegalBasis, NamedUnit, Recipient, Task
from plans.models.plan import Plan, PlanNode, PlanStep, Status

__all__ = [
    "Assignment",
    "ContentItem",
    "LegalBasis",
    "NamedUnit",
    "Plan",
    "PlanNode",
    "PlanStep",
    "Recipient",
    "Status",
    "Task",
]

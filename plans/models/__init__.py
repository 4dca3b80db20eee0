"""Plans: the text as a tree, and what grew from it."""

from plans.models.contents import ContentItem, NamedUnit
from plans.models.parts import LegalBasis, PlanPart, Recipient, Target
from plans.models.plan import Plan, PlanNode, PlanStep, Status
from plans.models.register import LegalInstrument
from plans.models.revision import Revision
from plans.models.tasks import Assignment, Task, TaskFile
from plans.models.templates import TemplateKind, WordTemplate

__all__ = [
    "Assignment",
    "ContentItem",
    "LegalBasis",
    "LegalInstrument",
    "NamedUnit",
    "Plan",
    "PlanNode",
    "PlanPart",
    "PlanStep",
    "Recipient",
    "Revision",
    "Status",
    "Target",
    "Task",
    "TaskFile",
    "TemplateKind",
    "WordTemplate",
]

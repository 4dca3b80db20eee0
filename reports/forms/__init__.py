"""What is typed: the screens of the secretary, the hand-in, the buttons of the reviewer."""

from reports.forms.deadlines import ExceptionForm, ExceptionsForm, HolidayForm, RuleForm
from reports.forms.screens import (
    PART_FORMS,
    ContentsForm,
    CountsForm,
    DifficultiesForm,
    PartForm,
    Reading,
    ResultForm,
    as_typed,
    read,
)
from reports.forms.steps import HandInForm, ReviewForm, SeenForm, ZeroForm

__all__ = [
    "PART_FORMS",
    "ContentsForm",
    "CountsForm",
    "DifficultiesForm",
    "ExceptionForm",
    "ExceptionsForm",
    "HandInForm",
    "HolidayForm",
    "PartForm",
    "Reading",
    "ResultForm",
    "ReviewForm",
    "RuleForm",
    "SeenForm",
    "ZeroForm",
    "as_typed",
    "read",
]

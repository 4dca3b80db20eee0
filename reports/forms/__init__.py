"""What is typed: the screens of the secretary, the hand-in, the buttons of the reviewer."""

from reports.forms.base import PartForm, typed_part
from reports.forms.counts import ConfirmedForm, CountsForm, carried, figure_as_typed
from reports.forms.deadlines import ExceptionForm, ExceptionsForm, HolidayForm, RuleForm
from reports.forms.happenings import ADD, DROP, HappeningsForm
from reports.forms.received import ReceivedForm
from reports.forms.screens import (
    BESIDE,
    PART_FORMS,
    ContentsForm,
    DifficultiesForm,
    Reading,
    ResultForm,
    as_typed,
    collect,
    read,
)
from reports.forms.steps import FilingForm, HandInForm, ReviewForm, SeenForm, ZeroForm

__all__ = [
    "ADD",
    "BESIDE",
    "DROP",
    "PART_FORMS",
    "ConfirmedForm",
    "ContentsForm",
    "CountsForm",
    "DifficultiesForm",
    "ExceptionForm",
    "ExceptionsForm",
    "FilingForm",
    "HandInForm",
    "HappeningsForm",
    "HolidayForm",
    "PartForm",
    "Reading",
    "ReceivedForm",
    "ResultForm",
    "ReviewForm",
    "RuleForm",
    "SeenForm",
    "ZeroForm",
    "as_typed",
    "carried",
    "collect",
    "figure_as_typed",
    "read",
    "typed_part",
]

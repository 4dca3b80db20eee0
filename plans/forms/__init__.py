"""The forms of the office: a file to read, a reading to check, an end to change."""

from plans.forms.additions import AdditionsForm
from plans.forms.end import EndForm, TitlesForm
from plans.forms.head import HeadForm
from plans.forms.names import NameForm
from plans.forms.progress import ProgressForm
from plans.forms.register import InstrumentForm, InstrumentSearchForm
from plans.forms.revision import RevisionForm
from plans.forms.rows import BasisForm, ItemForm, RecipientForm, RowForm, TargetForm, TaskForm
from plans.forms.upload import UploadForm

__all__ = [
    "AdditionsForm",
    "BasisForm",
    "EndForm",
    "HeadForm",
    "InstrumentForm",
    "InstrumentSearchForm",
    "ItemForm",
    "NameForm",
    "ProgressForm",
    "RecipientForm",
    "RevisionForm",
    "RowForm",
    "TargetForm",
    "TaskForm",
    "TitlesForm",
    "UploadForm",
]

"""SQL that is built once a process, and writes that go to the database together.

For the few paths that many people take in the same minute: the sign-in of every request and the
hand-in of a report. There the building of the SQL costs several times what its execution does.
The questions stay ordinary querysets, the rows ordinary models. See
``docs/decisions/0009-the-hand-in-in-few-messages.md``.
"""

from core.statements.questions import Given, Question, Row, columns, relate, row_of, width
from core.statements.writes import Writes

__all__ = ["Given", "Question", "Row", "Writes", "columns", "relate", "row_of", "width"]

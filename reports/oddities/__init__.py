"""What is odd about a report, in one sentence each, for whoever reviews it (DOMAIN §C.3).

The order of the queue follows from the remarks alone: every rule is a sentence that the reviewer
can read (:data:`RULES`), and there is no score behind it.
"""

from __future__ import annotations

from collections.abc import Iterable

from reports.models import MonthlyReport
from reports.oddities.evidence import Evidence, gather
from reports.oddities.remarks import RULES, Remark, Weight, weight_of
from reports.oddities.rules import remarks_on

__all__ = ["RULES", "Evidence", "Remark", "Weight", "gather", "oddities", "weight_of"]


def oddities(
    reports: Iterable[MonthlyReport], evidence: Evidence | None = None
) -> dict[int, list[Remark]]:
    """The remarks on each of ``reports``, by key, the weightiest first.

    ``evidence`` is what :func:`gather` read for them, if somebody did; it is read here else.
    """
    reports = list(reports)
    evidence = evidence or gather(reports)
    return {report.pk: remarks_on(report, evidence) for report in reports}

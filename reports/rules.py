"""Who may act on a report. The roles and their reach are in :mod:`units.permissions`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from reports.models import MonthlyReport, Submission

VIEW = "reports.view_monthlyreport"
SUBMIT = "reports.submit_monthlyreport"
REVIEW = "reports.review_monthlyreport"


def may_submit(user: Any, report: MonthlyReport) -> bool:
    """The secretary of the unit itself."""
    return user.has_perm(SUBMIT, report)


def may_review(
    user: Any, report: MonthlyReport, submissions: Collection[Submission] | None = None
) -> bool:
    """From strictly above, and never what one handed in at any time, whatever other role one has.

    ``submissions`` are all of the report's, where they were read before.
    """
    if not user.has_perm(REVIEW, report):
        return False
    if submissions is not None:
        return all(one.by_id != user.pk for one in submissions)
    return not report.submissions.filter(by=user).exists()


def may_key_in(user: Any, report: MonthlyReport) -> bool:
    """From strictly above: what came on paper or by Zalo becomes the draft, and no more than that."""
    return user.has_perm(REVIEW, report)


def may_file_for(user: Any, report: MonthlyReport) -> bool:
    """From strictly above, what the secretary dictated by telephone.

    Whoever files is among those who handed in, so :func:`may_review` refuses them ever after.
    """
    return user.has_perm(REVIEW, report)

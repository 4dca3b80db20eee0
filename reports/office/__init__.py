"""The office's pages on reports."""

from reports.office import deadlines
from reports.office.detail import report_page, report_step
from reports.office.months import grid_page, totals_page
from reports.office.queue import queue_page
from reports.office.today import month_meters, today_items

__all__ = [
    "deadlines",
    "grid_page",
    "month_meters",
    "queue_page",
    "report_page",
    "report_step",
    "today_items",
    "totals_page",
]

"""The office's pages on reports."""

from reports.office import deadlines
from reports.office.blank_forms import VIEW_LINKS, blank_forms_page
from reports.office.burden import VIEW_INDICATORS, burden_page
from reports.office.cell import cell_page
from reports.office.commend import commend_page, commend_settings
from reports.office.coverage import coverage_content, coverage_page
from reports.office.detail import report_page, report_step
from reports.office.filing import file_page
from reports.office.helped import report_helper
from reports.office.months import grid_page, totals_page
from reports.office.photos import report_photo
from reports.office.pivot import PIVOT_PAGES
from reports.office.queue import queue_page
from reports.office.receive import receive_page
from reports.office.reminders import reminder_letter, reminder_page
from reports.office.sample import sample_page
from reports.office.tables import grid_table, queue_table, totals_table
from reports.office.today import month_meters, today_items
from reports.office.twice import twice_decide, twice_page, twice_unlink
from reports.office.waiting import SLUGS as GROUPS
from reports.office.word import report_word

__all__ = [
    "GROUPS",
    "PIVOT_PAGES",
    "VIEW_INDICATORS",
    "VIEW_LINKS",
    "blank_forms_page",
    "burden_page",
    "cell_page",
    "commend_page",
    "commend_settings",
    "coverage_content",
    "coverage_page",
    "deadlines",
    "file_page",
    "grid_page",
    "grid_table",
    "month_meters",
    "queue_page",
    "queue_table",
    "receive_page",
    "reminder_letter",
    "reminder_page",
    "report_helper",
    "report_page",
    "report_photo",
    "report_step",
    "report_word",
    "sample_page",
    "today_items",
    "totals_page",
    "totals_table",
    "twice_decide",
    "twice_page",
    "twice_unlink",
]

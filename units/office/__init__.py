"""The office's pages on units, and what office pages of every app share about wards."""

from units.office.change_pages import STEPS, changes_page, step_page
from units.office.handover_page import hand_over_page
from units.office.import_pages import export_page, import_page, import_undo, imports_page
from units.office.link_lists import give_missing, list_page, print_page, renew_unused
from units.office.link_page import link_page, link_step
from units.office.owned import WardOwnedAdmin
from units.office.saved import change_filter, save_filter, saved_page
from units.office.today import today_items

__all__ = [
    "STEPS",
    "WardOwnedAdmin",
    "change_filter",
    "changes_page",
    "export_page",
    "give_missing",
    "hand_over_page",
    "import_page",
    "import_undo",
    "imports_page",
    "link_page",
    "link_step",
    "list_page",
    "print_page",
    "renew_unused",
    "save_filter",
    "saved_page",
    "step_page",
    "today_items",
]

"""The office's pages on units, and what office pages of every app share about wards."""

from units.office.link_lists import give_missing, list_page, print_page, renew_unused
from units.office.link_page import link_page, link_step
from units.office.owned import WardOwnedAdmin
from units.office.saved import change_filter, save_filter, saved_page
from units.office.today import today_items

__all__ = [
    "WardOwnedAdmin",
    "change_filter",
    "give_missing",
    "link_page",
    "link_step",
    "list_page",
    "print_page",
    "renew_unused",
    "save_filter",
    "saved_page",
    "today_items",
]

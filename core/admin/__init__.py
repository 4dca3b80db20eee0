"""The office: Django's admin site with our own pages in the same navigation."""

from core.admin.importing import undo_page, write_page
from core.admin.parts import OfficePage, TodayItem, TodayMeter
from core.admin.rows import OfficeInline, OfficeModelAdmin, ScopedChoicesMixin, add_filters
from core.admin.site import ENTER, OfficeSite, office_render

__all__ = [
    "ENTER",
    "OfficeInline",
    "OfficeModelAdmin",
    "OfficePage",
    "OfficeSite",
    "ScopedChoicesMixin",
    "TodayItem",
    "TodayMeter",
    "add_filters",
    "office_render",
    "undo_page",
    "write_page",
]

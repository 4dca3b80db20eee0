"""The office's two pages on opinions. No list of notes is registered: lists search and export."""

from django.contrib import admin

from core.admin import OfficePage
from opinions import office, rules

admin.site.add_pages(
    OfficePage(
        route="y-kien/",
        name="opinion_notes",
        view=office.notes_page,
        policy=rules.VIEW,
        section="reports",
        label="Ý kiến dư luận",
        order=50,
    ),
    OfficePage(
        route="y-kien/mo-muc/",
        name="opinion_setting",
        view=office.setting_page,
        policy=rules.DECIDE,
        section="system",
        label="Mục ý kiến dư luận",
        order=60,
    ),
)

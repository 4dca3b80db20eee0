"""Pages of the whole office, which belong to no app."""

from django.contrib import admin

from core.admin import ENTER, OfficePage, find, presence

admin.site.add_pages(
    OfficePage(
        route="tim/",
        name="find",
        view=find.find_page,
        policy=ENTER,
        section="today",
    ),
    OfficePage(
        route="dang-mo/",
        name="form_open",
        view=presence.note_page,
        policy=ENTER,
        section="today",
    ),
)

"""Tells the office of these pages; read once, from the app's ``admin.py``."""

from __future__ import annotations

from django.contrib import admin

from core.finding import add_sources
from core.history.pages import add_histories
from outreach.content import approving, coverage, finding, history, kinds
from outreach.content.office import lists  # noqa: F401  they register themselves
from outreach.content.office.pages import PAGES
from outreach.content.office.today import today_items
from plans import standing

admin.site.add_pages(*PAGES)
admin.site.add_today(today_items)
add_sources(*finding.SOURCES)
add_histories(*(history.history_of(kind) for kind in kinds.every()))
approving.register_all()
for kind in kinds.every():
    standing.count_with(coverage.counter_of(kind.model), noun=kind.model.noun)

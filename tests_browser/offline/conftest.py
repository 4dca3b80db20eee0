"""A cell that owes a month, and its telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from reports.tests.factories import IndicatorFactory, content_item, owing_unit, secretary
from tests_browser.offline.phone import NO_SYNC, month
from tests_browser.people import TELEPHONE, sign_in
from units import demonstration
from units.tests.factories import WardFactory


@pytest.fixture
def unit():
    """A cell that owes this month alone, with one content, one count and a secretary."""
    ward = WardFactory(name="Phường Tân An")
    unit = owing_unit(ward, name="Chi bộ Tổ dân phố số 12")
    unit.duties.update(starts_on=month())
    IndicatorFactory(owner=ward)
    content_item(ward)
    user = secretary(unit)
    user.set_password(demonstration.PASSWORD)
    user.save()
    return unit


@pytest.fixture
def pick_up(open_page, unit):
    """Take a phone in the hand, signed in, on the first page; ``script`` runs before the pages'."""

    def picked_up(script=NO_SYNC):
        page = open_page(TELEPHONE, has_touch=True, is_mobile=True)
        page.context.add_init_script(script)
        sign_in(page, secretary(unit).username)
        expect(page.locator("a.button--primary")).to_be_visible()
        return page

    return picked_up

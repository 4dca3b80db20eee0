"""The addresses of the office's pages on units, with the action that each asks for."""

from __future__ import annotations

from core.admin import ENTER, OfficePage
from units import office
from units.models import UnitChange

VIEW_IMPORT, ADD_IMPORT = "units.view_unitimport", "units.add_unitimport"
VIEW_LINK, CHANGE_LINK = "units.view_unitlink", "units.change_unitlink"
PAGES: tuple[OfficePage, ...] = (
    OfficePage(
        route="don-vi/the/",
        name="unit_links",
        view=office.list_page,
        policy=VIEW_LINK,
        section="units",
        label="Thẻ và điện thoại",
        order=35,
    ),
    *(
        OfficePage(route=route, name=name, view=view, policy=action, section="units")
        for route, name, view, action in (
            ("don-vi/the/in/", "unit_cards", office.print_page, VIEW_LINK),
            ("don-vi/the/phat/", "unit_links_give", office.give_missing, CHANGE_LINK),
            ("don-vi/the/ma-pin/", "unit_links_renew", office.renew_unused, CHANGE_LINK),
            ("don-vi/<int:pk>/the/", "unit_link", office.link_page, VIEW_LINK),
            ("don-vi/<int:pk>/the/buoc/", "unit_link_step", office.link_step, CHANGE_LINK),
        )
    ),
    OfficePage(
        route="don-vi/thay-doi/",
        name="unit_changes",
        view=office.changes_page,
        policy="units.view_unit",
        section="units",
        label="Thay đổi đơn vị",
        order=15,
    ),
    *(
        OfficePage(
            route=f"don-vi/thay-doi/{tail}/",
            name=f"unit_{kind}",
            view=office.step_page(kind),
            policy="units.add_unit" if kind == UnitChange.Kind.OPEN else "units.change_unit",
            section="units",
        )
        for kind, tail, _, _ in office.STEPS
    ),
    OfficePage(
        route="don-vi/<int:pk>/ban-giao/",
        name="unit_hand_over",
        view=office.hand_over_page,
        policy="units.hand_over_unit",
        section="units",
    ),
    OfficePage(
        route="don-vi/nhap/",
        name="unit_imports",
        view=office.imports_page,
        policy=ADD_IMPORT,
        section="units",
        label="Nhập, xuất Excel",
        order=16,
    ),
    *(
        OfficePage(route=route, name=name, view=view, policy=action, section="units")
        for route, name, view, action in (
            ("don-vi/nhap/<int:pk>/", "unit_import", office.import_page, ADD_IMPORT),
            ("don-vi/nhap/<int:pk>/bo/", "unit_import_undo", office.import_undo, ADD_IMPORT),
            ("don-vi/xuat/", "unit_export", office.export_page, VIEW_IMPORT),
        )
    ),
    *(
        OfficePage(route=f"bo-loc/{tail}", name=name, view=view, policy=ENTER, section="today")
        for tail, name, view in (
            ("", "saved_filters", office.saved_page),
            ("luu/", "saved_filter_add", office.save_filter),
            ("doi/", "saved_filter_change", office.change_filter),
        )
    ),
)

"""Lists of the office: kept filters, and tables of exactly what is on the screen."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.contrib import admin
from django.http import QueryDict
from django.urls import reverse

from campaign_portal.tests.world import build_people, build_place
from core.admin import OfficeModelAdmin, seen
from core.lists import list_of, pairs_of
from core.models import ExportLog
from plans.tests.factories import PlanFactory
from products.models import Product
from products.tests.factories import CategoryFactory, ProductFactory
from reports.models import MonthlyReport
from units.models import ReportingDuty, Role, SavedFilter, Unit
from units.tests.factories import MembershipFactory, UnitFactory, WardFactory, member

pytestmark = pytest.mark.django_db
UNITS = "/quan-tri/units/unit/"
ADMINS = {
    f"{model._meta.app_label}_{model._meta.model_name}": model_admin
    for model, model_admin in admin.site._registry.items()
    if isinstance(model_admin, OfficeModelAdmin)
}
FORMULAS = [
    "=1+1",
    "+84912345678",
    "-2+3",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x","y")',
    "\t=1+1",
    "=DDE(1)",
    '=IMPORTXML("http://x")',
]


@pytest.fixture
def ward():
    with time_machine.travel("2026-11-28 09:00+07:00", tick=False):
        yield WardFactory()


@pytest.fixture
def officer(client, ward):
    user = member(Role.ADMINISTRATOR, ward)
    client.force_login(user)
    return user


def _sheet(response):
    assert response.status_code == 200
    return openpyxl.load_workbook(BytesIO(_read(response))).active


def _read(response):
    """All of it, and its file closed; closing the response would close the database too."""
    if not response.streaming:
        return response.content
    content = response.getvalue()
    for close in response._resource_closers:
        close()
    return content


def _rows(response):
    """The rows below name, moment and header."""
    return [list(row) for row in _sheet(response).iter_rows(min_row=4, values_only=True)]


# -- Tables -------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(ADMINS))
def test_table_has_as_many_rows_as_the_screen(client, name):
    place = build_place()
    build_place(place.ward)
    build_place()
    people = build_people(place)
    client.force_login(people["administrator"])
    screen = client.get(reverse(f"admin:{name}_changelist")).context["cl"]

    rows = _rows(client.post(reverse(f"admin:{name}_export")))

    assert (len(rows), len(rows) > 0) == (screen.result_count, True)
    log = ExportLog.objects.order_by("-pk").first()
    assert (log.user, log.row_count) == (people["administrator"], screen.result_count)


def test_table_keeps_filter_search_order_and_takes_all_pages(client, ward, officer):
    for number in range(60):
        UnitFactory(parent=ward, name=f"Chi bộ số {number}", code=f"K{number:02}")
    UnitFactory(parent=ward, name="Tổ dân phố", kind=Unit.Kind.RESIDENTIAL_GROUP)
    query = "?kind__exact=residential_cell&q=chi+bo&o=-3"
    screen = client.get(UNITS + query).context["cl"]

    rows = _rows(client.post(f"{UNITS}xuat/{query}"))

    shown = list(screen.queryset.values_list("name", flat=True))
    assert (screen.result_count, [row[0] for row in rows]) == (60, shown)
    assert rows[0][1] == "chi bộ tổ dân phố"


def test_columns_are_those_of_the_screen(client, ward, officer):
    UnitFactory(parent=ward)
    screen = client.get(UNITS).context["cl"]

    sheet = _sheet(client.post(f"{UNITS}xuat/"))

    head = [cell.value for cell in sheet[3]]
    assert head == ["Tên", "Loại", "Mã", "Hoạt động từ ngày", "Thôi hoạt động từ ngày"]
    assert len(head) == len(screen.list_display) - (screen.list_display[0] == "action_checkbox")
    assert sheet["D4"].value == dt.datetime(2020, 1, 1)


@pytest.mark.parametrize("text", FORMULAS)
def test_text_is_never_a_formula(client, ward, officer, text):
    ProductFactory(owner=ward, category=CategoryFactory(owner=ward), name=text)

    sheet = _sheet(client.post("/quan-tri/products/product/xuat/"))

    (cell,) = [cell for row in sheet.iter_rows(min_row=4) for cell in row if cell.value == text]
    assert (cell.data_type, cell.hyperlink) == ("s", None)


def test_control_characters_and_pictures_are_left_out(client, ward, officer):
    product = ProductFactory(owner=ward, category=CategoryFactory(owner=ward))
    Product.objects.filter(pk=product.pk).update(name="Gốm\x01\x0b Bát\ufffe Tràng")

    sheet = _sheet(client.post("/quan-tri/products/product/xuat/"))

    assert sheet["A3"].value == "Tên hàng"
    assert [cell.value for cell in sheet[4]][:4] == [
        "Gốm Bát Tràng",
        product.category.name,
        product.place,
        "Đang đăng",
    ]


def test_telephones_are_only_in_the_table_of_those_who_keep_accounts(client, ward):
    url = "/quan-tri/accounts/user/xuat/"
    answers = {}
    for role in (Role.ADMINISTRATOR, Role.OFFICE, Role.EDITOR, Role.LEADER, Role.AUDITOR):
        client.force_login(member(role, ward))
        response = client.post(url)
        answers[role.value] = response.status_code
        _read(response)

    assert answers == {
        "administrator": 200,
        "office": 200,
        "editor": 403,
        "leader": 403,
        "auditor": 403,
    }


def test_reading_alone_makes_no_table_and_no_log(client, ward, officer):
    assert (client.get(f"{UNITS}xuat/").status_code, ExportLog.objects.count()) == (405, 0)


def test_column_that_no_filter_offers_is_not_asked(client, ward, officer):
    response = client.post("/quan-tri/accounts/user/xuat/?password__startswith=md5")

    assert (response.status_code, ExportLog.objects.count()) == (400, 0)


def test_log_is_read_in_the_own_ward_alone(client, ward, officer):
    _read(client.post(f"{UNITS}xuat/?q=chi"))
    far = WardFactory()
    ExportLog.objects.create(
        user=member(Role.OFFICE, far), name="Lạ", row_count=1, wards=f",{far.path},"
    )

    client.force_login(member(Role.LEADER, ward))
    lines = client.get("/quan-tri/core/exportlog/").context["cl"].result_list

    assert [(line.user, line.name, line.query) for line in lines] == [(officer, "Đơn vị", "q=chi")]


def test_log_tells_a_ward_nothing_of_what_its_officer_took_from_another(client, ward, officer):
    """Who serves two wards: a table of the other is not told here, of both without its filter."""
    far = WardFactory()
    member(Role.OFFICE, far, user=officer)
    for address in (
        reverse("admin:task_list", query={"phuong": ward.pk, "tim": "an"}),
        reverse("admin:task_list", query={"phuong": far.pk, "tim": "be"}),
        f"{UNITS}xuat/?q=chi",
    ):
        _read(client.post(address))
    told = {}
    for place in (ward, far):
        client.force_login(member(Role.LEADER, place))
        page = client.get("/quan-tri/core/exportlog/")
        html = page.content.decode()
        words = ("tim=an", "tim=be", "q=chi", "gồm cả phường khác")
        told[place] = [line.wards for line in page.context["cl"].result_list]
        told[place] += [text for text in words if text in html]

    both = f",{ward.path},{far.path},"
    assert told == {
        ward: [both, f",{ward.path},", "tim=an", "gồm cả phường khác"],
        far: [both, f",{far.path},", "tim=be", "gồm cả phường khác"],
    }


def test_table_of_many_rows_asks_as_few_queries(
    client, ward, officer, django_assert_max_num_queries
):
    counts = []
    for count in (5, 100):
        for _ in range(count):
            UnitFactory(parent=ward)
        # session, person, units, count, log
        with django_assert_max_num_queries(8):
            counts.append(len(_rows(client.post(f"{UNITS}xuat/"))))

    assert counts == [6, 106]


def test_own_lists_give_the_rows_of_their_screens(client):
    place = build_place()
    build_place()
    client.force_login(build_people(place)["office"])
    screens = {}
    for url, count in (
        ("/quan-tri/bao-cao/theo-thang/", lambda context: len(context["grid"].rows)),
        ("/quan-tri/bao-cao/cho-xem/", lambda context: context["page"].paginator.count),
        ("/quan-tri/bao-cao/tong-hop/?thang=2026-03", lambda context: len(context["totals"])),
        ("/quan-tri/ke-hoach/", lambda context: context["page"].paginator.count),
        ("/quan-tri/can-cu/?status=in_force", lambda context: context["page"].paginator.count),
        ("/quan-tri/can-cu/?status=expired", lambda context: context["page"].paginator.count),
    ):
        screens[url] = count(client.get(url).context)
        path, _, query = url.partition("?")
        rows = _rows(client.post(f"{path}xuat/?{query}"))
        assert (url, len([row for row in rows if any(row)])) == (url, screens[url])

    assert [bool(count) for count in screens.values()] == [True, True, False, True, True, False]


def test_cells_of_the_grid_say_what_the_screen_says(client):
    place = build_place()
    client.force_login(build_people(place)["office"])
    (row,) = client.get("/quan-tri/bao-cao/theo-thang/").context["grid"].rows

    (cells,) = _rows(client.post("/quan-tri/bao-cao/theo-thang/xuat/"))

    assert cells == [row.unit.name, *(cell.label for cell in row.cells)]


# -- Kept filters -------------------------------------------------------------


def _keep(client, query="kind__exact=residential_cell", name="Chi bộ", key="units.unit", role=""):
    data = {"list": key, "query": query, "name": name, "role": role}
    return client.post("/quan-tri/bo-loc/luu/", data)


def _links(client, url=UNITS):
    page = client.get(url)
    return _chips(page)


def _chips(page):
    for context in page.context:
        found = context.dicts if hasattr(context, "dicts") else [context]
        for one in found:
            if "links" in one and "told" in one:
                return one
    raise AssertionError("The page has no kept filters.")


def test_filter_is_kept_and_shown_above_the_list(client, ward, officer):
    response = _keep(client)

    links = {link["name"]: link for link in _links(client, response.url)["links"]}
    assert (response.url, links["Chi bộ"]["is_current"]) == (
        f"{UNITS}?kind__exact=residential_cell",
        True,
    )


@pytest.mark.parametrize(
    ("key", "name", "kept", "junk"),
    [
        ("plan_list", "plan_list", "tim=85&trang-thai=confirmed", "&trang-thai2=x&owner=1"),
        ("task_list", "task_list", "tinh-trang=qua-han&kieu=bang", "&tinh-trang2=x&plan=1"),
        ("coverage", "coverage", "so-thang=24", "&den=2026-03&thang=x"),
    ],
)
def test_filter_of_plans_tasks_and_coverage_is_kept(client, ward, officer, key, name, kept, junk):
    answer = _keep(client, kept + junk, name="Của tôi", key=key)

    page = client.get(answer.url)

    assert (answer.status_code, answer.url) == (302, f"{reverse(f'admin:{name}')}?{kept}")
    links = [(link["name"], link["is_current"]) for link in _chips(page)["links"]]
    assert links == [("Của tôi", True)]
    assert _keep(client, "tinh-trang=x&so-thang=7&trang-thai=x", key=key).status_code == 422


def test_plans_are_filtered_on_the_screen_and_in_the_table(client, ward, officer):
    for code, status in (("85-KH/ĐU", "confirmed"), ("12-KH/ĐU", "proposed")):
        PlanFactory(owner=ward, code=code, status=status)
    found = {}
    for query in ("tim=85+kh+du", "trang-thai=proposed", "tim=khong-co", "trang-thai=x"):
        url = f"{reverse('admin:plan_list')}?{query}"
        shown = [plan.code for plan, _ in client.get(url).context["rows"]]
        rows = _rows(client.post(f"{reverse('admin:plan_list_export')}?{query}"))
        assert [row[0] for row in rows if any(row)] == shown
        found[query] = shown

    assert found == {
        "tim=85+kh+du": ["85-KH/ĐU"],
        "trang-thai=proposed": ["12-KH/ĐU"],
        "tim=khong-co": [],
        "trang-thai=x": ["12-KH/ĐU", "85-KH/ĐU"],
    }


@pytest.mark.parametrize(
    "query",
    [
        "password=x",
        "kind__exact=no_such_kind",
        "memberships__user=1",
        "p=2",
        "o=drop+table",
        "_popup=1",
        "",
        "e=1",
    ],
)
def test_only_what_the_list_takes_is_kept(client, ward, officer, query):
    refused = _keep(client, query)
    kept = _keep(client, f"q=chi&{query}")

    assert (refused.status_code, kept.status_code) == (422, 302)
    assert SavedFilter.objects.get().params == [["q", "chi"]]


def test_name_is_needed_and_taken_once_and_what_was_typed_stays(client, ward, officer):
    nameless = _keep(client, name=" ")
    _keep(client)
    again = _keep(client)

    assert [nameless.status_code, again.status_code] == [422, 422]
    assert "Đồng chí đã có bộ lọc mang tên này" in again.content.decode()
    assert 'value="Chi bộ"' in again.content.decode()


def test_filter_of_a_list_that_one_may_not_open_is_refused(client, ward):
    client.force_login(member(Role.EDITOR, ward))

    answers = [
        _keep(client, "is_active__exact=1", key="accounts.user").status_code,
        _keep(client, key="no.list").status_code,
        _keep(client, key="auth.group").status_code,
    ]

    assert answers == [403, 422, 422]


def test_shared_filter_is_shown_to_the_role_in_the_ward_alone(client, ward, officer):
    _keep(client, role=Role.LEADER)
    seen = {}
    for name, user in (
        ("leader", member(Role.LEADER, ward)),
        ("editor", member(Role.EDITOR, ward)),
        ("leader elsewhere", member(Role.LEADER, WardFactory())),
    ):
        client.force_login(user)
        seen[name] = "Chi bộ" in [link["name"] for link in _links(client)["links"]]

    assert seen == {"leader": True, "editor": False, "leader elsewhere": False}


def test_shared_filter_widens_nothing(client, ward, officer):
    inside = UnitFactory(parent=ward)
    _keep(client, role=Role.LEADER)
    there = WardFactory()
    MembershipFactory(user=(leader := member(Role.LEADER, there)), unit=ward, role=Role.LEADER)
    leader.memberships.filter(unit=ward).update(ends_on=dt.date(2021, 1, 1))
    UnitFactory(parent=there)
    client.force_login(leader)

    page = client.get(f"{UNITS}?kind__exact=residential_cell")

    assert inside not in page.context["cl"].result_list
    assert "Chi bộ" not in [link["name"] for link in _chips(page)["links"]]


def test_condition_that_no_longer_holds_is_left_out_with_a_sentence(client, ward, officer):
    kept = SavedFilter.objects.create(
        user=officer,
        ward=ward,
        list_key="units.unit",
        name="Cũ",
        params=[["kind__exact", "gone"], ["q", "chi"]],
    )
    link = next(one for one in _links(client)["links"] if one["name"] == "Cũ")

    page = client.get(link["url"])

    assert link["url"] == f"{UNITS}?q=chi&bo-loc={kept.pk}"
    assert (page.status_code, _chips(page)["told"]) == (200, ["Cũ"])
    assert page.context["cl"].query == "chi"


def test_kind_of_goods_that_is_gone_is_left_out(client, ward, officer):
    foreign = CategoryFactory()
    own = CategoryFactory(owner=ward)

    of_list = list_of("products.product")
    request = type("Request", (), {"user": officer, "GET": QueryDict()})()
    kept, dropped = of_list.split(
        request,
        [("category__id__exact", str(own.pk)), ("category__id__exact", str(foreign.pk))],
    )

    assert (len(kept), len(dropped), kept[0][1]) == (1, 1, str(own.pk))


def _change(client, kept, **data):
    sent = {"pk": kept.pk, "seen_version": kept.version, "name": kept.name, "role": "", **data}
    return client.post("/quan-tri/bo-loc/doi/", sent)


def test_own_filter_is_renamed_shared_moved_and_dropped(client, ward, officer):
    _keep(client, name="Một")
    _keep(client, name="Hai")
    one, two = SavedFilter.objects.order_by("position")

    _change(client, two, up="1")
    order = list(SavedFilter.objects.values_list("name", flat=True))
    one.refresh_from_db()
    _change(client, one, name="Ba", role=Role.OFFICE)
    one.refresh_from_db()
    _change(client, one, drop="1")

    assert (order, one.name, one.role) == (["Hai", "Một"], "Ba", "office")
    assert list(SavedFilter.objects.values_list("name", flat=True)) == ["Hai"]


def test_filter_changed_in_another_window_is_told(client, ward, officer):
    _keep(client)
    kept = SavedFilter.objects.get()
    SavedFilter.objects.update(version=5)

    answers = [
        _change(client, kept, name="Ba").status_code,
        _change(client, kept, drop="1").status_code,
    ]

    assert (answers, SavedFilter.objects.get().name) == ([409, 409], "Chi bộ")


def test_filter_of_another_person_is_missing(client, ward, officer):
    _keep(client, role=Role.OFFICE)
    kept = SavedFilter.objects.get()
    client.force_login(member(Role.OFFICE, ward))

    answers = [
        _change(client, kept, drop="1").status_code,
        _change(client, kept, name="x").status_code,
    ]

    assert (answers, SavedFilter.objects.count()) == ([404, 404], 1)


def test_list_with_many_filters_asks_one_query_more(
    client, ward, officer, django_assert_num_queries
):
    client.get(UNITS)
    for count in (1, 3):
        for number in range(count):
            _keep(client, name=f"{count} {number}")
        client.get(UNITS)  # tells what was done, once
        with django_assert_num_queries(5):
            client.get(UNITS)


def test_same_address_twice_is_kept_once():
    assert pairs_of("a=1&a=2&b=&c=3") == [("a", "2"), ("c", "3")]


# -- The ready ones -----------------------------------------------------------


def _report(unit, month, **values):
    values = {"status": "submitted", "submitted_at": None, **values}
    at = values.pop("submitted_at") or dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)
    by = member(Role.SECRETARY, unit)
    return MonthlyReport.objects.create(
        unit=unit,
        ward=unit.ward,
        month=month,
        first_submitted_at=at,
        submitted_at=at,
        submitted_by=by,
        due_on=values.pop("due_on", dt.date(2026, 12, 31)),
        **values,
    )


def _shown(client, name, url):
    link = next(one for one in _links(client, url)["links"] if one["name"] == name)
    return set(client.get(link["url"]).context["cl"].result_list)


@pytest.fixture
def cells(ward):
    made = [UnitFactory(parent=ward) for _ in range(4)]
    for cell in made:
        ReportingDuty.objects.create(unit=cell, starts_on=dt.date(2026, 1, 1))
    return made


NOVEMBER, OCTOBER, SEPTEMBER = (dt.date(2026, month, 1) for month in (11, 10, 9))
ZERO = {"is_zero": True, "zero_reason": "not_planned"}


def test_reports_that_wait_for_more_than_three_days(client, officer, cells):
    long = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    waiting = _report(cells[0], NOVEMBER, submitted_at=long)
    _report(cells[1], NOVEMBER)
    _report(cells[2], NOVEMBER, submitted_at=long, status="accepted")

    url = "/quan-tri/reports/monthlyreport/"
    assert _shown(client, "Chờ xem quá 3 ngày", url) == {waiting}


def test_reports_that_came_late_this_month(client, officer, cells):
    due = dt.date(2026, 11, 26)
    late = _report(cells[0], NOVEMBER, due_on=due)
    _report(cells[1], NOVEMBER)
    _report(cells[2], NOVEMBER, due_on=due, excused_until=dt.date(2026, 11, 30))
    _report(cells[3], OCTOBER, due_on=dt.date(2026, 10, 25))

    url = "/quan-tri/reports/monthlyreport/"
    assert _shown(client, "Nộp muộn tháng này", url) == {late}


def test_units_that_lack_this_month(client, officer, cells):
    _report(cells[0], NOVEMBER)
    _report(cells[1], NOVEMBER, status="returned")

    assert _shown(client, "Chưa nộp tháng này", UNITS) == set(cells[1:])


def test_units_with_nothing_in_two_months_running(client, officer, cells):
    for month in (NOVEMBER, OCTOBER):
        _report(cells[0], month, **ZERO)
    for month in (OCTOBER, SEPTEMBER):
        _report(cells[1], month, **ZERO)
    _report(cells[2], NOVEMBER, **ZERO)
    for month in (OCTOBER, SEPTEMBER):
        _report(cells[3], month, **ZERO)
    _report(cells[3], NOVEMBER)

    assert _shown(client, "Không phát sinh 2 tháng liền", UNITS) == set(cells[:2])


def test_units_without_a_secretary(client, officer, cells):
    member(Role.SECRETARY, cells[0])
    MembershipFactory(unit=cells[1], role=Role.SECRETARY, user__is_active=False)
    MembershipFactory(unit=cells[2], role=Role.SECRETARY, ends_on=dt.date(2026, 11, 1))
    cells[3].closed_on = dt.date(2026, 11, 1)
    cells[3].save()

    assert _shown(client, "Đơn vị không có bí thư", UNITS) == set(cells[1:3])


def test_goods_not_checked_for_a_year(client, ward, officer):
    kind = CategoryFactory(owner=ward)
    goods = [
        ProductFactory(owner=ward, category=kind, checked_on=day)
        for day in (dt.date(2025, 11, 1), dt.date(2026, 11, 1), None)
    ]
    ProductFactory(owner=ward, category=kind, status="draft", checked_on=None)

    url = "/quan-tri/products/product/"
    assert _shown(client, "Quá 12 tháng chưa kiểm tra lại", url) == {goods[0], goods[2]}


@pytest.mark.parametrize("count", [50, 150])
def test_lists_ask_at_most_fifteen_queries(client, ward, count, django_assert_max_num_queries):
    for _ in range(count):
        cell = UnitFactory(parent=ward)
        ReportingDuty.objects.create(unit=cell, starts_on=dt.date(2026, 1, 1))
    client.force_login(member(Role.OFFICE, ward))
    urls = [
        UNITS,
        f"{UNITS}?bao-cao=chua-nop-thang-nay",
        f"{UNITS}?bao-cao=khong-phat-sinh-2-thang",
        f"{UNITS}?bi-thu=chua-co",
        "/quan-tri/reports/monthlyreport/?han=muon-thang-nay",
        "/quan-tri/bao-cao/theo-thang/",
        "/quan-tri/bao-cao/cho-xem/",
        "/quan-tri/can-cu/",
        "/quan-tri/bo-loc/",
    ]
    for url in urls:
        client.get(url)
        with django_assert_max_num_queries(15):
            assert client.get(url).status_code == 200


# -- Forms --------------------------------------------------------------------


@pytest.mark.parametrize("role", ["administrator", "office"])
@pytest.mark.parametrize("name", sorted(ADMINS))
def test_form_sent_back_as_it_came_meets_nobody(client, rf, name, role):
    """What a form says of its boxes when it is opened is what it finds when it comes back."""
    place = build_place()
    row = place.rows.get(ADMINS[name].model._meta.label_lower)
    user = build_people(place)[role]
    client.force_login(user)
    page = client.get(reverse(f"admin:{name}_change", args=[row.pk])) if row else None
    if page is None or not (page.context or {}).get("seen_token"):
        return  # only read, or opened elsewhere
    request = rf.get("/")
    request.user = user

    cells = ADMINS[name]._cells_now(request, row)

    told = seen.unsign(row, page.context["seen_token"])
    assert {key: cell.mark for key, cell in cells.items()} == told

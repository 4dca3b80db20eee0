import datetime as dt

import pytest
from django.urls import reverse

from reports import exceptions
from reports.models import DeadlineRule, Extension, Holiday
from reports.tests.factories import (
    MONTH,
    DeadlineRuleFactory,
    ExtensionFactory,
    HolidayFactory,
    hand_in,
    owing_unit,
)
from units.models import Role, UnitGroup
from units.tests.factories import WardFactory, member

PAGES = ("report_deadlines", "report_exceptions", "report_days_off")
FORMS = ("report_deadline_change", "report_exception_add", "report_day_off_add")
TODAY = dt.datetime(2026, 3, 26, 9, 0, tzinfo=dt.UTC)
RULE = {
    "starts_on": "4/2026",
    "month_offset": "0",
    "opens_day": "1",
    "due_day": "23",
    "grace_days": "2",
    "closes_after_days": "10",
    "data_from_day": "20",
    "shifts_to_working_day": "on",
}
STORM = {"when": "3/2026", "kind": "excused", "due_on": "30/3/2026", "reason": "Mưa bão"}


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(TODAY)


@pytest.fixture
def desk(client, sessions, reviewer):
    client.force_login(reviewer)
    return client


def page(response):
    return response.content.decode()


def send(desk, name, data, *args):
    return desk.post(reverse(f"admin:{name}", args=args), data)


def confirm(desk, name, data):
    """Preview, then save what was shown."""
    seen = send(desk, name, data | {"action": "xem"}).context["seen"]
    return send(desk, name, data | {"action": "luu", "seen": seen})


@pytest.mark.parametrize("name", PAGES + FORMS)
def test_deadline_pages_are_closed_to_others(client, ward, unit, reporter, name):
    address = reverse(f"admin:{name}")

    assert client.get(address).headers["Location"].startswith(reverse("account_login"))
    client.force_login(reporter)
    assert client.get(address).status_code == 403


def test_leader_reads_deadlines_and_sets_none(client, ward, unit):
    client.force_login(member(Role.LEADER, ward))

    statuses = [client.get(reverse(f"admin:{name}")).status_code for name in PAGES + FORMS]

    assert statuses == [200, 200, 200, 403, 403, 403]
    assert "Đổi quy định" not in page(client.get(reverse("admin:report_deadlines")))


def test_rows_of_another_ward_are_missing(desk):
    extension, holiday = ExtensionFactory(), HolidayFactory()

    assert (
        desk.get(reverse("admin:report_exception_change", args=[extension.pk])).status_code == 404
    )
    assert send(desk, "report_exception_withdraw", {}, extension.pk).status_code == 404
    assert send(desk, "report_day_off_remove", {}, holiday.pk).status_code == 404


def test_rule_is_said_back_before_it_is_kept(desk, ward):
    shown = send(desk, "report_deadline_change", RULE | {"action": "xem"})

    assert shown.context["sentence"] == (
        "Báo cáo tháng nào nộp trong tháng đó: mở ngày 1, hạn ngày 23, châm chước 2 ngày, khóa "
        "sau 10 ngày. Số liệu từ ngày 20 tháng trước đến ngày 19. Hạn rơi vào ngày nghỉ thì "
        "chuyển sang ngày làm việc kế tiếp."
    )
    assert len(shown.context["tables"]) == 6
    assert not DeadlineRule.objects.exists()


def test_rule_that_was_shown_is_kept(desk, ward):
    confirm(desk, "report_deadline_change", RULE)

    rule = DeadlineRule.objects.get()
    assert (rule.owner, rule.starts_on, rule.due_day) == (ward, dt.date(2026, 4, 1), 23)
    assert rule.shifts_to_working_day is True
    assert "đồng chí" in page(desk.get(reverse("admin:report_deadlines")))


def test_rule_other_than_the_shown_one_is_shown_first(desk, ward):
    seen = send(desk, "report_deadline_change", RULE | {"action": "xem"}).context["seen"]

    other = send(
        desk, "report_deadline_change", RULE | {"due_day": "22", "action": "luu", "seen": seen}
    )
    DeadlineRuleFactory(owner=ward)
    behind = send(desk, "report_deadline_change", RULE | {"action": "luu", "seen": seen})

    assert (other.status_code, behind.status_code) == (409, 409)
    assert DeadlineRule.objects.count() == 1


def test_rule_of_a_month_may_be_set_anew(desk, ward):
    DeadlineRuleFactory(owner=ward, starts_on=dt.date(2026, 4, 1))

    confirm(desk, "report_deadline_change", RULE)

    assert DeadlineRule.objects.get().due_day == 23
    assert DeadlineRule.history.count() == 2


def test_change_of_rule_leaves_the_due_day_of_reports(desk, unit):
    report = hand_in(unit)

    confirm(desk, "report_deadline_change", RULE | {"starts_on": "3/2026", "due_day": "20"})

    report.refresh_from_db()
    assert (report.due_on, report.is_late) == (dt.date(2026, 3, 25), False)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"closes_after_days": "1"}, "Ngày khóa phải sau những ngày châm chước."),
        (
            {"closes_after_days": "-3"},
            "Ngày này không thể trước hạn nộp, hãy nhập số ngày sau hạn.",
        ),
        ({"opens_day": "24"}, "Ngày mở phải trước hạn nộp hoặc cùng ngày."),
        ({"due_day": "32"}, "Số này không được lớn hơn 31, hãy kiểm tra rồi nhập lại."),
        ({"due_day": "0", "opens_day": "0"}, "Ngày trong tháng bắt đầu từ 1"),
        ({"due_day": ""}, "Chưa có số"),
        ({"starts_on": "2/2026"}, "Quy định mới chỉ áp dụng từ tháng 3/2026 trở đi."),
    ],
)
def test_rule_that_cannot_be_is_told(desk, typed, sentence):
    response = send(desk, "report_deadline_change", RULE | typed | {"action": "luu"})

    assert response.status_code == 422
    assert sentence in page(response)


@pytest.mark.parametrize("rule_count", [1, 3])
def test_deadline_page_takes_a_fixed_number_of_queries(
    desk, ward, rule_count, django_assert_num_queries
):
    for number in range(rule_count):
        DeadlineRuleFactory(owner=ward, starts_on=dt.date(2026, 1 + number, 1))

    desk.get(reverse("admin:report_deadlines"))
    # session, user, memberships, wards, rules, days off, changes, ward card
    with django_assert_num_queries(6):
        response = desk.get(reverse("admin:report_deadlines"))

    assert len(response.context["history"]) == rule_count


def test_one_area_is_excused_at_once_and_told_back(desk, ward):
    near = [owing_unit(ward, name=f"Chi bộ Tổ {n}") for n in (1, 2)]
    owing_unit(ward)
    area = UnitGroup.objects.create(owner=ward, name="Ven sông")
    area.members.set([near[0]])
    data = STORM | {"groups": [f"nhom-{area.pk}"], "units": [near[1].pk]}

    shown = send(desk, "report_exception_add", data | {"action": "xem"}).context["preview"]
    confirm(desk, "report_exception_add", data)

    assert [line["unit"] for line in shown["lines"]] == near
    assert shown["sentence"].startswith(
        "Hạn báo cáo tháng 3/2026 phường cho lùi từ 25/3/2026 sang 30/3/2026 (thứ Hai)."
    )
    assert sorted(Extension.objects.values_list("unit", "kind", "due_on")) == sorted(
        (unit.pk, "excused", dt.date(2026, 3, 30)) for unit in near
    )


def test_exception_other_than_the_shown_one_is_shown_first(desk, unit):
    data = STORM | {"units": [unit.pk]}
    seen = send(desk, "report_exception_add", data | {"action": "xem"}).context["seen"]
    ExtensionFactory(unit=unit)

    response = send(desk, "report_exception_add", data | {"action": "luu", "seen": seen})

    assert response.status_code == 409
    assert Extension.objects.get().kind == "requested"
    assert "thay cho: gia hạn theo đề nghị của đơn vị đến 28/3/2026" in page(response)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"due_on": "20/3/2026"}, "Hạn mới phải sau hạn chung là 25/3/2026."),
        ({"due_on": ""}, "Chưa có hạn mới"),
        ({"due_on": "30/3/2062"}, "hơn một năm, hãy xem lại năm."),
        ({"due_on": "26/3/2026", "kind": "requested", "when": "2/2026"}, ""),
        ({"due_on": "25/3/2026", "kind": "requested", "when": "2/2026"}, "Hạn mới đã qua."),
        ({"kind": ""}, "Đồng chí chọn một hình thức."),
        ({"reason": " "}, "Chưa có nội dung"),
        ({"units": []}, "Chưa chọn đơn vị nào."),
        ({"when": "8/2019"}, "đồng chí chọn lại."),
        ({"when": "x"}, "Chưa đọc được tháng này"),
    ],
)
def test_exception_that_cannot_be_is_told(desk, unit, typed, sentence):
    response = send(desk, "report_exception_add", STORM | {"units": [unit.pk]} | typed)

    assert response.status_code == (422 if sentence else 200)
    assert sentence in page(response)


def test_exempt_needs_no_due_day(desk, unit):
    confirm(desk, "report_exception_add", STORM | {"kind": "exempt", "units": [unit.pk]})

    assert list(Extension.objects.values_list("kind", "due_on")) == [("exempt", None)]


def test_month_that_nobody_owes_has_nobody_to_excuse(desk, ward):
    response = desk.get(reverse("admin:report_exception_add"))

    assert "Tháng này không có đơn vị nào phải báo cáo." in page(response)


def test_unit_and_month_of_the_address_are_filled_in(desk, unit):
    response = desk.get(f"{reverse('admin:report_exception_add')}?thang=2026-02&don-vi={unit.pk}")

    assert response.context["form"]["when"].value() == "2/2026"
    assert response.context["form"]["units"].value() == [str(unit.pk)]


def test_exception_is_changed_and_taken_back(desk, unit):
    row = ExtensionFactory(unit=unit)
    address = reverse("admin:report_exception_change", args=[row.pk])
    seen = desk.get(address).context["seen"]
    data = {"kind": "excused", "due_on": "31/3/2026", "reason": "Bão", "seen": seen}

    changed = desk.post(address, data)
    stale = desk.post(address, data)

    row.refresh_from_db()
    assert (changed.status_code, stale.status_code) == (302, 409)
    assert (row.kind, row.due_on) == ("excused", dt.date(2026, 3, 31))
    send(desk, "report_exception_withdraw", {"seen": seen}, row.pk)
    assert Extension.objects.exists()  # what was seen is not what stands
    send(desk, "report_exception_withdraw", {"seen": desk.get(address).context["seen"]}, row.pk)
    assert not Extension.objects.exists()


def test_second_press_on_withdrawing_is_told_that_it_is_done(desk, unit, reviewer):
    row = ExtensionFactory(unit=unit)
    address = reverse("admin:report_exception_change", args=[row.pk])
    seen = {"seen": desk.get(address).context["seen"]}

    send(desk, "report_exception_withdraw", seen, row.pk)
    second = desk.post(reverse("admin:report_exception_withdraw", args=[row.pk]), seen, follow=True)

    assert second.status_code == 200
    assert f"Gia hạn này {reviewer} đã bỏ lúc 16:00, 26/3/2026." in page(second)
    assert Extension.history.filter(history_type="-").count() == 1


def test_withdrawn_exception_may_be_granted_again_with_what_was_typed(desk, unit):
    row = ExtensionFactory(unit=unit)
    address = reverse("admin:report_exception_change", args=[row.pk])
    seen = desk.get(address).context["seen"]
    data = {"kind": "excused", "due_on": "31/3/2026", "reason": "Bão lớn", "seen": seen}
    send(desk, "report_exception_withdraw", {"seen": seen}, row.pk)

    told = desk.post(address, data)
    again = desk.post(address, data | {"seen": told.context["seen"]})

    assert (told.status_code, again.status_code) == (409, 302)
    assert "đã bỏ lúc" in page(told) and "Bão lớn" in page(told)
    assert Extension.objects.get().reason == "Bão lớn"


def test_exception_granted_in_place_of_a_withdrawn_one_is_shown(desk, unit):
    row = ExtensionFactory(unit=unit)
    exceptions.withdraw(row)
    other = ExtensionFactory(unit=unit, reason="Lý do khác")

    response = desk.get(reverse("admin:report_exception_change", args=[row.pk]))

    assert response.context["extension"] == other
    assert Extension.objects.get() == other


def test_withdrawn_exception_of_another_ward_is_missing(desk):
    foreign = ExtensionFactory(unit=owing_unit(WardFactory()))
    exceptions.withdraw(foreign)

    assert send(desk, "report_exception_withdraw", {}, foreign.pk).status_code == 404
    address = reverse("admin:report_exception_change", args=[foreign.pk])
    assert desk.get(address).status_code == 404


@pytest.mark.parametrize("unit_count", [1, 3])
def test_exceptions_take_a_fixed_number_of_queries(
    desk, ward, unit_count, django_assert_num_queries
):
    for _ in range(unit_count):
        ExtensionFactory(unit=owing_unit(ward))
    ExtensionFactory(unit=owing_unit(WardFactory()))

    desk.get(reverse("admin:report_exceptions"))
    # session, user, memberships, wards, rules, rows, reports, who granted them
    with django_assert_num_queries(7):
        response = desk.get(reverse("admin:report_exceptions"))

    assert len(response.context["lines"]) == unit_count


def test_ward_adds_a_day_off_and_hears_what_moves(desk, ward):
    DeadlineRuleFactory(owner=ward, due_day=1, shifts_to_working_day=True)
    data = {"first": "1/4/2026", "last": "2/4/2026", "name": "Hội làng", "is_working": ""}

    response = desk.post(reverse("admin:report_day_off_add"), data, follow=True)

    assert Holiday.objects.count() == 2
    assert "Hạn tháng 4/2026 chuyển từ 1/4/2026 sang 3/4/2026." in page(response)


def test_ward_works_on_a_holiday(desk, ward):
    data = {"first": "30/4/2026", "name": "Trực lễ", "is_working": "1"}

    send(desk, "report_day_off_add", data)
    shown = desk.get(reverse("admin:report_days_off"))

    assert Holiday.objects.get().is_working is True
    assert "Nhà nước nghỉ: Ngày Chiến thắng" in page(shown)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"first": "25/3/2026"}, "Ngày này đã qua."),
        ({"first": "28/3/2026"}, "Ngày 28/3/2026 vốn đã là ngày nghỉ: thứ Bảy."),
        ({"first": "30/3/2026", "is_working": "1"}, "Ngày 30/3/2026 vốn đã là ngày làm việc."),
        ({"last": "29/3/2026"}, "Ngày cuối phải sau ngày đầu."),
        ({"last": "30/6/2026"}, "Mỗi lần thêm nhiều nhất 31 ngày."),
        ({"first": "30/3/2062"}, "hãy xem lại năm."),
        ({"name": ""}, "Chưa có nội dung"),
    ],
)
def test_day_off_that_cannot_be_is_told(desk, typed, sentence):
    response = send(desk, "report_day_off_add", {"first": "30/3/2026", "name": "Hội làng"} | typed)

    assert response.status_code == 422
    assert sentence in page(response)


def test_day_that_has_passed_stays(desk, ward):
    past = HolidayFactory(owner=ward)
    coming = HolidayFactory(owner=ward, day=dt.date(2026, 3, 31))

    for row in (past, coming):
        send(desk, "report_day_off_remove", {}, row.pk)

    assert list(Holiday.objects.all()) == [past]


def test_second_press_on_removing_a_day_off_is_told_that_it_is_done(desk, ward):
    coming = HolidayFactory(owner=ward, day=dt.date(2026, 3, 31))
    foreign = HolidayFactory(owner=WardFactory(), day=dt.date(2026, 3, 31))
    foreign_pk = foreign.pk
    foreign.delete()
    address = reverse("admin:report_day_off_remove", args=[coming.pk])

    desk.post(address)
    second = desk.post(address, follow=True)

    assert "Ngày 31/3/2026 đã được bỏ từ trước." in page(second)
    assert send(desk, "report_day_off_remove", {}, foreign_pk).status_code == 404


@pytest.mark.parametrize("year", ["", "x", "1999", "2100", "2027", "²²²²"])
def test_any_year_in_the_address_gives_a_page(desk, year):
    assert desk.get(f"{reverse('admin:report_days_off')}?nam={year}").status_code == 200


def test_definitions_stand_where_the_rates_stand(desk, unit):
    text = page(desk.get(f"{reverse('admin:report_totals')}?thang={MONTH:%Y-%m}"))

    assert "Cách tính, trên 1 đơn vị phải báo cáo tháng 3/2026" in text
    assert "Tỷ lệ nộp = số đơn vị có báo cáo đang chờ xem hoặc đã tiếp nhận / số đơn vị" in text

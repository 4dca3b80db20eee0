"""Tasks: counted or by hand, parts, evidence, history, list and board."""

import datetime as dt
import io

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from core.models import ExportLog
from plans import progress, standing, tracking
from plans.models import Assignment, Task, TaskFile
from plans.tests.factories import ContentItemFactory, PlanFactory
from plans.tracking import How, Measure
from units.models import ReportingDuty, Role, UnitGroup
from units.tests.factories import OPENED, UnitFactory, WardFactory, member

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def plan(db):
    return PlanFactory(valid_to=None)


@pytest.fixture
def desk(client, plan):
    client.force_login(member(Role.OFFICE, plan.owner, user__full_name="Lê Văn An"))
    return client


@pytest.fixture
def counted(monkeypatch):
    """What a rule has counted, by the key of the task."""
    found = {}
    monkeypatch.setitem(tracking._measurers, "any", lambda ward, tasks, today: found)
    return found


@pytest.fixture
def sent(monkeypatch):
    """How many bulletins there are, by content and month; the sources of others are put away."""
    found = {}
    monkeypatch.setattr(standing, "_sources", {})
    standing.count_with(lambda ward, items, months: found, noun="bản tin")
    return found


def task(plan, number=1, **values):
    return Task.objects.create(plan=plan, position=number, text=f"Việc {number}.", **values)


def by_rule(plan, **values):
    return task(plan, rule="any", rule_item=ContentItemFactory(plan=plan), **values)


def stand(row):
    return tracking.standings(row.plan.owner, [row], TODAY)[row.pk]


def write(client, row, act="tien-do", **data):
    return client.post(
        reverse("admin:task_write", args=[row.pk]), {"viec": act, "seen_version": 1} | data
    )


def test_what_a_rule_counts_is_how_it_stands(plan, counted):
    row = by_rule(plan)
    counted[row.pk] = Measure(1, 4, "1/4 đơn vị")

    found = stand(row)

    assert (found.state, found.percent, found.how) == ("doing", 25, How.COUNTED)
    assert found.light.text == "Đang làm (1/4 đơn vị)"


@pytest.mark.parametrize(
    ("done", "of", "state", "percent"),
    [
        (0, 4, "todo", 0),
        (3, 4, "doing", 75),
        (4, 4, "done", 100),
        (9, 4, "done", 100),
        (0, 0, "todo", 0),
    ],
)
def test_measure_and_state_never_contradict(done, of, state, percent):
    measure = Measure(done, of, "")

    assert (measure.state, measure.percent) == (state, percent)


def test_hand_over_counted_needs_a_reason_and_is_shown_as_such(desk, plan, counted):
    row = by_rule(plan)
    counted[row.pk] = Measure(1, 4, "1/4 đơn vị")
    typed = {"state": "done", "evidence": "Biên bản số 3"}

    refused = write(desk, row, **typed)
    taken = write(desk, row, **typed, override_reason="Ba đơn vị sáp nhập")

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert "Cổng tính được: 1/4 đơn vị. Muốn ghi khác thì ghi rõ lý do." in refused.content.decode()
    assert "Biên bản số 3" in refused.content.decode()
    row.refresh_from_db()
    found = stand(row)
    assert (found.state, found.percent, found.how) == ("done", 100, How.OVERRIDDEN)
    shown = desk.get(reverse("admin:task", args=[row.pk])).content.decode()
    assert "Ghi tay, khác số cổng tính (1/4 đơn vị)" in shown
    assert "Ba đơn vị sáp nhập" in shown
    assert "Đồng chí Lê Văn An" in shown


def test_reason_goes_when_the_count_says_the_same(desk, plan, counted):
    row = by_rule(plan, state="done", evidence="x", percent=100, override_reason="Đã làm")
    counted[row.pk] = Measure(1, 4, "1/4")

    write(desk, row, state="doing", percent="60")

    row.refresh_from_db()
    assert (row.state, row.override_reason) == ("doing", "")
    assert (stand(row).percent, stand(row).how) == (25, How.COUNTED)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"state": "todo", "percent": "40"}, ("todo", 0)),
        ({"state": "doing", "percent": "40"}, ("doing", 40)),
        ({"state": "done", "percent": "40", "evidence": "Ảnh"}, ("done", 100)),
    ],
)
def test_percent_follows_the_state(desk, plan, typed, kept):
    row = task(plan)

    write(desk, row, **typed)

    row.refresh_from_db()
    assert (row.state, row.percent, row.version) == (*kept, 2)


def test_done_without_evidence_and_stale_are_told(desk, plan):
    row = task(plan)

    empty = write(desk, row, state="done")
    write(desk, row, state="doing", percent="10")
    stale = write(desk, row, state="doing", percent="90", evidence="Đang dở")

    assert (empty.status_code, stale.status_code) == (422, 409)
    assert "vừa có người khác sửa" in stale.content.decode()
    assert "Đang dở" in stale.content.decode()
    row.refresh_from_db()
    assert row.percent == 10


def test_single_task_makes_the_page_of_all_of_them_stale(desk, plan):
    row = task(plan)
    write(desk, row, state="doing", percent="10")

    answer = desk.post(
        reverse("admin:plan_progress", args=[plan.pk]),
        {f"state-{row.pk}": "todo", f"evidence-{row.pk}": "", "seen_version": 1},
    )

    assert answer.status_code == 409


@pytest.mark.parametrize(
    "values",
    [
        {"state": "todo", "percent": 5},
        {"state": "doing", "percent": 100},
        {"rule": "any"},
        {"rule": "count"},
    ],
)
def test_database_refuses_what_contradicts(plan, values):
    with pytest.raises(IntegrityError, match="task_"):
        task(plan, **values)


def test_whole_is_done_when_its_parts_are(desk, plan):
    row = task(plan)
    for number in (1, 2):
        write(desk, row, "viec-con", text=f"Phần {number}", due="30/11/2026", seen_version=number)
    first, second = Task.objects.filter(parent=row)
    assert (first.due, stand(row).how, stand(row).state) == (["2026-11-30"], How.PARTS, "todo")

    write(desk, first, state="done", evidence="Xong")
    assert stand(row).state == "doing"
    write(desk, second, state="done", evidence="Xong")

    assert (stand(row).state, stand(row).measure.words) == ("done", "2/2 việc con đã xong")


def test_part_has_no_parts(desk, plan):
    part = task(plan, 2, parent=task(plan))

    assert write(desk, part, "viec-con", text="Nhỏ hơn").status_code == 422


def test_rule_is_set_with_what_it_counts(desk, plan):
    row, item = task(plan), ContentItemFactory(plan=plan)
    foreign = ContentItemFactory()

    missing = write(desk, row, "cach-tinh", rule="all")
    other = write(desk, row, "cach-tinh", rule="all", rule_item=foreign.pk)
    write(desk, row, "cach-tinh", rule="all", rule_item=item.pk, rule_target="7")

    assert (missing.status_code, other.status_code) == (422, 422)
    row.refresh_from_db()
    assert (row.rule, row.rule_item, row.rule_target) == ("all", item, None)


def test_first_bulletin_of_the_content_is_enough(plan, sent):
    item = ContentItemFactory(plan=plan)
    row = task(plan, rule="out", rule_item=item)
    sent[item.pk] = {dt.date(2020, 1, 1): 9}
    before = stand(row)

    sent[item.pk] = {dt.date(2026, 10, 1): 1, dt.date(2026, 11, 1): 2}

    assert (before.state, before.measure.words) == ("todo", "chưa phát, chưa đăng lần nào")
    found = stand(row)
    assert (found.state, found.how, found.measure.words) == ("done", How.COUNTED, "3 bản tin")


def test_reports_are_no_bulletins(plan, sent):
    item = ContentItemFactory(plan=plan)
    row = task(plan, rule="out", rule_item=item)
    standing.count_with(lambda ward, items, months: {item.pk: {dt.date(2026, 11, 1): 5}})

    assert stand(row).state == "todo"


def test_rule_of_bulletins_is_offered_where_there_are_some(desk, plan, sent):
    row, item = task(plan), ContentItemFactory(plan=plan)

    write(desk, row, "cach-tinh", rule="out", rule_item=item.pk)

    row.refresh_from_db()
    assert (row.rule, row.rule_item) == ("out", item)
    standing._sources.clear()
    other = task(plan, 2)
    assert write(desk, other, "cach-tinh", rule="out", rule_item=item.pk).status_code == 422


@pytest.mark.parametrize(
    ("typed", "code"),
    [("15/12/26", "2026-12-15"), ("1-3-2027", "2027-03-01"), ("trước Đại hội", "trước Đại hội")],
)
def test_deadline_is_read_or_kept_in_words(desk, plan, typed, code):
    row = task(plan)

    write(desk, row, "sau-ro", due=typed)

    row.refresh_from_db()
    page = desk.get(reverse("admin:task", args=[row.pk])).content.decode()
    assert (row.due, "không đọc ra ngày" in page) == ([code], code == typed)


@pytest.mark.parametrize("act", ["sau-ro", "viec-con"])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("32/13/2026", "“32/13/2026”: Tháng chỉ có từ 1 đến 12"),
        ("30/11/2026; 31/2", "“31/2”: Tháng 2/2026 chỉ có từ ngày 1 đến ngày 28"),
    ],
)
@pytest.mark.usefixtures("time_machine_at")
def test_day_that_no_month_has_is_refused(desk, plan, act, typed, sentence):
    row = task(plan)

    response = write(desk, row, act, text="Phần 1", due=typed)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    row.refresh_from_db()
    assert (row.due, Task.objects.filter(parent=row).count()) == ([], 0)


def test_six_words_are_changed_and_the_history_says_who(desk, plan):
    row = task(plan)

    write(desk, row, "sau-ro", person="Đồng chí Hoa", due="quý IV/2026", deliverable="Báo cáo")

    row.refresh_from_db()
    assert (row.person, row.due, row.deliverable) == ("Đồng chí Hoa", ["2026-Q4"], "Báo cáo")
    line = desk.get(reverse("admin:task", args=[row.pk])).context["history"][0]
    assert line["by"].full_name == "Lê Văn An"
    assert line["changes"] == [
        ("rõ người", "Đồng chí Hoa"),
        ("rõ thời gian", "quý IV/2026"),
        ("rõ sản phẩm", "Báo cáo"),
    ]


def test_evidence_is_private_checked_and_removed_with_who(desk, plan, media, client):
    row = task(plan)
    write(desk, row, "tep", file=ContentFile("Biên bản họp.".encode(), name="bien-ban.txt"))
    refused = write(desk, row, "tep", file=ContentFile(b"MZ\x90\x00", name="bien-ban.pdf"))
    kept = TaskFile.objects.get()
    url = reverse("admin:task_file", args=[kept.pk])

    answer = desk.get(url)

    assert refused.status_code == 422
    assert answer.content.decode() == "Biên bản họp."
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    desk.post(reverse("admin:task_file_remove", args=[kept.pk]))
    kept.refresh_from_db()
    assert (kept.removed_by.full_name, desk.get(url).status_code) == ("Lê Văn An", 404)


def test_evidence_of_another_ward_is_missing(desk, media):
    other = task(PlanFactory(valid_to=None))
    kept = progress.add_file(
        other, ContentFile(b"a", name="a.txt"), actor=member(Role.OFFICE, other.plan.owner)
    )

    assert desk.get(reverse("admin:task_file", args=[kept.pk])).status_code == 404
    assert desk.get(reverse("admin:task", args=[other.pk])).status_code == 404
    assert write(desk, other, state="doing").status_code == 404


def test_leader_reads_and_writes_nothing(client, plan):
    row = task(plan)
    client.force_login(member(Role.LEADER, plan.owner))

    page = client.get(reverse("admin:task", args=[row.pk]))

    assert page.status_code == 200
    assert "Ghi tiến độ" not in page.content.decode()
    assert write(client, row, state="doing").status_code == 403


# -- All of them ----------------------------------------------------------------


def test_overdue_stand_first_then_soon_then_done_last(desk, plan, time_machine_at):
    done = task(plan, 1, state="done", evidence="x", percent=100, due=["2026-01"])
    later = task(plan, 2, due=["2027-03"])
    soon = task(plan, 3, due=["2026-11-30"])
    late = task(plan, 4, due=["2026-11-01"])
    always = task(plan, 5, due=["always"])

    page = desk.get(reverse("admin:task_list"))

    assert [line.task for line in page.context["page"]] == [late, soon, later, always, done]
    counts = {key: count for key, _, count, _ in page.context["states"]}
    assert counts == {
        "qua-han": 1, "sap-den-han": 1, "chua-lam": 4, "dang-lam": 0, "da-xong": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1, 2, 3]),
        ("?tinh-trang=dang-lam", [2]),
        ("?tim=viec 3", [3]),
        ("?tim=đồng chí hoa", [1]),
        ("?don-vi={unit}", [1, 2]),
        ("?don-vi=x&ke-hoach=x&tinh-trang=x&trang=x", [1, 2, 3]),
    ],
)
def test_list_is_filtered(desk, plan, query, numbers):
    ward = plan.owner
    unit = UnitFactory(parent=ward)
    ReportingDuty.objects.create(unit=unit, starts_on=OPENED)
    group = UnitGroup.objects.create(owner=ward, name="Các chi bộ", kinds=[unit.kind])
    rows = [task(plan, 1, person="Đồng chí Hoa"), task(plan, 2, state="doing"), task(plan, 3)]
    Assignment.objects.create(task=rows[0], unit=unit)
    Assignment.objects.create(task=rows[1], group=group)

    page = desk.get(reverse("admin:task_list") + query.format(unit=unit.pk))

    assert sorted(line.task.position for line in page.context["page"]) == numbers


def test_board_moves_by_form_and_asks_for_what_is_missing(desk, plan):
    row = task(plan)
    board = desk.get(reverse("admin:task_list") + "?kieu=bang")
    assert [len(column["lines"]) for column in board.context["columns"]] == [1, 0, 0]
    url = reverse("admin:task_move", args=[row.pk])

    moved = desk.post(url, {"sang": "doing", "seen_version": 1})
    refused = desk.post(url, {"sang": "done", "seen_version": 2})

    assert (moved.status_code, refused.status_code) == (302, 422)
    assert "ghi kết quả" in refused.content.decode()
    row.refresh_from_db()
    assert row.state == "doing"


def test_name_of_a_task_begins_with_a_capital_everywhere(desk, plan):
    row = task(plan, 1)
    Task.objects.filter(pk=row.pk).update(text="đăng tin, bài hằng tháng")
    table = desk.post(reverse("admin:task_list"))

    sheet = load_workbook(io.BytesIO(table.getvalue())).active
    pages = [
        desk.get(url).content.decode()
        for url in (
            reverse("admin:plan_detail", args=[plan.pk]),
            reverse("admin:task_list"),
            reverse("admin:task", args=[row.pk]),
        )
    ]

    assert sheet.cell(5, 2).value == "Đăng tin, bài hằng tháng"
    assert [">Đăng tin, bài hằng tháng" in page for page in pages] == [True, True, True]


def test_filter_says_on_its_button_what_is_filtered(desk, plan):
    task(plan, 1)
    unit = UnitFactory(parent=plan.owner, name="Chi bộ 7")
    url = reverse("admin:task_list", query={"ke-hoach": plan.pk, "don-vi": unit.pk, "tim": "tin"})

    page = desk.get(url)

    assert page.context["chosen_words"] == f"{plan}, Chi bộ 7, “tin”"
    assert f"Đang lọc: <b>{plan}, Chi bộ 7, “tin”</b>" in page.content.decode()
    assert "<summary>Lọc</summary>" in desk.get(reverse("admin:task_list")).content.decode()


def test_table_holds_what_is_shown(desk, plan):
    task(plan, 1, person="=1+1", due=["2026-11-30"])
    task(plan, 2, state="doing", percent=40)

    answer = desk.post(reverse("admin:task_list") + "?tinh-trang=chua-lam")

    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert (len(rows), ExportLog.objects.get().row_count) == (1, 1)
    assert rows[0][1:3] == ["Việc 1.", "=1+1"]
    assert rows[0][9:12] == ["chưa làm", 0, "ghi tay"]


@pytest.mark.parametrize("query", ["", "?kieu=bang", "?don-vi=1"])
def test_list_takes_a_fixed_number_of_queries(desk, plan, query):
    url, counts = reverse("admin:task_list") + query, []
    elsewhere = task(PlanFactory(valid_to=None, owner=WardFactory()), 77)
    for number in range(3):
        row = task(plan, number + 1)
        Assignment.objects.create(task=row, unit=UnitFactory(parent=plan.owner))
        desk.get(url)
        with CaptureQueriesContext(connection) as captured:
            page = desk.get(url).content.decode()
        counts.append(len(captured))
        assert elsewhere.text not in page

    assert len(set(counts)) == 1
    assert counts[0] <= 15


def test_task_page_takes_at_most_15_queries(desk, plan, media, django_assert_max_num_queries):
    row = by_rule(plan)
    for number in range(3):
        task(plan, number + 5, parent=row)
    url = reverse("admin:task", args=[row.pk])
    desk.get(url)

    with django_assert_max_num_queries(15):
        assert desk.get(url).status_code == 200


def test_task_of_a_proposal_is_missing(desk, plan):
    row = task(plan)
    type(plan).objects.update(status="proposed")

    assert desk.get(reverse("admin:task", args=[row.pk])).status_code == 404


@pytest.fixture
def time_machine_at():
    import time_machine

    with time_machine.travel(dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC), tick=False):
        yield

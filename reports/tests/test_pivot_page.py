"""The comparison page: its address, its sentences, its sheet, picture and reports behind."""

import io
import zipfile

import openpyxl
import pytest
from django.urls import reverse
from PIL import Image

from core.models import ExportLog
from core.text import Count
from outreach.models import Event
from reports.models import Activity, Indicator, MonthlyReport
from reports.tests.factories import (
    IndicatorFactory,
    answers,
    content_item,
    hand_in,
    owing_unit,
    secretary,
)
from units.models import Role, UnitGroup
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:report_pivot")
BEHIND = reverse("admin:report_pivot_reports")
NOW = "2026-04-10 08:00+07:00"
MARCH = {"tu": "2026-02", "den": "2026-03"}


@pytest.fixture
def office(client, ward, sessions, time_machine_at):
    time_machine_at(NOW)
    client.force_login(member(Role.OFFICE, ward))
    return client


@pytest.fixture
def reported(ward, sessions):
    """Two units of March with 1.234 and 0 sessions, one without a report."""
    units = [owing_unit(ward, name=f"Chi bộ Tổ dân phố số {n}") for n in (1, 2, 3)]
    for unit, value in zip(units, (1234, 0), strict=False):
        hand_in(unit, answers(counts={"sessions": Count(value)}, zero_reason=""))
    return units


def errors(response):
    return [text for texts in response.context["form"].errors.values() for text in texts]


def grid(response):
    """What the screen shows: the names and texts of every line."""
    table = response.context["table"]
    return [[row.head.name, *(cell.text for cell in row.all)] for row in table.lines]


def test_page_opens_with_units_and_months_of_the_year(office, reported):
    response = office.get(PAGE)

    table = response.context["table"]
    assert [head.name for head in table.columns] == ["1/2026", "2/2026", "3/2026", "4/2026"]
    assert grid(response) == [
        ["Chi bộ Tổ dân phố số 1", "–", "–", "1.234", "–", "1.234"],
        ["Chi bộ Tổ dân phố số 2", "–", "–", "0", "–", "0"],
        ["Chi bộ Tổ dân phố số 3", "–", "–", "–", "–", "–"],
        ["Toàn bộ", "–", "–", "1.234", "–", "1.234"],
    ]
    assert "chart__picture" in response.content.decode()


def test_address_is_the_whole_state(office, reported):
    query = {"so-lieu": "dung-han", "hang": "thang", "cot": "khong", **MARCH}

    response = office.get(PAGE, query)

    assert grid(response) == [
        ["2/2026", "0,0%"], ["3/2026", "66,7%"], ["Toàn bộ", "33,3%"],
    ]  # fmt: skip
    html = response.content.decode()
    assert 'value="dung-han" selected' in html
    assert 'value="3/2026"' in html


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"tu": "2026-03", "den": "2026-02"}, "Tháng đầu đứng sau tháng cuối"),
        ({"tu": "2015-01", "den": "2026-03"}, "nhiều nhất 60 tháng"),
        ({"tu": "2026-01", "den": "2027-05"}, "Tháng 5/2027 chưa đến kỳ; kỳ mới nhất là"),
        ({"tu": "x"}, "tháng"),
        ({"chi-tieu": "999999"}, "Phường không có chỉ tiêu này"),
        ({"chi-tieu": "x' OR 1"}, "Phường không có chỉ tiêu này"),
        ({"hang": "thang", "cot": "quy"}, "chia cùng một cách"),
        ({"hang": "don-vi", "cot": "nhom"}, "chia cùng một cách"),
        ({"hang": "lạ"}, "Lựa chọn này không có"),
        ({"nhom": "999"}, "Lựa chọn này không có"),
        ({"so-lieu": "dung-han", "hang": "chi-tieu"}, "không chia theo chỉ tiêu được"),
        ({"so-lieu": "so", "hang": "noi-dung"}, "không chia theo nội dung tuyên truyền được"),
    ],
)
def test_bad_question_has_its_sentence_and_no_table(office, reported, query, sentence):
    response = office.get(PAGE, query)

    assert response.status_code == 200
    assert any(sentence in text for text in errors(response)), errors(response)
    assert "table" not in response.context


def test_several_indicators_are_not_added_up(office, ward, reported, sessions):
    other = IndicatorFactory(owner=ward, code="leaflets", name="Tờ rơi")

    response = office.get(PAGE, {"chi-tieu": [sessions.pk, other.pk]})

    assert "không cộng với nhau" in errors(response)[0]


def test_indicator_of_another_ward_is_unknown(office, reported):
    foreign = IndicatorFactory(owner=WardFactory())

    assert "không có chỉ tiêu này" in errors(office.get(PAGE, {"chi-tieu": foreign.pk}))[0]


def test_table_that_is_too_wide_says_so(office, ward):
    for _ in range(61):
        owing_unit(ward)

    response = office.get(PAGE, {"hang": "thang", "cot": "don-vi"})

    assert "quá rộng để đọc" in errors(response)[0]


def test_months_without_reports_say_so(office, unit):
    response = office.get(PAGE, {"tu": "2026-01", "den": "2026-01"})

    assert "chưa có báo cáo nào cho số đó" in response.content.decode()
    assert "chart__picture" not in response.content.decode()


def test_ward_without_indicators_says_so(client, ward):
    client.force_login(member(Role.OFFICE, ward))

    assert "chưa có chỉ tiêu nào" in errors(client.get(PAGE))[0]


def test_sheet_is_what_the_screen_shows(office, reported):
    screen = office.get(PAGE, MARCH)
    response = office.post(PAGE, query_params=MARCH)

    file = io.BytesIO(b"".join(response.streaming_content))
    sheet = openpyxl.load_workbook(file).active
    lines = list(sheet.iter_rows(values_only=True))
    head = [line[0] for line in lines].index("Đơn vị")
    assert lines[0][0] == screen.context["title_of_table"]
    assert list(lines[head][1:]) == ["2/2026", "3/2026", "Cả kỳ"]
    shown = {"1.234": 1234, "0": 0, "–": None}
    assert [list(line) for line in lines[head + 1 :]] == [
        [name, *(shown[text] for text in texts)] for name, *texts in grid(screen)
    ]


def test_sheet_leaves_a_line_in_the_log_and_reading_does_not(office, ward, reported):
    screen = office.get(PAGE, MARCH)
    assert not ExportLog.objects.exists()

    b"".join(office.post(PAGE, query_params=MARCH).streaming_content)

    line = ExportLog.objects.get()
    assert (line.name, line.wards) == (screen.context["title_of_table"], f",{ward.path},")
    assert line.query == "tu=2026-02&den=2026-03"
    assert line.columns == "Đơn vị, 2/2026, 3/2026, Cả kỳ"
    assert line.row_count == len(screen.context["table"].lines)


def test_bad_question_gives_no_sheet_and_no_line(office, reported):
    response = office.post(PAGE, query_params=MARCH | {"hang": "thang", "cot": "thang"})

    assert errors(response)
    assert not ExportLog.objects.exists()


def test_rates_are_rates_in_the_sheet(office, reported):
    query = {"so-lieu": "dung-han", "hang": "thang", "cot": "khong", **MARCH}

    response = office.post(PAGE, query_params=query)

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    last = list(sheet.iter_rows())[-1]
    assert (last[1].value, last[1].number_format) == (pytest.approx(1 / 3), "0.0%")


def test_picture_is_for_word(office, reported):
    response = office.get(PAGE, MARCH | {"tai": "png"})

    picture = Image.open(io.BytesIO(response.content))
    assert (picture.format, picture.width) == ("PNG", 1890)
    assert "bieu-do-" in response.headers["Content-Disposition"]


def test_chart_that_is_longer_than_a_page_comes_in_parts(office, ward, reported):
    for _ in range(50):
        owing_unit(ward)

    response = office.get(PAGE, MARCH | {"cot": "khong", "tai": "png"})

    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert archive.namelist() == ["bieu-do-1.png", "bieu-do-2.png"]
    first = Image.open(io.BytesIO(archive.read("bieu-do-1.png"))).convert("L")
    bottom = first.crop((0, first.height - 40, first.width, first.height))
    assert bottom.getextrema()[0] < 100  # ink: the caption is the last line
    assert response.headers["Content-Disposition"].endswith('.zip"')


@pytest.mark.parametrize("kind", ["", "cot", "duong", "o-mau"])
@pytest.mark.parametrize(
    ("rows", "columns"),
    [("don-vi", "thang"), ("thang", "don-vi"), ("chi-tieu", "quy"), ("nhom", "chi-tieu"),
     ("nam", "khong"), ("don-vi", "khong")],
)  # fmt: skip
def test_every_chart_is_drawn(office, ward, reported, kind, rows, columns):
    UnitGroup.objects.create(owner=ward, name="Các chi bộ", kinds=["residential_cell"])

    response = office.get(PAGE, {"hang": rows, "cot": columns, "bieu-do": kind})

    assert response.context["drawing"].height > 0


def test_cell_opens_the_reports_behind_it(office, reported):
    one, _, none = reported

    response = office.get(BEHIND, MARCH | {"o": f"{one.pk}.tong"})

    assert [(report.unit, value.value) for report, value, _ in response.context["values"]] == [
        (one, 1234)
    ]
    assert one.name in response.context["words"]
    assert office.get(BEHIND, MARCH | {"o": f"{none.pk}.tong"}).context["values"] == []
    whole = office.get(BEHIND, MARCH | {"o": "tong.2026-03"})
    assert whole.context["page_obj"].paginator.count == 2


@pytest.fixture
def linked(ward, reported):
    """The two units that reported tell of one event, in one session each."""
    first = reported[0]
    event = Event.objects.create(
        owner=ward, title="Ngày hội", held_on="2026-03-12", created_by=secretary(first)
    )
    report = MonthlyReport.objects.get(unit=first)
    third = hand_in(reported[2], answers(counts={"sessions": Count(2)}))
    for one in (report, third):
        Activity.objects.create(
            report=one, indicator=Indicator.objects.get(owner=ward), title="Ngày hội",
            held_on="2026-03-12", event=event,
        )  # fmt: skip
    return reported


def test_page_and_sheet_say_what_was_taken_off(office, linked):
    screen = office.get(PAGE, MARCH)
    response = office.post(PAGE, query_params=MARCH)

    assert grid(screen)[-1] == ["Toàn bộ", "–", "1.235", "1.235"]
    html = screen.content.decode()
    assert html.count("đã trừ 1 tính hai lần") == 2
    assert "chỉ tính một lần trong các ô cộng nhiều đơn vị" in html
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[-1] == ("Toàn bộ (đã trừ 1 tính hai lần)", None, 1235, 1235)
    assert any("chỉ tính một lần" in str(line[0]) for line in lines[:4])


def test_reports_behind_a_total_say_which_one_counts_no_more(office, linked):
    total = office.get(BEHIND, MARCH | {"o": "tong.tong"})
    own = office.get(BEHIND, MARCH | {"o": f"{linked[2].pk}.tong"})

    assert {report.unit: taken for report, _, taken in total.context["values"]} == {
        linked[0]: 0, linked[1]: 0, linked[2]: 1,
    }  # fmt: skip
    assert "trừ 1 tính hai lần" in total.content.decode()
    assert "tính hai lần" not in own.content.decode()


@pytest.mark.parametrize("keys", ["999999.tong", "x.y", "tong.2020-01", "tong.x"])
def test_unknown_cell_is_missing(office, reported, keys):
    assert office.get(BEHIND, MARCH | {"o": keys}).status_code == 404


def test_reports_behind_a_bad_question_go_back_to_its_sentence(office, reported):
    response = office.get(BEHIND, {"tu": "2026-03", "den": "2026-02"})

    assert response.headers["Location"].startswith(PAGE)


def test_foreign_ward_is_missing(office, reported):
    other = WardFactory()

    assert office.get(PAGE, {"phuong": other.pk}).status_code == 404


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.EDITOR])
def test_staff_may_compare(client, ward, sessions, role):
    client.force_login(member(role, ward))

    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_page_has_a_fixed_number_of_queries(
    office, ward, count, django_assert_num_queries
):  # fmt: skip
    units = [owing_unit(ward) for _ in range(count)]
    for unit in units:
        hand_in(unit)
    hidden = owing_unit(WardFactory())
    office.get(PAGE)

    with django_assert_num_queries(QUERIES):
        response = office.get(PAGE)

    assert len(response.context["table"].rows) == count
    assert hidden.name not in [row.head.name for row in response.context["table"].rows]


@pytest.mark.parametrize(
    "query",
    [
        {"so-lieu": "so-bao-cao", "hang": "noi-dung", "cot": "nhom"},
        {"so-lieu": "so", "hang": "don-vi", "cot": "chi-tieu"},
        {"so-lieu": "noi-dung", "hang": "nhom", "cot": "quy"},
        {"so-lieu": "dung-han", "hang": "nhom", "cot": "thang"},
    ],
)
def test_no_question_takes_more_than_15_queries(
    office, ward, reported, query, django_assert_max_num_queries
):
    IndicatorFactory(owner=ward, code="models", roll_up="last")
    group = UnitGroup.objects.create(owner=ward, name="Các chi bộ")
    group.members.set(reported)
    content_item(ward)
    office.get(PAGE)

    with django_assert_max_num_queries(15):
        office.get(PAGE, query)


# session with person, wards, deadline rules, days off, indicators, groups, units with what they
# became, values, events told of, the ward's card; the members of groups where there are any
QUERIES = 10

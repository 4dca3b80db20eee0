import datetime as dt

import pytest

from reports import deadlines
from reports.days_off import DaysOff
from reports.models import DeadlineRule
from reports.periods import dates_of

NOVEMBER = dt.date(2026, 11, 1)
PLAIN = DaysOff()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (
            {"grace_days": 2, "closes_after_days": 10, "shifts_to_working_day": True},
            "Báo cáo tháng nào nộp trong tháng đó: mở ngày 1, hạn ngày 25, châm chước 2 ngày, "
            "khóa sau 10 ngày. Số liệu từ ngày 20 tháng trước đến ngày 19. "
            "Hạn rơi vào ngày nghỉ thì chuyển sang ngày làm việc kế tiếp.",
        ),
        (
            {"month_offset": 1, "due_day": 5, "data_from_day": 1},
            "Báo cáo tháng nào nộp trong tháng sau: mở ngày 1, hạn ngày 5, không châm chước, "
            "không khóa, nộp muộn lúc nào cũng nhận. Số liệu trọn tháng. "
            "Hạn rơi vào ngày nghỉ thì vẫn giữ nguyên.",
        ),
        (
            {"due_day": 31, "closes_after_days": 0},
            "Báo cáo tháng nào nộp trong tháng đó: mở ngày 1, hạn ngày 31 (tháng không có ngày "
            "này thì ngày cuối tháng), không châm chước, khóa ngay khi hết hạn. "
            "Số liệu từ ngày 20 tháng trước đến ngày 19. "
            "Hạn rơi vào ngày nghỉ thì vẫn giữ nguyên.",
        ),
    ],
)
def test_rule_is_said_back(days, words):
    assert deadlines.rule_sentence(DeadlineRule(**days)) == words


def test_days_of_a_month_are_said():
    rule = DeadlineRule(grace_days=2, closes_after_days=10, shifts_to_working_day=True)

    assert deadlines.period_sentence(dates_of(rule, dt.date(2026, 10, 1), PLAIN), PLAIN) == (
        "Báo cáo tháng 10/2026: mở 1/10, hạn 26/10 (thứ Hai; dời từ 25/10 là Chủ nhật), "
        "châm chước đến hết 28/10, khóa sau ngày 5/11, số liệu từ 20/9 đến 19/10."
    )


def test_due_day_that_stays_on_a_day_off_is_said():
    period = dates_of(DeadlineRule(due_day=24), NOVEMBER)

    assert "hạn 24/11 (thứ Ba, là ngày nghỉ: Ngày Văn hóa Việt Nam)" in deadlines.period_sentence(
        period, PLAIN
    )


def test_calendar_marks_each_day_with_a_sign():
    rule = DeadlineRule(starts_on=NOVEMBER, grace_days=1, closes_after_days=10)
    plan = deadlines.planner([rule], PLAIN)

    tables = deadlines.month_tables(plan, PLAIN, NOVEMBER, 2)

    marked = {
        cell.day: "".join(mark.sign for mark in cell.marks)
        for table in tables
        for week in table.weeks
        for cell in week
        if cell and cell.marks and cell.day.weekday() < 5
    }
    assert (
        marked
        == {
            dt.date(2026, 11, 24): "×",
            dt.date(2026, 11, 25): "◆",
            dt.date(2026, 11, 26): "◇",
            dt.date(2026, 12, 1): "▷",
            dt.date(2026, 12, 25): "◆",
        }
        | {}
    )


def test_calendar_shows_closing_days_of_earlier_months():
    rule = DeadlineRule(starts_on=dt.date(2026, 10, 1), closes_after_days=15)

    (table,) = deadlines.month_tables(deadlines.planner([rule], PLAIN), PLAIN, NOVEMBER, 1)

    closing = [
        c.day for week in table.weeks for c in week if c and "■" in {m.sign for m in c.marks}
    ]
    assert closing == [dt.date(2026, 11, 9)]
    assert [day.why_off for day in table.holidays] == ["Ngày Văn hóa Việt Nam"]


def test_rules_in_turn_each_hold_their_months():
    old = DeadlineRule(starts_on=dt.date(2026, 1, 1), due_day=20)
    new = DeadlineRule(starts_on=dt.date(2026, 12, 1), due_day=22)
    before, after = deadlines.planner([old], PLAIN), deadlines.planner([new, old], PLAIN)

    assert (after(NOVEMBER).due_on.day, after(dt.date(2026, 12, 1)).due_on.day) == (20, 22)
    assert deadlines.moved_days(before, after, NOVEMBER)[0] == (
        "Hạn tháng 12/2026 chuyển từ 20/12/2026 sang 22/12/2026."
    )

"""The questions of ``make run EMPTY=1``."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from campaign_portal import setup
from campaign_portal.management.commands import prepare
from units import demonstration as units_demonstration
from units.tests.factories import UnitFactory, WardFactory, card


@pytest.mark.parametrize(
    ("check", "answer"),
    [
        (setup.check_ward, "  "),
        (setup.check_username, "Chị Hoa"),
        (setup.check_full_name, ""),
        (lambda text: setup.check_password(text, "quantri"), "ngan"),
    ],
)
def test_answer_that_cannot_be_used_is_refused_in_a_sentence(check, answer):
    with pytest.raises(ValueError, match=r"\.$"):
        check(answer)


def test_question_is_asked_again_until_the_answer_can_be_used():
    answers = iter(["", "Phường  Phương Liệt"])
    out = io.StringIO()

    ward = prepare.Command(stdout=out)._ask(lambda: setup.check_ward(next(answers)))

    assert ward == "Phường Phương Liệt"
    assert out.getvalue() == "  Hãy cho biết tên phường, ví dụ: Phường Phương Liệt.\n"


@pytest.mark.django_db
def test_empty_portal_without_keyboard_changes_nothing(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())

    with pytest.raises(CommandError, match=r"Không có bàn phím để hỏi\."):
        call_command("prepare", empty=True, stdout=io.StringIO())

    assert User.objects.count() == 0


@pytest.mark.django_db
def test_start_tells_how_to_come_in_as_a_phone():
    cell = UnitFactory(parent=WardFactory(), code="CB12", name="Chi bộ Tổ dân phố số 12")
    _, token = card(cell, units_demonstration.PIN)

    assert setup.demonstration_way_in("http://localhost:8000") == [
        "Vào như điện thoại của bí thư Chi bộ Tổ dân phố số 12, mã PIN 246813:",
        f"  http://localhost:8000/vao/{token}/",
    ]


@pytest.mark.django_db
def test_start_tells_nothing_after_the_pin_was_changed():
    cell = UnitFactory(parent=WardFactory(), code="CB12")
    card(cell)

    assert setup.demonstration_way_in("http://localhost:8000") == []


@pytest.mark.django_db
def test_demonstration_is_not_loaded_in_production(settings):
    settings.HTTPS = True

    with pytest.raises(CommandError, match=r"mật khẩu ai cũng biết"):
        call_command("prepare", stdout=io.StringIO())

    assert User.objects.count() == 0

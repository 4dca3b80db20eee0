"""What the scripts of the secretary's pages ask."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.urls import reverse

from reports.models import Draft, MonthlyReport, Status
from reports.tests.factories import MONTH, hand_in, owing_unit, report_in, secretary
from reports.views import live
from units.tests.factories import WardFactory

TODAY = dt.datetime(2026, 3, 22, 3, 32, tzinfo=dt.UTC)
SCREENS = ("contents", "counts", "result", "difficulties", "check")


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(TODAY)


@pytest.fixture
def phone(client, unit, sessions, reporter):
    client.force_login(reporter)
    return client


def url(name, unit, month=MONTH):
    return reverse(f"reports:{name}", args=[unit.pk, month])


def save(phone, unit, part="result", seen=0, month=MONTH, **boxes):
    typed = {f"{part}-{name}": text for name, text in boxes.items()}
    return phone.post(url("save", unit, month), {"part": part, "seen_version": seen, **typed})


def test_saving_keeps_the_screen_and_says_when(phone, unit):
    response = save(phone, unit, result="Đã làm.")

    answer = response.json()
    assert (response.status_code, answer["ok"], answer["valid"]) == (200, True, True)
    assert (answer["draft_version"], answer["saved_at"]) == (1, "10:32")
    assert answer["strip"]["detail"] == "Đã lưu ở phường lúc 10:32 ngày 22/3"
    assert Draft.objects.get().content == {"result": {"result": "Đã làm."}}
    assert answer["content"] == {"result": {"result": "Đã làm."}}


def test_saving_keeps_a_wrong_number_and_says_that_it_is_wrong(phone, unit):
    answer = save(phone, unit, "counts", sessions="1.5x").json()

    assert (answer["ok"], answer["valid"]) == (True, False)
    assert Draft.objects.get().content["counts"] == {"sessions": "1.5x"}


def test_saving_over_another_hand_is_told_with_both_texts(phone, unit):
    save(phone, unit, result="Máy một.")

    response = save(phone, unit, result="Máy hai.")

    answer = response.json()
    assert (response.status_code, answer["conflict"]) == (409, True)
    assert answer["mine"] == {"result": {"result": "Máy hai."}}
    assert answer["theirs"] == {"result": {"result": "Máy một."}}
    assert (answer["draft_version"], answer["url"]) == (1, url("result", unit))
    assert Draft.objects.get().content["result"]["result"] == "Máy một."


def test_same_text_again_is_no_conflict(phone, unit):
    save(phone, unit, result="Một câu.")

    response = save(phone, unit, result="Một câu.")

    assert (response.status_code, response.json()["draft_version"]) == (200, 1)


def test_saving_an_accepted_report_is_refused_in_words(phone, unit, reviewer):
    report_in(Status.ACCEPTED, unit, reviewer)

    response = save(phone, unit, result="Muộn rồi.")

    assert response.status_code == 422
    assert response.json()["sentence"].startswith("Phường đã tiếp nhận")


@pytest.mark.parametrize(
    ("part", "month", "words"),
    [
        ("photos", MONTH, "không có trong báo cáo"),
        ("result", dt.date(2026, 4, 1), "mở từ 1/4/2026"),
    ],
)
def test_saving_refuses_an_unknown_part_and_a_month_to_come(phone, unit, part, month, words):
    response = save(phone, unit, part, month=month, result="x")

    assert response.status_code == 422
    assert words in response.json()["sentence"]
    assert not MonthlyReport.objects.exists()


@pytest.mark.parametrize("name", ["save", "state"])
def test_another_unit_is_missing(phone, unit, name):
    other = owing_unit(WardFactory())

    assert phone.get(url("state", other)).status_code == 404
    assert save(phone, other).status_code == 404


def test_state_tells_a_script_all_that_a_page_knows(phone, unit):
    save(phone, unit, result="Đã làm.")

    answer = phone.get(url("state", unit)).json()

    assert (answer["seen_version"], answer["draft_version"], answer["status"]) == (1, 1, "draft")
    assert answer["content"] == {"result": {"result": "Đã làm."}}
    assert answer["screens"] == {name: url(name, unit) for name in SCREENS}
    assert (answer["send_url"], answer["receipt_url"]) == (url("send", unit), None)
    assert len(answer["csrf"]) == 64


def test_state_after_the_hand_in_knows_the_receipt(phone, unit):
    hand_in(unit)

    answer = phone.get(url("state", unit)).json()

    assert (answer["receipt_url"], answer["strip"]["state"]) == (url("receipt", unit), "ĐÃ NỘP")


def test_reading_the_state_writes_nothing(phone, unit):
    assert phone.get(url("state", unit)).json()["draft_version"] == 0
    assert MonthlyReport.objects.count() == 0


def test_phone_takes_the_check_page_blank_to_keep_it(phone, unit):
    assert phone.get(url("check", unit)).status_code == 302

    kept = phone.get(url("check", unit), headers={"X-Keep": "1"})

    assert kept.status_code == 200
    assert 'data-part="check"' in kept.content.decode()


def test_worker_is_public_and_has_a_policy_under_which_it_may_fetch(client):
    response = client.get(reverse("reports:worker"))

    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.headers["Service-Worker-Allowed"] == "/bao-cao/"
    assert response.headers["Cache-Control"] == "no-cache"
    assert "connect-src 'self'" in response.headers["Content-Security-Policy"]
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_worker_keeps_every_static_file_of_the_pages(phone, unit):
    hand_in(owing_unit(unit.ward))
    kept = set(
        re.findall(r'"(/static/[^"]+)"', phone.get(reverse("reports:worker")).content.decode())
    )
    paths = [reverse("reports:home"), *(url(name, unit) for name in SCREENS)]

    used = set()
    for path in paths:
        html = phone.get(path, headers={"X-Keep": "1"}).content.decode()
        used |= set(re.findall(r'(?:href|src)="(/static/[^"#]+)', html))

    assert used - kept == set()
    assert all(finders.find(one.removeprefix("/static/")) for one in kept)


def test_worker_changes_with_the_files(client, monkeypatch, tmp_path):
    before = live._digest()
    monkeypatch.setattr(live, "LOOK", live.LOOK[1:])

    assert live._digest() != before


def test_hashed_modules_load_each_other_by_hashed_names(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "core.static_files.StaticFilesStorage"},
    }

    call_command("collectstatic", verbosity=0, interactive=False)

    main = next((tmp_path / "js/bao-cao").glob("main.*.js")).read_text()
    loaded = re.findall(r'(?:from |import ?\(?)"(\./[^"]+)"', main)
    assert len(loaded) >= 8
    assert all(re.fullmatch(r"\./\w+\.[0-9a-f]{12}\.js", name) for name in loaded)
    assert all((tmp_path / "js/bao-cao" / name).exists() for name in loaded)
    assert "\n//" not in main


def test_scripts_of_a_screen_stay_small():
    """12 KB compressed on the screen with the most of them; no module beyond what one sees at once."""
    import gzip

    folder = Path(settings.BASE_DIR) / "static" / live.SCRIPTS
    shared = ("main", "buttons", "drafts", "send", "store", "strip", "form", "boxes")
    comment = re.compile(r"^\s*(?://|/\*\*).*\n", re.MULTILINE)

    def weight(*names):
        texts = [comment.sub("", (folder / f"{name}.js").read_text()) for name in (*shared, *names)]
        return sum(len(gzip.compress(text.encode(), 9)) for text in texts)

    assert max(weight("check", "uuid"), weight("home")) <= 12 * 1024
    assert max(len(path.read_text().splitlines()) for path in folder.glob("*.js")) <= 150


def test_two_secretaries_of_one_unit_share_the_state(phone, client, unit):
    save(phone, unit, result="Của đơn vị.")
    client.force_login(secretary(unit))

    assert client.get(url("state", unit)).json()["content"]["result"]["result"] == "Của đơn vị."

"""The disk or the database gives out under a secretary's hands: nothing typed is lost."""

import datetime as dt

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from reports.models import Draft
from reports.tests.factories import MONTH, owing_unit, secretary
from units.tests.factories import WardFactory

TODAY = dt.datetime(2026, 3, 22, 9, 0, tzinfo=dt.UTC)
TYPED = "Chi bộ họp ngày 20, 45 người dự. <b>Tốt</b>"
HERE = {"origin": "http://testserver"}


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at(TODAY)


@pytest.fixture
def phone(client, unit, sessions, reporter):
    client.raise_request_exception = False
    client.force_login(reporter)
    return client


def result_url(unit):
    return reverse("reports:result", args=[unit.pk, MONTH])


def type_result(client, unit, text=TYPED, **headers):
    data = {"result-result": text, "result": text, "seen_version": 0}
    return client.post(result_url(unit), data, headers=HERE | headers)


def lost(execute, sql, *args):
    if "reports_draft" in sql:
        raise OperationalError("server closed the connection unexpectedly")
    return execute(sql, *args)


@pytest.mark.django_db
def test_what_was_typed_stands_on_the_page_when_the_database_is_lost(phone, unit):
    phone.get(result_url(unit))

    with connection.execute_wrapper(lost):
        response = type_result(phone, unit)

    text = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "Phần vừa gửi chưa lưu được." in text
    assert "Chi bộ họp ngày 20, 45 người dự. &lt;b&gt;Tốt&lt;/b&gt;</pre>" in text
    assert f'action="{result_url(unit)}"' in text
    assert "tel:+842438000000" in text
    assert "Nội dung đã lưu ở phường vẫn còn." in text


@pytest.mark.django_db
def test_another_sites_text_is_not_offered_to_be_sent(phone, unit):
    with connection.execute_wrapper(lost):
        response = type_result(phone, unit, origin="https://la.example.com")

    assert "Chi bộ họp" not in response.content.decode()


@pytest.mark.django_db
def test_a_script_is_told_in_a_sentence(phone, unit):
    with connection.execute_wrapper(lost):
        response = type_result(phone, unit, accept="application/json")

    assert (response.status_code, response.json()["ok"]) == (503, False)


@pytest.mark.django_db(transaction=True)
def test_a_full_database_answers_507_and_takes_the_text_when_there_is_room(client):
    if connection.vendor != "sqlite":
        return  # a table space cannot be filled without being its owner
    unit = owing_unit(WardFactory())
    client.force_login(secretary(unit))
    client.raise_request_exception = False
    long = "ộộộộ " * 300  # six bytes a letter in the database
    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA max_page_count").fetchone()
        (free,) = cursor.execute("PRAGMA freelist_count").fetchone()
        cursor.execute("CREATE TABLE filler (a)")
        cursor.execute(f"INSERT INTO filler VALUES (zeroblob({(free + 1) * 4096}))")
        (now,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count={now}")
    try:
        full = type_result(client, unit, long)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count={usual}")
            cursor.execute("DROP TABLE filler")
    again = type_result(client, unit, long)

    assert full.status_code == 507
    assert long in full.content.decode()
    assert again.status_code == 302
    assert Draft.objects.count() == 1

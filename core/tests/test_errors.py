"""The pages for when something is wrong: they stand without the database and say whom to call."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.urls import reverse

from core import contact
from core.contact import Contact
from core.files import receiving
from units.tests.factories import WardFactory

PHONE = "tel:+842438000000"
OFFICE = Contact("", "+842438000000", "đồng chí Hoa")


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


def page(response):
    return response.content.decode()


def no_answer(execute, sql, *args):
    raise OperationalError("could not connect to server")


def test_a_missing_page_stands_without_the_database(visitor):
    response = visitor.get("/khong-co/")

    assert response.status_code == 404
    assert "Không tìm thấy trang này" in page(response)


@pytest.mark.parametrize("path", ["/khong-co/", "/", "/bao-cao/khong-co/"])
def test_every_error_page_tells_the_number_that_was_read_before(visitor, path):
    contact.remember(1, OFFICE)

    assert PHONE in page(visitor.get(path))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/khong-co/", "/bao-cao/khong-co/"])
def test_a_missing_page_asks_for_the_number_where_it_can(visitor, path):
    WardFactory()

    assert PHONE in page(visitor.get(path))


@pytest.mark.django_db
def test_a_lost_database_answers_503_with_the_number(visitor):
    WardFactory()
    visitor.get("/")

    with connection.execute_wrapper(no_answer):
        response = visitor.get("/")

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "Máy chủ của phường đang bận hoặc mất kết nối" in page(response)
    assert PHONE in page(response)


def test_the_card_of_the_host_goes_first(rf, settings):
    settings.ALLOWED_HOSTS = ["testserver", "hai.example.vn"]
    contact.remember(1, OFFICE)
    contact.remember(2, Contact("hai.example.vn", "+842438000002", ""))

    request = rf.get("/", headers={"host": "hai.example.vn:8000"})

    assert contact.contact_for(request).office_phone == "+842438000002"
    assert contact.contact_for(rf.get("/")).office_phone == "+842438000000"


def test_a_host_that_is_not_ours_still_gets_a_page(visitor):
    contact.remember(1, OFFICE)

    response = visitor.get("/", headers={"host": "la.example.com"})

    assert response.status_code == 400
    assert PHONE in page(response)


@pytest.mark.parametrize(
    ("path", "face"), [("/bao-cao/1/", "secretary.css"), ("/vao/x/y/", "secretary.css")]
)
def test_the_secretary_stays_in_her_own_face(visitor, path, face):
    text = page(visitor.get(path))

    assert face in text
    assert "Nội dung đã lưu ở phường vẫn còn." in text


def test_a_script_gets_a_sentence_and_not_a_page(visitor):
    response = visitor.get("/khong-co/", headers={"accept": "application/json"})

    assert response.status_code == 404
    assert response.json() == {"ok": False, "sentence": "Không tìm thấy trang này."}


def test_too_many_fields_are_told_as_too_large(visitor, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2

    response = visitor.post(reverse("account_login"), {"a": 1, "b": 2, "c": 3})

    assert response.status_code == 413
    assert "Phần gửi lên quá lớn" in page(response)


def test_too_long_a_text_is_told_as_too_large(visitor, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    assert visitor.post(reverse("account_login"), {"a": "a" * 200}).status_code == 413


@pytest.mark.parametrize("limit", ["MAX_FILE", "MAX_REQUEST"])
def test_too_large_a_file_is_read_away_and_told(visitor, monkeypatch, limit):
    monkeypatch.setattr(receiving, limit, 1000)

    response = visitor.post(
        reverse("account_login"), {"login": "a", "a": SimpleUploadedFile("a.jpg", b"a" * 2000)}
    )

    assert response.status_code == 413


@pytest.mark.django_db
def test_a_file_within_the_limits_passes(visitor, monkeypatch):
    monkeypatch.setattr(receiving, "MAX_FILE", 2000)

    response = visitor.post(reverse("account_login"), {"login": "a", "a": io.BytesIO(b"a" * 2000)})

    assert response.status_code == 200


def test_what_is_left_of_a_broken_request_is_bad(visitor):
    response = visitor.generic(
        "POST", reverse("account_login"), b"--x", content_type="multipart/form-data; boundary="
    )

    assert response.status_code == 400

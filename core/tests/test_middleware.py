import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from core.headers import ISOLATION, STATIC, add_static_headers
from core.middleware import RefuseBadTextMiddleware, SecurityHeadersMiddleware


def _answer(request):
    return HttpResponse("ok")


@pytest.mark.parametrize(
    ("query", "status"),
    [("q=nước", 200), ("q=%00", 400), ("q=%FF", 400), ("%00=a", 400), ("q=a+b", 200)],
)
def test_bad_text_in_the_query_is_refused(query, status):
    request = RequestFactory().get(f"/?{query}")

    assert RefuseBadTextMiddleware(_answer)(request).status_code == status


def test_pages_are_private_unless_they_opt_in():
    def shared(request):
        return HttpResponse("ok", headers={"Cache-Control": "public, max-age=60"})

    request = RequestFactory().get("/")

    assert [
        SecurityHeadersMiddleware(view)(request).headers["Cache-Control"]
        for view in (_answer, shared)
    ] == ["private, no-store", "public, max-age=60"]


def test_static_files_carry_the_headers_too():
    headers = {}

    add_static_headers(headers, "css/base.css", "/static/css/base.css")

    assert headers == {**ISOLATION, **STATIC}


@pytest.mark.django_db
def test_address_that_only_takes_a_button_has_a_page(client):
    response = client.post("/")

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert "Trang này không mở riêng được" in response.content.decode()

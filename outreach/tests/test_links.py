"""The link checker: what it asks, and where it never goes."""

import socket
from io import StringIO

import pytest
from django.core.management import call_command

from outreach.content import links
from outreach.tests.factories import ArticleFactory

PUBLIC, PRIVATE = "203.113.131.1", "169.254.169.254"


@pytest.fixture
def network(settings, monkeypatch):
    """Names and what they lead to; a connection anywhere fails the test."""
    settings.LINK_CHECK_HOSTS = [".gov.vn", "baochinhphu.vn"]
    names = {"moit.gov.vn": PUBLIC, "inner.gov.vn": PRIVATE}
    asked = []

    def lookup(host, port, **kwargs):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (names[host], port))]

    def connect(address, timeout):
        asked.append(address)
        raise OSError("No network in tests.")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(socket, "create_connection", connect)
    return asked


@pytest.mark.parametrize(
    ("host", "is_in"),
    [
        ("moit.gov.vn", True),
        ("gov.vn", True),
        ("MOIT.GOV.VN.", True),
        ("baochinhphu.vn", True),
        ("x.baochinhphu.vn", False),
        ("evil-gov.vn", False),
        ("gov.vn.evil.test", False),
        ("", False),
    ],
)
def test_only_named_hosts_are_asked(network, host, is_in):
    assert links.is_allowed(host) is is_in


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/",
        "http://localhost/",
        "http://[::1]/",
        "https://evil.test/",
        "https://moit.gov.vn:8080/",
        "https://moit.gov.vn@evil.test/",
        "ftp://moit.gov.vn/",
        "http://inner.gov.vn/",
    ],
)
def test_nothing_else_is_connected_to(network, url):
    assert links.check(url) == ("unknown", "")
    assert network == []


def test_connection_goes_to_the_address_that_was_looked_at(network):
    assert links.check("https://moit.gov.vn/tin") == ("broken", "không kết nối được")
    assert network == [(PUBLIC, 443)]


@pytest.mark.parametrize(
    ("status", "state"), [(200, "good"), (301, "moved"), (404, "broken"), (503, "broken")]
)
def test_the_answer_becomes_a_state(status, state):
    assert links.check("https://moit.gov.vn/", lambda url: status)[0] == state


def test_own_addresses_are_looked_up():
    assert links.check("/hang-viet/") == ("good", "")
    assert links.check("/khong-co-trang-nay/") == ("broken", "cổng không có trang này")


@pytest.mark.django_db
def test_command_says_how_many_and_a_broken_one_is_no_link_any_more(client, network):
    row = ArticleFactory(status="published")
    source = row.sources.create(title="Bộ", url="https://moit.gov.vn/x", read_on="2026-03-01")
    row.sources.create(title="Khác", url="https://evil.test/x", read_on="2026-03-01")
    out = StringIO()

    call_command("check_links", stdout=out)

    assert out.getvalue() == ("Mở được 0, đã chuyển 0, không mở được 1, không được phép hỏi 1.\n")
    source.refresh_from_db()
    assert source.checked_at is not None
    assert 'href="https://moit.gov.vn/x"' not in client.get(row.get_absolute_url()).content.decode()

"""Every text of the interface is Vietnamese, those of Django and of libraries included."""

import re
from html.parser import HTMLParser

import pytest

from campaign_portal.tests.world import address, build_place
from core.checks import routes
from units.models import Role
from units.tests.factories import member

READ_ATTRIBUTES = {"title", "placeholder", "aria-label", "alt"}
SILENT = {"script", "style", "textarea", "template", "kbd"}  # keys carry their printed names
ENGLISH = re.compile(
    r"\b(add|all|and|any|available|before|by|cancel|change|changed|choose|chosen|close|correct|"
    r"date|delete|edit|enter|error|filter|hide|history|home|log|name|next|none|now|of|on|or|"
    r"password|please|previous|remove|required|save|search|select|selected|show|sign|skip|submit|"
    r"or|seen|the|this|time|today|unknown|upload|user|username|valid|version|view|with|yes|you|your)\b",
    re.IGNORECASE,
)


class Reader(HTMLParser):
    """Collects what a person reads on a page or hears from it."""

    def __init__(self):
        super().__init__()
        self.texts = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in SILENT
        values = dict(attrs)
        self.texts += [text for name, text in attrs if name in READ_ATTRIBUTES and text]
        if tag == "input" and values.get("type") in ("submit", "button"):
            self.texts.append(values.get("value") or "")

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT

    def handle_data(self, data):
        if not self.silent:
            self.texts.append(data)


def _english(html):
    reader = Reader()
    reader.feed(html)
    return sorted({" ".join(t.split()) for t in reader.texts if ENGLISH.search(t)})


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PROPAGANDA, Role.SECRETARY, None])
def test_no_page_speaks_english(client, role):
    place = build_place()
    found = {}
    for route, _pattern in routes():
        path = address(route, place)
        if role is not None:
            unit = place.cell if role == Role.SECRETARY else place.ward
            client.force_login(member(role, unit))
        for method in (client.get, client.post) if path else ():
            response = method(path)
            if response.streaming:
                response.getvalue()  # a file that is read to its end is closed
            elif response.headers.get("Content-Type", "").startswith("text/html"):
                texts = _english(response.content.decode())
                if texts:
                    found.setdefault(path, texts)
    assert found == {}

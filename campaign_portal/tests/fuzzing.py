"""Requests that nobody should send: every address, every form and upload, as each role.

The forms come from the pages themselves, so a new one is tried without a word here. Each request
is undone in the database, so that every one meets the same world.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote, urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from campaign_portal.tests.world import address, build_people, build_place
from core.checks import routes

CANARY = "\"'><svg onload=x>"
METHODS = ("GET", "GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH")
ROLES = ("anonymous", "secretary", "office", "propaganda", "editor", "leader", "administrator",
         "auditor", "stranger")  # fmt: skip
TEXTS = (
    "", " ", "0", "-1", "1", "2", "3", "99999999999999999999999999999999", "2147483648",
    "9223372036854775808", "1e999", "NaN", "inf", "1,5", "1.5", "٣", "1_000", "0x10", "true",
    "None", "null", "[]", "{}", '{"a":' * 30, "[" * 5000, "\0", "a\0b", "\x0b", "\x1b[31m", "\u202e",
    "\ufffd", "\ud7ff", "𝔘", "ế" * 300, "a" * 5000, "31/02/2026", "0000-00-00", "99999-01-01",
    "2026-13", "2026-00", "0000-01", "9999-12", "10000-01", "01/01/0001", "25:61", CANARY, "{{7*7}}",
    "%s%n{0.__class__}", "'; DROP TABLE x; --", "../../etc/passwd", "..%2f..%2f", "//example.org",
    "javascript:alert(1)", "http://169.254.169.254/", "\r\nX-Evil: 1", "=1+1", "@SUM(A1)", "(", "(a+)+$",
    "\\", "%", "_", "__year=99999", "-pk", "pk", "password", "id__in", "00000000-0000-0000-0000-000000000000",
    "+84912345678", "0912 345 678", "on", "x" * 33, "2026-03", "2026-03-01", "01/03/2026",
)  # fmt: skip
NAMES = (
    "q", "o", "p", "page", "e", "all", "_popup", "_to_field", "next", "thang", "tu", "den", "ban",
    "ky", "phuong", "nhom", "loai", "trang", "status", "month__year", "unit__path", "id__exact",
    "username__startswith", "date_joined__year", "app_label", "model_name", "field_name", "term",
    "hang", "cot", "so-lieu", "chi-tieu", "chon", "xem", "action", "_selected_action", "index",
    "select_across", "version", "key", "credential", "code", "password", "login", "ve", "don-vi",
)  # fmt: skip
JSONS = ("", "null", "[]", "0", '"a"', "{", "[" * 2000, '{"a":' * 500, '{"fields":null}', "\xff",
         '{"fields":{"a":[1,{}]},"key":[],"version":{}}', '{"id":{},"rawId":1,"response":[]}')  # fmt: skip
FILES = (
    ("a.jpg", b""),
    ("a.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 200),
    ("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 99),
    ("a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n"),
    ("a.svg", b"<svg onload='x'/>"),
    ("a.docx", b"PK\x03\x04" + b"x" * 99),
    ("a.xlsx", b"PK\x05\x06" + b"\0" * 18),
    ("a.pdf", b"%PDF-1.7\n%%EOF"),
    ("a.txt", b"\xff\xfe\0"),
    ("a" * 300 + ".txt", b"a"),
    ("..\\..\\a.txt", b"a"),
    ("a\u202egpj.exe", b"MZ"),
    ("", b"a"),
    ("a.csv", b"=1+1\0"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    ("a.heic", b"\0\0\0\x18ftypheic" + b"x" * 50),
)


@dataclass
class Form:
    path: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    uploads: set[str] = field(default_factory=set)


@dataclass
class Tally:
    """``wrong`` holds what must not be, with what was sent; ``statuses`` counts the rest."""

    statuses: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0
    addresses: set[str] = field(default_factory=set)


class _Forms(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.forms, self.open = path, [], None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form":
            target = (values.get("action") or self.path).split("#")[0]
            self.open = Form(target or self.path, (values.get("method") or "get").upper())
            self.forms.append(self.open)
        elif self.open is not None and (name := values.get("name")):
            if values.get("type") == "file":
                self.open.uploads.add(name)
            elif tag in ("input", "select", "textarea", "button"):
                self.open.values.setdefault(name, values.get("value") or "")
        elif tag == "option" and self.open is not None and self.open.values:
            name = list(self.open.values)[-1]
            self.open.values[name] = self.open.values[name] or values.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None


class Fuzzer:
    """A world with two wards, a browser for each role, and chance that can be repeated."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        here = build_place()
        self.places = (here, build_place(here.ward), build_place())
        people = build_people(here)
        self.client = Client(raise_request_exception=False)
        self.cookies: dict[str, SimpleCookie] = {}
        for role in ROLES:
            self.client.cookies = SimpleCookie()
            if role in people:
                self.client.force_login(people[role])
            self.cookies[role] = self.client.cookies
        self.paths = [
            (route, [path for place in self.places if (path := address(route, place))])
            for route, _ in routes()
        ]
        self.forms: dict[tuple[str, str], list[Form]] = {}
        self.tally = Tally()

    def run(self, count: int) -> Tally:
        """Each address once as some role, then by chance until ``count`` requests were made."""
        for number in range(count):
            route, paths = self.paths[number % len(self.paths)]
            if paths:
                self._one(route, self.chance.choice(paths))
        return self.tally

    def _one(self, route: str, path: str) -> None:
        role = self.chance.choice(ROLES)
        kind = self.chance.random()
        path = self._other_address(path) if kind < 0.2 else path
        forms = self._forms_of(role, path) if kind > 0.6 else []
        if forms:
            form = self.chance.choice(forms)
            request = self._filled(form)
        else:
            request = self._bare(path)
        self.tally.addresses.add(route)
        self._send(role, *request)

    def _forms_of(self, role: str, path: str) -> list[Form]:
        if (role, path) not in self.forms:
            response = self._send(role, "GET", path, None, "")
            reader = _Forms(path)
            if response is not None and response.get("Content-Type", "").startswith("text/html"):
                reader.feed(response.content.decode())
            inside = [one for one in reader.forms if one.path.startswith("/")]
            self.forms[role, path] = [one for one in inside if one.path != "/dang-xuat/"]
        return self.forms[role, path]

    def _text(self) -> str:
        return self.chance.choice(TEXTS)

    def _other_address(self, path: str) -> str:
        """One part of the address is another one, or there is a query that nobody asked for."""
        address, _, query = path.partition("?")
        parts = address.split("/")
        at = self.chance.randrange(1, len(parts)) if len(parts) > 1 else 0
        parts[at] = quote(self._text()[:200], safe="")
        return "/".join(parts) + (f"?{query}" if query else "")

    def _query(self) -> str:
        pairs = [(self.chance.choice(NAMES), self._text()) for _ in range(self.chance.randrange(4))]
        return urlencode(pairs)

    def _bare(self, path: str) -> tuple[str, str, Any, str]:
        method = self.chance.choice(METHODS)
        query = self._query()
        path = f"{path}{'&' if '?' in path else '?'}{query}" if query else path
        if method in ("GET", "HEAD", "OPTIONS"):
            return method, path, None, ""
        if self.chance.random() < 0.3:
            return method, path, self.chance.choice(JSONS).encode("latin-1"), "application/json"
        return method, path, self._query().encode(), "application/x-www-form-urlencoded"

    def _filled(self, form: Form) -> tuple[str, str, Any, str]:
        """The form as the page offers it, with some fields changed and files that are none."""
        values: dict[str, Any] = dict(form.values)
        for name in self.chance.sample(sorted(values), min(len(values), self.chance.randrange(4))):
            values[name] = self._text()
        if self.chance.random() < 0.1 and values:
            values.pop(self.chance.choice(sorted(values)))
        if form.method == "GET":
            return "GET", f"{form.path.split('?')[0]}?{urlencode(values)}", None, ""
        for name in sorted(form.uploads):
            values[name] = SimpleUploadedFile(*self.chance.choice(FILES))
        return "POST", form.path, values, "form"

    def _send(self, role: str, method: str, path: str, body: Any, kind: str) -> Any:
        self.client.cookies = SimpleCookie(self.cookies[role].output(header="", sep=";"))
        headers = {"accept": "application/json"} if self.chance.random() < 0.15 else {}
        began = time.monotonic()
        try:
            with transaction.atomic():
                if kind == "form":
                    response = self.client.post(path, body, headers=headers)
                else:
                    response = self.client.generic(
                        method,
                        path,
                        body or b"",
                        content_type=kind or "text/plain",
                        headers=headers,
                    )
                if response.streaming:
                    response.getvalue()
                transaction.set_rollback(True)
        except Exception as error:  # whatever leaves the portal uncaught is what is looked for
            self._complain(f"{type(error).__name__}: {error}"[:200], role, method, path, body)
            return None
        self.tally.slowest = max(self.tally.slowest, time.monotonic() - began)
        self.tally.statuses[response.status_code] += 1
        self._judge(response, role, method, path, body)
        return response

    def _judge(self, response: Any, role: str, method: str, path: str, body: Any) -> None:
        if response.status_code >= 500:
            error = getattr(response, "exc_info", None)
            what = f"{response.status_code} {error[0].__name__ if error else ''} {error[1] if error else ''}"
            self._complain(what[:300], role, method, path, body)
        elif "Content-Security-Policy" not in response.headers:
            self._complain("no policy", role, method, path, body)
        elif not response.streaming and CANARY.encode() in response.content:
            is_page = response.headers.get("Content-Type", "").startswith("text/html")
            if is_page:
                self._complain("written without escaping", role, method, path, body)

    def _complain(self, what: str, role: str, method: str, path: str, body: Any) -> None:
        self.tally.wrong.append(f"{what} | {role} {method} {path[:300]!r} {str(body)[:600]}")

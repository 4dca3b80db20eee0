"""Real Chromium against a live server. Without a browser the tests are left out and that is said,
unless REQUIRE_BROWSER=1, under which a missing browser is a failure."""

import os
import shutil
import threading
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
HAS_BROWSER = Path(CHROMIUM).exists()
# Playwright's own loop makes Django think that every call is asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

if not HAS_BROWSER:
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.exit("REQUIRE_BROWSER=1, but there is no Chromium.", returncode=2)
    collect_ignore_glob = ["test_*.py", "*/test_*.py"]


# What a busy machine needs for an upload or a sign-in; a page that is right answers at once.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items):
    """A browser on a busy machine now and then loses a click: tried again, and the summary says so."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=2))


def pytest_terminal_summary(terminalreporter):
    if not HAS_BROWSER:
        terminalreporter.write_line("Browser tests left out: no Chromium on this machine.")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
    }


class Requests:
    """How many the server has in hand: a browser that is closed leaves some behind."""

    def __init__(self, app):
        self.app, self.open, self.lock = app, 0, threading.Lock()

    def __call__(self, environ, start_response):
        self._count(1)
        try:
            return Answer(self.app(environ, start_response), lambda: self._count(-1))
        except BaseException:
            self._count(-1)
            raise

    def _count(self, change):
        with self.lock:
            self.open += change

    def wait_until_none(self, still=4):
        """None for ``still`` twentieths of a second; half a minute at most."""
        quiet = 0
        for _ in range(600):
            quiet = 0 if self.open else quiet + 1
            if quiet == still:
                return
            time.sleep(0.05)
        raise AssertionError(f"{self.open} requests were never answered.")


class Answer:
    def __init__(self, parts, done):
        self.parts, self.done = parts, done

    def __iter__(self):
        return iter(self.parts)

    def close(self):
        try:
            self.parts.close()
        finally:
            self.done()


@pytest.fixture(scope="session")
def requests(live_server):
    server = live_server.thread.httpd
    server.set_app(Requests(server.get_app()))
    return server.get_app()


@pytest.fixture
def settled_server(requests, transactional_db):
    """Before the tables are emptied, PostgreSQL would find the last request in their way."""
    yield requests
    requests.wait_until_none()


@pytest.fixture
def open_page(browser, live_server, settled_server):
    """A page of a new browser; what the content policy refuses fails the test."""
    contexts, complaints = [], []

    def opened(viewport, *, javascript=True, **more):
        context = browser.new_context(
            viewport=viewport,
            java_script_enabled=javascript,
            base_url=live_server.url,
            **{"reduced_motion": "reduce", **more},  # a page that still glides is clicked beside
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if "Content Security Policy" in message.text
                else None
            ),
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []

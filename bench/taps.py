"""B3-B11 in figures: a typical report in a real browser, as on a phone of 360 px.

Screens and taps from the first page to the receipt, and the compressed bytes of each screen.
"""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import submit_jobs as jobs
from bench.figures import Row
from bench.servers import portal_env, python, web

SCREENS, TAPS = 7, 25
FIRST, LATER = 25, 10  # KB
KIB = 1024
PHONE = {"width": 360, "height": 640}
COUNTS = 4
PAGE, STYLE_AND_SCRIPT = "document", ("stylesheet", "script")


@dataclass
class Walk:
    """One way through the form; counts what a finger does."""

    page: Any
    weigh: Callable[[str], tuple[float, float]]
    screens: dict[str, tuple[float, float]] = field(default_factory=dict)
    taps: int = 0

    def tap(self, target: Any) -> None:
        target.tap()
        self.taps += 1

    def go_on(self, words: str) -> None:
        """Tap the button or link that says ``words``; the next screen opens."""
        found = self.page.locator("main").get_by_role("button", name=words)
        target = (
            found if found.count() else self.page.locator("main").get_by_role("link", name=words)
        )
        with self.page.expect_navigation():
            self.tap(target.first)
        self.arrive()

    def arrive(self) -> None:
        self.page.wait_for_load_state("networkidle")
        self.screens[self.page.url] = self.weigh(self.page.url)

    def type(self, box: Any, text: str) -> None:
        """A tap into the box, then the keyboard."""
        self.tap(box)
        self.page.keyboard.type(text)


def rows() -> list[Row]:
    with portal() as (address, session):
        from playwright.sync_api import sync_playwright  # noqa: PLC0415  of the tests' packages

        with sync_playwright() as play:
            browser = play.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            page = _context(browser, address, session).new_page()
            walk = Walk(page, lambda url: _weight(browser, address, session, url))
            _go(walk, address)
            browser.close()
    weights = walk.screens.values()
    for url, (first, later) in walk.screens.items():
        print(f"  {url.removeprefix(address)}: {first:.1f} KB at first, {later:.1f} KB after")
    return [
        Row("a typical report: screens", len(walk.screens), "", SCREENS),
        Row("a typical report: taps besides typing", walk.taps, "", TAPS),
        Row("heaviest screen, first visit, compressed", max(w[0] for w in weights), "KB", FIRST),
        Row("heaviest screen, later, compressed", max(w[1] for w in weights), "KB", LATER),
    ]


@contextmanager
def portal() -> Iterator[tuple[str, str]]:
    """A portal with its static files as in production: its address, a session of a secretary."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        env = portal_env(f"sqlite:///{folder / 'db.sqlite3'}", folder) | {
            "DJANGO_SETTINGS_MODULE": "bench.production",
            "BENCH_STATIC_ROOT": str(folder / "static"),
            "STATIC_HASHED": "on",
            "HTTPS": "off",
        }
        python("manage.py", "migrate", "-v0", env=env)
        python("manage.py", "createcachetable", env=env)
        python("manage.py", "collectstatic", "--noinput", "-v0", env=env)
        world = folder / "world.json"
        python("-m", "bench.submit_world", "make", "1", "1", str(world), env=env)
        session = json.loads(world.read_text())["people"][0][1]
        server = stack.enter_context(web("campaign_portal.wsgi", env, folder / "log"))
        yield f"http://127.0.0.1:{server.port}", session


def _context(browser: Any, address: str, session: str) -> Any:
    """A new phone that is signed in; the service worker would hide what is loaded."""
    context = browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, service_workers="block"
    )
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    return context


def _go(walk: Walk, address: str) -> None:
    page = walk.page
    page.goto(f"{address}/bao-cao/")
    walk.arrive()
    walk.go_on("Làm báo cáo")
    for number in range(jobs.ITEMS):
        walk.tap(page.locator("main .choice__label").nth(number))
    walk.go_on("Tiếp")
    for code in jobs.COUNTS[:COUNTS]:
        walk.type(page.locator(f"#id_counts-{code}"), "12")
    walk.go_on("Tiếp")
    result, difficulties = jobs.texts(1)
    walk.type(page.locator("#id_result-result"), result)
    walk.go_on("Tiếp")
    walk.type(page.locator("#id_difficulties-difficulties"), difficulties)
    walk.go_on("Tiếp")
    walk.go_on("Nộp báo cáo")


def _weight(browser: Any, address: str, session: str, url: str) -> tuple[float, float]:
    """Compressed KB of the screen for a phone that has nothing yet, and when it opens it again."""
    context = _context(browser, address, session)
    page = context.new_page()
    first = _opened(page, url)
    later = _opened(page, url)
    context.close()
    return first, later


def _opened(page: Any, url: str) -> float:
    """What goes over the line: static files as they are served, the page as nginx packs it."""
    loaded: list[Any] = []

    def note(request: Any) -> None:
        loaded.append(request)

    page.on("requestfinished", note)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.remove_listener("requestfinished", note)
    total = 0
    for request in loaded:
        if request.resource_type == PAGE:
            total += len(gzip.compress(request.response().body(), 6))
        elif request.resource_type in STYLE_AND_SCRIPT:
            total += max(0, request.sizes()["responseBodySize"])  # below 0: from the cache
    return total / KIB

"""What is wrong with a page for people who see, hear or tap less well, as sentences."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},  # WCAG 2.2; axe leaves it out unless asked
    "resultTypes": ["violations"],
}
# The other rules find the same in the dark.
OF_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
MEASURES = Path(__file__).with_name("measures.js").read_text(encoding="utf-8")
BROWSERS_OWN_SIZE = 16  # pixels
NARROW = 320  # CSS pixels, WCAG 1.4.10


def findings(page):
    """Everything that is wrong with the page as it stands, in both schemes and sizes of text."""
    size = page.viewport_size
    found = measured(page, "low")
    for scheme, options in (("light", AXE_OPTIONS), ("dark", OF_COLOUR)):
        page.emulate_media(color_scheme=scheme)
        seen = against_axe(page, options) + measured(page, "faint")
        found += [f"{scheme}: {one}" for one in seen]
    page.set_viewport_size(size | {"width": NARROW})
    for times in (2, 1):
        with_large_text(page, times)
        found += [f"text {times}00 %: {one}" for one in measured(page, "wide")]
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="light")
    return found


def against_axe(page, options=AXE_OPTIONS):
    violations = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']} {node['target']}" for one in violations for node in one["nodes"]]


def measured(page, name):
    """``faint`` text, targets that are too ``low``, a page that is too ``wide``."""
    return page.evaluate(f"{MEASURES}.{name}()")


def with_large_text(page, times):
    """What the person sets in the browser: text grows, the screen does not."""
    session = page.context.new_cdp_session(page)
    size = BROWSERS_OWN_SIZE * times
    session.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size}})
    session.detach()

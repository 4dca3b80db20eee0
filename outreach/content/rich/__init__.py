"""The text of an article: small, safe HTML, typed in an editor, pasted from Word or as plain text.

:func:`clean` is the one way in. What it gives holds headings, paragraphs, lists, quotes, links,
bold and italic, and nothing else; cleaning twice changes nothing. :func:`to_text` writes the same
as plain text for a browser without JavaScript, :func:`from_text` reads that back.
"""

from __future__ import annotations

import re

import nh3

from core.text import nfc
from outreach.content.rich.blocks import LINK, Block, html_of, words_of
from outreach.content.rich.plain import blocks_of_text, text_of
from outreach.content.rich.reading import blocks_of_html
from outreach.content.rich.word import without_word

__all__ = ["blocks_of", "clean", "from_text", "is_html", "to_text", "words"]

_IS_HTML = re.compile(r"\s*<[a-zA-Z!/?]")
_CLEANER = nh3.Cleaner(
    tags={"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "strong", "em", "br", "a"},
    attributes={"a": {"href"}},
    attribute_filter=lambda tag, name, value: value if LINK.fullmatch(value) else None,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


def clean(typed: str) -> str:
    """Safe HTML of ``typed``: HTML where it begins with a tag, else plain text (:func:`from_text`)."""
    return from_html(typed) if is_html(typed) else from_text(typed)


def is_html(typed: str) -> bool:
    """Does it begin with a tag?"""
    return _IS_HTML.match(typed) is not None


def from_html(html: str) -> str:
    """The sanitiser has the first and the last word; between, the text is set in plain order."""
    safe = _visible(_CLEANER.clean(without_word(_visible(html))))  # references hid some signs
    return _CLEANER.clean(html_of(blocks_of_html(safe)))


def from_text(text: str) -> str:
    return _CLEANER.clean(html_of(blocks_of_text(_visible(text))))


def to_text(html: str) -> str:
    """``html`` as :func:`clean` gives it, for a plain text area."""
    return text_of(blocks_of(html))


def blocks_of(html: str) -> list[Block]:
    """The paragraphs, headings and lists of ``html`` as :func:`clean` gives it."""
    return blocks_of_html(html) if html else []


def words(html: str) -> str:
    """Only the words, a line a paragraph."""
    return words_of(blocks_of(html))


def _visible(text: str) -> str:
    """NFC, without control characters; lines end in a line feed."""
    lines = nfc(text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c for c in lines if c in "\n\t" or (c >= " " and c not in "\x7f\u200b\ufeff\u00ad")
    )

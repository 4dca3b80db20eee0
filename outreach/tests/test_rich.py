"""What goes into an article's text, and what never does."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from outreach.content import rich
from outreach.tests import attacks, pasted

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "strong", "em", "br", "a"}
SCHEME = re.compile(r"(?:https?://|mailto:|tel:|/(?![/\\])|#)", re.IGNORECASE)


class Judge(HTMLParser):
    """Knows nothing of how the text was cleaned: what a browser would make of it."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.faults, self.open = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            target = re.sub(r"[\x00-\x20]", "", unescape(value or ""))
            if (tag, name) != ("a", "href") or not SCHEME.match(target):
                self.faults.append(f"{tag} {name}={value}")
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_comment(self, data):
        self.faults.append("comment")

    def handle_decl(self, decl):
        self.faults.append("declaration")

    def handle_pi(self, data):
        self.faults.append("instruction")


def faults_of(html):
    judge = Judge()
    judge.feed(html)
    judge.close()
    return judge.faults + judge.open


def test_the_judge_sees_what_is_wrong():
    assert faults_of("<p onclick=x>a</p>") == ["p onclick=x"]
    assert faults_of("<script>x</script>") == ["<script>"]
    assert faults_of('<a href="java&#9;script:x">a</a>') == ["a href=java\tscript:x"]
    assert faults_of("<p>a") == ["p"]


def test_no_attack_survives():
    survivors = [
        (typed, html)
        for typed in attacks.strings()
        if faults_of(html := rich.clean(typed)) or rich.clean(html) != html
    ]

    assert len(attacks.strings()) == 1000
    assert survivors == []


@pytest.mark.parametrize("typed", [rich.clean(one) for one in attacks.strings()[:300:3]])
def test_text_area_and_editor_give_the_same_also_for_odd_texts(typed):
    assert rich.from_text(rich.to_text(typed)) == typed


@pytest.mark.parametrize("name", pasted.DOCUMENTS)
def test_pasted_documents_keep_headings_lists_and_links(name):
    source, expected = pasted.DOCUMENTS[name]

    assert rich.clean(source) == expected
    assert rich.clean(expected) == expected
    assert rich.from_text(rich.to_text(expected)) == expected


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("Một dòng.\nDòng hai.\n\nĐoạn mới.", "<p>Một dòng.<br>Dòng hai.</p>\n<p>Đoạn mới.</p>"),
        ("## Mục\nlời", "<h2>Mục</h2>\n<p>lời</p>"),
        ("- a\n- b\n  1. c\n\nsau", "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>\n<p>sau</p>"),
        ("> trích\n> dòng", "<blockquote><p>trích<br>dòng</p></blockquote>"),
        ("**đậm** và *nghiêng*, 2 * 3", "<p><strong>đậm</strong> và <em>nghiêng</em>, 2 * 3</p>"),
        ("[Nghị định](https://a.vn/b).", '<p><a href="https://a.vn/b">Nghị định</a>.</p>'),
        ("Xem https://a.vn/b.", '<p>Xem <a href="https://a.vn/b">https://a.vn/b</a>.</p>'),
        ("[hàng](/hang-viet/)", '<p><a href="/hang-viet/">hàng</a></p>'),
        (r"\- không phải mục", "<p>- không phải mục</p>"),
        ("a < b & c > d", "<p>a &lt; b &amp; c &gt; d</p>"),
        ("", ""),
        ("<p></p>", ""),
        ("<h1>A</h1><h2>B</h2>", "<h2>A</h2>\n<h3>B</h3>"),
        ("<li>lẻ</li>", "<p>lẻ</p>"),
        ("<p>" * 3000 + "sâu", "<p>sâu</p>"),
    ],
)
def test_typed_text_becomes_plain_html(typed, html):
    assert rich.clean(typed) == html


def test_words_are_those_that_are_read():
    assert rich.words("<h2>Mục</h2>\n<ul><li>a<ol><li>b</li></ol></li></ul>") == "Mục\na\nb"

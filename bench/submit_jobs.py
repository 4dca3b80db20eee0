"""What is sent, by number: the same to the clients, who write it, and to the check, who knows it.

Only the standard library: the clients shall not cost what they measure.
"""

from __future__ import annotations

import json
import uuid
from typing import Any
from urllib.parse import urlencode

SPACE = uuid.UUID(int=0x5EED)
COUNTS = ("sessions", "session_attendees", "posts_social", "banners", "leaflets")
ITEMS = 3  # contents of a report

World = dict[str, Any]


def key(kind: str, index: int) -> uuid.UUID:
    return uuid.uuid5(SPACE, f"{kind}-{index}")


def place(world: World, kind: str, index: int) -> tuple[list[Any], str]:
    """The unit (its key and the session of its secretary) and the month of job ``index``."""
    people, months = world["people"], world["months"][kind]
    return people[index % len(people)], months[index // len(people)]


def counts(index: int) -> dict[str, int]:
    return {code: (index * (place + 3)) % 997 + 1 for place, code in enumerate(COUNTS)}


def items(world: World, index: int) -> list[int]:
    known = world["items"]
    return sorted({known[(index + step) % len(known)] for step in range(ITEMS)})


def texts(index: int) -> tuple[str, str]:
    return (
        f"Chi bộ đã vận động {index % 300 + 20} hộ kinh doanh niêm yết giá, ưu tiên hàng Việt Nam "
        "trong dịp lễ; nhân dân đồng tình hưởng ứng.",
        "Một số hộ còn e ngại vì nguồn hàng chưa đều, giá chưa cạnh tranh.",
    )


def content(world: World, index: int) -> dict[str, dict[str, Any]]:
    """A typical report as it is typed: 3 contents, 5 counts, 2 sentences."""
    result, difficulties = texts(index)
    return {
        "contents": {"items": [str(one) for one in items(world, index)]},
        "counts": {code: str(number) for code, number in counts(index).items()},
        "result": {"result": result},
        "difficulties": {"difficulties": difficulties, "recommendations": ""},
    }


def request(world: World, kind: str, index: int) -> bytes:
    """The whole request of job ``index``."""
    return (_lean if kind == "lean" else _ours)(world, kind, index)


def changed(world: World, index: int, *, new_key: bool) -> bytes:
    """Job ``index`` of the new ones with other words, under its own key or another."""
    other = content(world, index) | {"result": {"result": f"Lời khác của báo cáo {index}."}}
    named = key("other" if new_key else "new", index)
    return _posted(world, "new", index, named, other)


def _ours(world: World, kind: str, index: int) -> bytes:
    return _posted(world, kind, index, key(kind, index), content(world, index))


def _posted(
    world: World, kind: str, index: int, named: uuid.UUID, said: dict[str, dict[str, Any]]
) -> bytes:
    (unit, session, secret, token), month = place(world, kind, index)
    sent = {
        "key": str(named),
        "seen_version": 1,
        "draft_version": world["draft_versions"][kind],
        "content": said,
        "helper": "",
    }
    body = json.dumps(sent, ensure_ascii=False, separators=(",", ":")).encode()
    head = (
        f"POST /bao-cao/{unit}/{month}/nop/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "X-Forwarded-Proto: https\r\nReferer: https://127.0.0.1/bao-cao/\r\n"
        "Accept: application/json\r\nX-Requested-With: fetch\r\n"
        f"Cookie: __Host-session={session}; __Host-csrf={secret}\r\nX-CSRFToken: {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _lean(world: World, kind: str, index: int) -> bytes:
    (_, session, secret, token), month = place(world, kind, index)
    result, difficulties = texts(index)
    fields = {"csrfmiddlewaretoken": token, "month": f"{month}-01"}
    fields |= {"result": result, "difficulties": difficulties}
    for number, value in enumerate(counts(index).values()):
        fields |= {f"{number}-indicator": str(number + 1), f"{number}-value": str(value)}
        fields[f"{number}-note"] = ""
    body = urlencode(fields).encode()
    head = (
        "POST /submit/ HTTP/1.1\r\nHost: 127.0.0.1\r\nReferer: http://127.0.0.1/\r\n"
        f"Accept: text/html\r\nCookie: sessionid={session}; csrftoken={secret}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body

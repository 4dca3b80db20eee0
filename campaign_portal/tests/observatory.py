"""The score of the MDN HTTP Observatory (1.6.3), as far as it looks at one answer.

100 to start with; penalties always count, bonuses only where the score without them is 90 or more.
"""

from __future__ import annotations

import re
from typing import Any

PRIVATE_REFERRER = {
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
}
SIX_MONTHS = 15_768_000  # seconds


def score(response: Any) -> int:
    """Of one answer that came over HTTPS, with its cookies."""
    headers = response.headers
    policy = _policy(headers.get("Content-Security-Policy", ""))
    penalties = _policy_penalty(policy) + _transport_penalty(headers)
    penalties += -5 if headers.get("X-Content-Type-Options") != "nosniff" else 0
    framed = policy.get("frame-ancestors") == ["'none'"] or headers.get("X-Frame-Options") == "DENY"
    penalties += 0 if framed else -20
    penalties += -50 if "Access-Control-Allow-Origin" in headers else 0
    penalties += sum(_cookie_penalty(cookie) for cookie in response.cookies.values())
    html = response.content.decode(errors="replace") if not response.streaming else ""
    outside = re.findall(r"<script[^>]+src=\"(?:https?:)?//", html)
    penalties += -50 * len(outside)
    base = 100 + penalties
    return base + _bonuses(headers, policy, framed, response.cookies) if base >= 90 else base


def _policy(text: str) -> dict[str, list[str]]:
    parts = [one.split() for one in text.split(";") if one.strip()]
    return {name: values for name, *values in parts}


def _policy_penalty(policy: dict[str, list[str]]) -> int:
    if not policy:
        return -25
    scripts = policy.get("script-src", policy.get("default-src", ["*"]))
    is_open = {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "data:"} & set(scripts)
    return -20 if is_open else 0


def _transport_penalty(headers: Any) -> int:
    age = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    if age is None:
        return -20
    return -10 if int(age[1]) < SIX_MONTHS else 0


def _cookie_penalty(cookie: Any) -> int:
    is_session = "session" in cookie.key
    penalty = 0 if cookie["secure"] else (-40 if is_session else -20)
    if is_session and not cookie["httponly"]:
        penalty -= 30
    if "csrf" in cookie.key and not cookie["samesite"]:
        penalty -= 20
    return penalty


def _bonuses(headers: Any, policy: dict[str, list[str]], framed: bool, cookies: Any) -> int:
    is_strict = policy.get("default-src") == ["'none'"] and "unsafe" not in str(policy)
    safe = all(one["secure"] and one["samesite"] for one in cookies.values())
    return sum(
        (
            10 if is_strict else 0,
            5 if cookies and safe else 0,
            5 if headers.get("Referrer-Policy") in PRIVATE_REFERRER else 0,
            5 if framed else 0,
            10 if headers.get("Cross-Origin-Resource-Policy") == "same-origin" else 0,
            10 if headers.get("Cross-Origin-Embedder-Policy") == "require-corp" else 0,
            10 if headers.get("Cross-Origin-Opener-Policy") == "same-origin" else 0,
        )
    )

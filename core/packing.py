"""Compressed answers, for pages that hold no secret and are the same for everybody.

A page with a token in it must not go through here: its length would tell of the token (BREACH).
"""

from __future__ import annotations

import gzip

import brotli
from django.http import HttpRequest

SMALLEST = 1000  # bytes; less fits one packet anyway
QUALITY = 5  # of brotli: a page of 25 KB in half a millisecond


def encoding_for(request: HttpRequest) -> str:
    """The best encoding that the browser takes, or nothing."""
    accepted = request.headers.get("Accept-Encoding", "").lower().split(",")
    offered = {part.strip() for part in accepted}  # with "q=0" a name is another one
    return next((name for name in ("br", "gzip") if name in offered), "")


def packed(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return brotli.compress(body, mode=brotli.MODE_TEXT, quality=QUALITY)
    return gzip.compress(body, 6, mtime=0)

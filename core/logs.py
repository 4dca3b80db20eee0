"""Logs as JSON lines: what happened and where, never what people typed, never a way in."""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

# The address of a unit's card, a leader's link or a resident's message, in a path, a referrer
# or a traceback.
_WAY_IN = re.compile(r"(/(?:vao|duyet|gop-y/ma)/)[A-Za-z0-9_%-]{12,}")
# What tells who somebody is, in the text of an error: telephone, identity card, e-mail.
_PERSONAL = re.compile(
    r"(?<![\w.+-])(?:\+84|0)(?:[ .-]?\d){8,10}(?![\w.])"
    r"|(?<![\w.+-])\d{12}(?![\w.])"
    r"|[\w.+-]+@[\w-]+\.[\w.-]+"
)
REQUEST_ID: ContextVar[str] = ContextVar("id of the request in hand", default="")


def masked(text: str) -> str:
    """``text`` without the tokens of links, telephone and card numbers, and mail addresses."""
    return _PERSONAL.sub("***", _WAY_IN.sub(r"\1***", text))


class MaskAddresses(logging.Filter):
    """Put it on a handler, so that it meets the records of every logger."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = masked(record.getMessage()), None
        if hasattr(record, "request"):
            del record.request  # its path is no formatter's business
        return True


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if request_id := REQUEST_ID.get():
            line["request"] = request_id
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["trace"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)

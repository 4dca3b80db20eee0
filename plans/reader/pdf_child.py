"""Run as a program by :mod:`plans.reader.pdf`: a PDF on standard input, its pages as JSON out.

It imports nothing of the portal and limits its own time and memory, so that no file can hold up
or swell the process that asked.
"""

import json
import logging
import sys
from io import BytesIO

MAX_PAGES = 150
MAX_CONTENT = 4 * 1024 * 1024  # bytes of drawing instructions on one page
MAX_TEXT = 3_000_000  # characters
CPU_SECONDS = 4
MEMORY = 700 * 1024 * 1024  # bytes of address space


def limit() -> None:
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # no such limits on Windows; the parent's timeout remains
        return
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def read(data: bytes) -> dict[str, object]:
    from pypdf import PdfReader  # noqa: PLC0415  after the limits

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted:
        return {"error": "locked"}
    if len(reader.pages) > MAX_PAGES:
        return {"error": "long"}
    pages, size = [], 0
    for page in reader.pages:
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > MAX_CONTENT:
            return {"error": "large"}
        text = page.extract_text(extraction_mode="layout") or ""
        size += len(text)
        if size > MAX_TEXT:
            return {"error": "large"}
        pages.append(text)
    return {"pages": pages}


def main() -> None:
    limit()
    logging.disable(logging.CRITICAL)
    try:
        answer = read(sys.stdin.buffer.read())
    except Exception:  # a damaged file fails in a hundred ways
        answer = {"error": "damaged"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

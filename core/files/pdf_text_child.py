"""Run as a program by :mod:`core.files.stamps`: a PDF on standard input, its text out.

Imports nothing of the portal and limits its own time and memory.
"""

import logging
import sys
from io import BytesIO

MAX_PAGES = 150
CPU_SECONDS = 6
MEMORY = 700 * 1024 * 1024  # bytes of address space


def main() -> None:
    try:
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except ImportError:  # no such limits on Windows; the parent's timeout remains
        pass
    from pypdf import PdfReader  # noqa: PLC0415  after the limits

    logging.disable(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(sys.stdin.buffer.read()))
        for place, page in enumerate(reader.pages):
            if place == MAX_PAGES:
                break
            text = (page.extract_text() or "") + "\n"
            sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        for value in (reader.metadata or {}).values():
            sys.stdout.buffer.write(f"{value}\n".encode("utf-8", "replace"))
    except Exception:  # noqa: S110  a damaged file fails in a hundred ways; what was read is out
        pass


if __name__ == "__main__":
    main()

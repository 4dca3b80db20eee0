"""Where a template runs: a sandbox with nothing to call, and bounds on what it holds and fills."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZipFile

from jinja2 import StrictUndefined, TemplateRuntimeError
from jinja2.sandbox import SandboxedEnvironment

MAX_XML, MAX_BRACES = 4 * 1024 * 1024, 2_000
MAX_FILLED = 20_000_000  # characters of one part of the filled file


class Environment(SandboxedEnvironment):
    """The sandbox, which stops at a text that no document fills: a loop repeats what stands in it."""

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        found, size = [], 0
        for part in parts:
            size += len(part)
            if size > MAX_FILLED:
                raise TemplateRuntimeError("the filled template is too long")
            found.append(part)
        return "".join(found)


def environment_of_templates() -> SandboxedEnvironment:
    """Nothing to call: no globals, no filters, no tests; an unknown name is an error."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


def is_large(data: bytes) -> bool:
    """More text or more braces than a template needs: docxtpl looks for them in long searches."""
    with ZipFile(BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.endswith(".xml")]
        parts = [package.read(name) for name in names]
    return sum(map(len, parts)) > MAX_XML or sum(part.count(b"{") for part in parts) > MAX_BRACES

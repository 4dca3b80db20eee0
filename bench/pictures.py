"""One photo through the child process: what it costs, and what it costs when it is poison."""

from __future__ import annotations

import io
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from statistics import median

import pillow_heif
from django.core.files.base import ContentFile
from PIL import Image

from bench.figures import Row
from core.files import FileRefusedError, pictures
from core.files.picture_child import answer

MEGABYTE = 1024
ROUNDS = 5
# A small program starts the child: the memory of a large one would count for its child's too.
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, env={})
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
# The whole way of an upload, in a process that did nothing else before.
GROWTH = """
import re, sys
from pathlib import Path
import django
django.setup()
from django.core.files import File
from core.files import pictures
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
before = peak()
with Path(sys.argv[1]).open("rb") as photo:
    for _ in range(3):
        pictures.variants(File(photo), "image/jpeg")
print(peak() - before)
"""


def rows() -> list[Row]:
    pillow_heif.register_heif_opener(thumbnails=False)
    photo = _photo(4000, 3000, "JPEG", quality=97)
    heic = _photo(4000, 3000, "HEIF", quality=80)
    poison = {
        "picture of 13.000 × 13.000 pixels in 20 kB is refused": _bomb(),
        "photo whose end is missing is refused": photo[:-4000],
        "page of text called .png is refused": b"\x89PNG\r\n\x1a\n" + b"<script>" * 1000,
    }
    in_child = _milliseconds(lambda: pictures.variants(ContentFile(photo), "image/jpeg"))
    in_place = _milliseconds(lambda: answer(io.BytesIO(photo), "image/jpeg"))
    of_heic = _milliseconds(lambda: pictures.variants(ContentFile(heic), "image/heic"))
    return [
        Row(
            f"photo of {len(photo) / 1e6:.0f} MB in a child (floor: in the process itself)",
            in_child,
            "ms",
            None,
            in_place,
        ),
        Row("the child itself, CPU (a picture of 10 × 10 pixels)", _start(), "ms", 150),
        Row("HEIC of 12 million pixels", of_heic, "ms", 5000),
        Row("web process, growth over photos of 12 million pixels", _growth(photo), "MB", 50),
        Row("child, memory for a photo of 12 million pixels", _peak(photo), "MB", 250),
        Row(
            "child, memory for a PNG of 40 million pixels",
            _peak(_photo(7300, 5470, "PNG", compress_level=1), "image/png"),
            "MB",
            500,
        ),
        *(
            Row(what, _milliseconds(partial(_refused, data)), "ms", 1000)
            for what, data in poison.items()
        ),
    ]


def _photo(width: int, height: int, format_: str, **options: int) -> bytes:
    """Something between noise and a wall, as large on the disk as a real photo."""
    small = (width // 4, height // 4)
    noise = random.Random(1).randbytes(small[0] * small[1] * 3)
    image = Image.frombytes("RGB", small, noise).resize((width, height), Image.Resampling.BILINEAR)
    buffer = io.BytesIO()
    image.save(buffer, format_, **options)
    return buffer.getvalue()


def _bomb() -> bytes:
    buffer = io.BytesIO()
    Image.new("1", (13_000, 13_000)).save(buffer, "PNG")
    return buffer.getvalue()


def _refused(data: bytes) -> None:
    try:
        pictures.variants(ContentFile(data), pictures.sniff(data) or "")
    except FileRefusedError:
        return
    raise AssertionError("taken")


def _milliseconds(job: Callable[[], object]) -> float:
    """By the clock: what counts happens in another process."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        job()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def _growth(photo: bytes) -> float:
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        file.write(photo)
        file.flush()
        done = subprocess.run(
            [sys.executable, "-c", GROWTH, file.name], capture_output=True, text=True, check=True
        )
    return int(done.stdout) / MEGABYTE


def _start() -> float:
    """What a child uses before and after its work; it is nice to others, so by its own CPU."""
    tiny = _photo(40, 40, "PNG")

    def used() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (usage.ru_utime + usage.ru_stime) * 1000

    before = used()
    for _ in range(ROUNDS):
        pictures.variants(ContentFile(tiny), "image/png")
    return (used() - before) / ROUNDS


def _peak(data: bytes, content_type: str = "image/jpeg") -> float:
    done = subprocess.run(
        [sys.executable, "-c", PEAK, sys.executable, "-I", str(pictures.CHILD), content_type],
        input=data,
        capture_output=True,
        check=True,
    )
    return int(done.stdout) / MEGABYTE

"""Ten bulletins: the reckoned length beside the time that espeak-ng needs at the same speed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import wave
from pathlib import Path

from bench.figures import Row
from outreach.loudspeaker.length import VOV_NEWS, spoken_length
from outreach.loudspeaker.reading import count_syllables, read_aloud

SCRIPTS = Path(__file__).parent / "bulletins"
PLAN = Path(__file__).parent.parent / "plans" / "tests" / "documents" / "85-KH-DU.txt"
OFF = 10  # per cent


def rows() -> list[Row]:
    program = shutil.which("espeak-ng")
    if program is None:
        print(
            "espeak-ng is not installed: apt-get install espeak-ng. The lengths are not compared."
        )
        return []
    texts = [read_aloud(path.read_text("utf-8")).text for path in sorted(SCRIPTS.glob("*.txt"))]
    setting = _setting(program)
    off = []
    for text in texts:
        spoken = _seconds(program, text, setting)
        reckoned = spoken_length(text, speed=VOV_NEWS).seconds
        off.append((reckoned / spoken - 1) * 100)
    return [
        Row(f"spoken length of {len(texts)} bulletins, farthest off", max(map(abs, off)), "%", OFF),
        Row("spoken length, mean off", abs(sum(off) / len(off)), "%", OFF),
    ]


def _setting(program: str) -> int:
    """The -s at which the voice reads the paragraphs of Plan 85 (its two longest trip it) at VOV's speed."""
    found = re.findall(r"(?m)^[^\n]{300,750}$", PLAN.read_text("utf-8"))
    text = "\n".join(read_aloud(one).text for one in found)
    syllables = count_syllables(text)
    low, high = 80, 300
    while high - low > 1:
        middle = (low + high) // 2
        if syllables / _seconds(program, text, middle) * 60 < VOV_NEWS:
            low = middle
        else:
            high = middle
    return high


def _seconds(program: str, text: str, setting: int) -> float:
    # The line end is needed: without one the last clause is spoken twice.
    made = subprocess.run(
        [program, "-v", "vi", "-s", str(setting), "--stdout"],
        input=f"{text}\n".encode(),
        capture_output=True,
        check=True,
    ).stdout
    with wave.open(io.BytesIO(made)) as sound:
        return (len(made) - 44) / (sound.getframerate() * sound.getsampwidth())

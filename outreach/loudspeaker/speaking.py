"""A machine's voice for a reading text, where Debian's espeak-ng is installed."""

from __future__ import annotations

import shutil
import subprocess

from outreach.loudspeaker.length import VOV_NEWS

SECONDS = 20  # of work, for any text that a bulletin may hold
SETTING = 168  # the -s at which this voice reads 233 syllables a minute (bench, loudspeaker)


class NoVoiceError(Exception):
    """``str(error)`` is fit to show."""


def is_installed() -> bool:
    return shutil.which("espeak-ng") is not None


def sound(text: str, *, speed: int = VOV_NEWS) -> bytes:
    """A WAV file of ``text`` at ``speed`` syllables a minute."""
    program = shutil.which("espeak-ng")
    if program is None:
        raise NoVoiceError("Máy chủ chưa cài giọng đọc. Dùng nút đọc thử của trình duyệt.")
    setting = str(round(SETTING * speed / VOV_NEWS))
    try:
        made = subprocess.run(  # noqa: S603  no shell, the text goes in as a file
            [program, "-v", "vi", "-s", setting, "--stdout"],
            input=f"{text}\n".encode(),
            capture_output=True,
            check=True,
            timeout=SECONDS,
        )
    except (subprocess.SubprocessError, OSError):
        raise NoVoiceError("Chưa đọc thử được bản tin này. Đồng chí thử lại sau.") from None
    return made.stdout

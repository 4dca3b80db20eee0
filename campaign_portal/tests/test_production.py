"""The settings of production, read by a process of its own."""

import json
import os
import subprocess
import sys

from django.conf import settings

ASK = """
import json
from django.conf import settings as s
names = "SESSION_COOKIE CSRF_COOKIE".split()
print(json.dumps({
    "cookies": [
        [getattr(s, f"{name}_{what}") for what in ("NAME", "SECURE", "HTTPONLY", "SAMESITE")]
        for name in names
    ],
    "others": [s.KNOWN_PHONE_COOKIE, s.KNOWN_DEVICE_COOKIE, s.MESSAGE_STORAGE],
    "debug": s.DEBUG,
    "insecure": s.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN,
    "hsts": s.SECURE_HSTS_SECONDS,
    "cache": [s.CACHES["default"]["BACKEND"], s.CACHES["default"].get("OPTIONS")],
}))
"""


def test_cookies_are_bound_to_this_host():
    told = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "k" * 50,
            "HTTPS": "on",
            "STATIC_HASHED": "off",
            "DATABASE_URL": "sqlite:///:memory:",
            "CACHE_URL": "dbcache://cache",
            "DJANGO_SETTINGS_MODULE": "campaign_portal.settings",
        },
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(told.stdout) == {
        "cookies": [["__Host-session", True, True, "Lax"], ["__Host-csrf", True, True, "Lax"]],
        "others": [
            "__Host-phone",
            "__Host-device",
            "django.contrib.messages.storage.session.SessionStorage",
        ],
        "debug": False,
        "insecure": False,
        "hsts": 31_536_000,
        "cache": ["django.core.cache.backends.db.DatabaseCache", {"MAX_ENTRIES": 50_000}],
    }

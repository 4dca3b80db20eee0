"""The floor of the office's pages: Django as `startproject` leaves it, over the portal's tables."""

from bench.lean import settings as lean
from campaign_portal.settings import *  # noqa: F403  its apps, database, language

# allauth's app refuses to start without its own.
MIDDLEWARE = [*lean.MIDDLEWARE, "allauth.account.middleware.AccountMiddleware"]
TEMPLATES = lean.TEMPLATES
ROOT_URLCONF = "bench.lean.office_urls"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "lean"
SILENCED_SYSTEM_CHECKS = ["core", "admin"]

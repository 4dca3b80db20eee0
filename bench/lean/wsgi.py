"""Served by the same command as the portal."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.lean.settings")
application = get_wsgi_application()

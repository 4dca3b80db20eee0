"""WSGI entry point of the web server."""

import gc
import logging
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_portal.settings")
application = get_wsgi_application()

# What was loaded stays, and a request leaves few cycles behind: looking for garbage every 700
# objects, as Python does, took a tenth of the CPU of a hand-in.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)

# No line of the log tells these, so they are not looked up (Python's logging how-to, "Optimization").
logging._srcfile = None  # type: ignore[attr-defined]
logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False

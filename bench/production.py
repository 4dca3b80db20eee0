"""The portal's settings as in production, with its collected static files in a folder of the bench."""

import os

from campaign_portal.settings import *  # noqa: F403

STATIC_ROOT = os.environ["BENCH_STATIC_ROOT"]

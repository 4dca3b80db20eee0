"""The short form of ``make fuzz``, and the full one where FUZZ_REQUESTS says how many."""

import logging
import os
import sys
import time

import pytest
from django.db import connection

from campaign_portal.tests.fuzzing import Fuzzer

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "400"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))


@pytest.mark.django_db
def test_nothing_that_is_sent_breaks_a_page(capsys):
    logging.disable(logging.CRITICAL)
    began = time.monotonic()
    try:
        tally = Fuzzer(SEED).run(REQUESTS)
    finally:
        logging.disable(logging.NOTSET)

    if REQUESTS > 1000:
        minutes = (time.monotonic() - began) / 60
        told = [
            f"\n{connection.vendor}: {sum(tally.statuses.values())} requests, seed {SEED},",
            f"{len(tally.addresses)} routes, {minutes:.1f} minutes, slowest {tally.slowest:.1f} s,",
            f"{dict(sorted(tally.statuses.items()))}, {len(tally.wrong)} wrong",
            *sorted(set(tally.wrong))[:60],
        ]
        with capsys.disabled():
            sys.stdout.write("\n".join([*told, ""]))
    assert tally.wrong == []

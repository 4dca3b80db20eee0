"""Calls at the same moment, with real threads, for what only a lock keeps apart."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from core.workflow import TransitionRefusedError


def together(*calls, refusals=TransitionRefusedError):
    """Run ``calls`` at once; what each returned, or the one of ``refusals`` that it raised."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait()
        try:
            return call()
        except refusals as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))

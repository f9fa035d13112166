"""Many at once: threads that start together, each with a connection of its own to the database."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections


def at_once(calls):
    """Run all `calls` in threads that start together; return what each gave, or raise what it raised."""
    barrier = threading.Barrier(len(calls))

    def run(call):
        try:
            barrier.wait(timeout=30)
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(run, call) for call in calls]]

"""Doing something to the end in order to see what comes of it, and taking it back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def rehearsing() -> Iterator[None]:
    """Take back, at the end, all that is written to the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

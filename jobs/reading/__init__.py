"""Feeds of jobs read: from the bytes that a stranger sent to entries that may be shown."""

from jobs.reading.feeds import Entry, Reading, read
from jobs.reading.scanning import Unreadable

__all__ = ["Entry", "Reading", "Unreadable", "read"]

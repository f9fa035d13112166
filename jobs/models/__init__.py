"""Feeds of jobs that staff add, and what they list."""

from jobs.models.feed import Feed, FeedTry, Outcome
from jobs.models.posting import FeedEntry, Posting

__all__ = ["Feed", "FeedEntry", "FeedTry", "Outcome", "Posting"]

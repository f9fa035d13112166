"""Jobs in the studio: the feeds that staff keep, and what came of them."""

from jobs.admin.feeds import FeedAdmin
from jobs.admin.postings import PostingAdmin

__all__ = ["FeedAdmin", "PostingAdmin"]

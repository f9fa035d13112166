"""Writing a content into the rows of a working copy: what loading files and restoring an edition both do."""

from guides.writing.rows import bring_to
from guides.writing.taken import holder_of_slug, rows_of_others

__all__ = ["bring_to", "holder_of_slug", "rows_of_others"]

"""The catalog that comes with the site, and how it gets into this one."""

from courses.seeding.reading import BrokenCatalog
from courses.seeding.storing import Counts, seed

__all__ = ["BrokenCatalog", "Counts", "seed"]

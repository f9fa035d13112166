"""The figures that come with the site, and how they get into this one."""

from facts.loading.reading import BrokenFacts
from facts.loading.storing import Counts, load

__all__ = ["BrokenFacts", "Counts", "load"]

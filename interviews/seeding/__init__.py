"""The questions that come with the site, and how they get into this one."""

from interviews.seeding.reading import BrokenQuestions
from interviews.seeding.storing import Counts, seed

__all__ = ["BrokenQuestions", "Counts", "seed"]

"""Matching: which programmes fit what a person answered, in which order, and why."""

from courses.matching.answers import FREE, Answers, Budget
from courses.matching.fit import Answer, Reason, Verdict
from courses.matching.programme import Price, Programme
from courses.matching.ranking import Match, Score, kept_out, match
from courses.matching.reading import programmes_teaching

__all__ = [
    "FREE",
    "Answer",
    "Answers",
    "Budget",
    "Match",
    "Price",
    "Programme",
    "Reason",
    "Score",
    "Verdict",
    "kept_out",
    "match",
    "programmes_teaching",
]

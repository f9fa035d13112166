"""Matching: which programmes fit what a person answered, in which order, and why."""

from courses.matching.answers import FREE, Answers, Budget
from courses.matching.fit import Answer, Reason, Verdict
from courses.matching.programme import Effort, Price, Programme
from courses.matching.ranking import Match, Ranking, Score, match, rank
from courses.matching.reading import forget, programmes

__all__ = [
    "FREE",
    "Answer",
    "Answers",
    "Budget",
    "Effort",
    "Match",
    "Price",
    "Programme",
    "Ranking",
    "Reason",
    "Score",
    "Verdict",
    "forget",
    "match",
    "programmes",
    "rank",
]

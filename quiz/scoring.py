"""From answers to a ranking of careers. Pure: no database, no clock.

An answer gives each career points from -3 to 3. Totals of points cannot be compared as they are: a career
with more weights, or larger ones, reaches higher totals by chance alone. So each total is compared with the
totals of *the same career* over all ways in which the questions that were answered could have been answered:
a career's score is the share of those ways that give it less, and half of those that give it as much. (It is
the percentile rank with ties at their middle, as tests in psychology are reported.) Filled in by chance, each
career comes to 50 % on average whatever its weights, doubling all weights of a career changes nothing, and so
does adding a number to all weights of a question. The shares are counted, not estimated: ties are exact.

A career of which the answers say nothing, since all ways give it the same, is not ranked.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from quiz.questionnaire import Answer, Career, Question, Quiz

WORTH_TELLING = Fraction(1, 2)  # points beyond the mean of a question from which an answer is a reason

Chosen = Sequence[tuple[Question, Answer]]


@dataclass(frozen=True)
class Reason:
    """An answer that spoke for a career or against it: how much beyond the mean of its question, and why."""

    question: Question
    answer: Answer
    points: Fraction
    words: str


@dataclass(frozen=True)
class Standing:
    """A career in a ranking. `share` is its score, from 0 to 1; equal ones have the same `place`, from 1."""

    place: int
    career: Career
    share: Fraction
    spoke_for: tuple[Reason, ...]
    spoke_against: tuple[Reason, ...]

    @property
    def percent(self) -> int:
        """The score in whole percent, rounded down: no result is perfect."""
        return int(self.share * 100)


@dataclass(frozen=True)
class Ranking:
    """Careers, those that fit best first, and the `silent` ones, of which the answers say nothing.

    `turning` is the number of questions of which one other answer alone would change who comes first.
    """

    standings: tuple[Standing, ...]
    silent: tuple[Career, ...]
    answered: int
    asked: int
    turning: int

    @property
    def first(self) -> tuple[Standing, ...]:
        """Who comes first: one career, several that share the place, or none."""
        return tuple(standing for standing in self.standings if standing.place == 1)


class Scale:
    """What each total of a career is worth among all ways to answer some questions."""

    def __init__(self, columns: Iterable[Sequence[int]]) -> None:
        """`columns` are the points of the answers to each question."""
        columns = list(columns)
        ways = ways_to(columns)
        self.lowest, self.highest = min(ways), max(ways)
        self.count = prod(len(column) for column in columns)
        self.shares: dict[int, Fraction] = {}
        below = 0
        for total in sorted(ways):
            self.shares[total] = Fraction(2 * below + ways[total], 2 * self.count)
            below += ways[total]

    @property
    def says_something(self) -> bool:
        return self.lowest < self.highest


def ways_to(columns: Iterable[Sequence[int]]) -> dict[int, int]:
    """Return how many ways there are to each total, taking one of the points of each column."""
    ways = {0: 1}
    for column in columns:
        longer: Counter[int] = Counter()
        for total, count in ways.items():
            for points in column:
                longer[total + points] += count
        ways = longer
    return ways


def rank(quiz: Quiz, answers: Collection[int]) -> Ranking:
    """Return the ranking of the careers of `quiz` by `answers`, ids in any order; unknown ones do not count.

    Without an answer nothing is ranked.
    """
    chosen = quiz.chosen(answers)
    scales = {career: scale_of(career, [question for question, _ in chosen]) for career in quiz.careers}
    heard = [career for career, scale in scales.items() if scale.says_something]
    shares = {career: scales[career].shares[_total(career, chosen)] for career in heard}
    standings = [_standing(career, share, shares, chosen) for career, share in shares.items()]
    return Ranking(
        standings=tuple(sorted(standings, key=lambda each: (each.place, each.career.title))),
        silent=tuple(career for career in quiz.careers if career not in shares),
        answered=len(chosen),
        asked=len(quiz.questions),
        turning=_turning(chosen, {career: scales[career] for career in heard}),
    )


def scale_of(career: Career, questions: Iterable[Question]) -> Scale:
    """Return what the totals of `career` are worth where `questions` are answered."""
    return Scale(question.points(career.slug) for question in questions)


def leaders(shares: dict[Career, Fraction]) -> frozenset[Career]:
    """Return the careers with the highest share."""
    most = max(shares.values(), default=None)
    return frozenset(career for career, share in shares.items() if share == most)


def _total(career: Career, chosen: Chosen) -> int:
    return sum(answer.points.get(career.slug, 0) for _, answer in chosen)


def _standing(career: Career, share: Fraction, shares: dict[Career, Fraction], chosen: Chosen) -> Standing:
    reasons = sorted(_reasons(career, chosen), key=lambda reason: -abs(reason.points))
    return Standing(
        place=1 + sum(other > share for other in shares.values()),
        career=career,
        share=share,
        spoke_for=tuple(reason for reason in reasons if reason.points > 0),
        spoke_against=tuple(reason for reason in reasons if reason.points < 0),
    )


def _reasons(career: Career, chosen: Chosen) -> Iterable[Reason]:
    for question, answer in chosen:
        column = question.points(career.slug)
        points = answer.points.get(career.slug, 0) - Fraction(sum(column), len(column))
        if abs(points) >= WORTH_TELLING:
            yield Reason(question, answer, points, answer.reasons.get(career.slug, ""))


def _turning(chosen: Chosen, scales: dict[Career, Scale]) -> int:
    totals = {career: _total(career, chosen) for career in scales}
    first = leaders({career: scales[career].shares[total] for career, total in totals.items()})
    return sum(
        any(_leaders_with(other, answer, totals, scales) != first for other in question.answers)
        for question, answer in chosen
    )


def _leaders_with(
    other: Answer, answer: Answer, totals: dict[Career, int], scales: dict[Career, Scale]
) -> frozenset[Career]:
    """Return who would come first with `other` instead of `answer`."""
    shares: dict[Career, Fraction] = {}
    for career, scale in scales.items():
        change = other.points.get(career.slug, 0) - answer.points.get(career.slug, 0)
        shares[career] = scale.shares[totals[career] + change]
    return leaders(shares)

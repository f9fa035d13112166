"""Whether each career has its chance: who wins over all ways to answer, or over many random ones. Pure."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product
from math import prod

from quiz.questionnaire import Answer, Career, Quiz
from quiz.scoring import Scale, leaders, scale_of

FEW_ENOUGH = 5000  # ways to answer that are all looked at; of more, so many are drawn
SEED = 2026  # of the drawing: the same quiz has the same figures each time
TOO_FAR = 3  # times the fair share, or a part of it

NONE = Fraction()

Sheet = tuple[Answer, ...]


@dataclass(frozen=True)
class Chance:
    """How a career fares. `share` of the sheets it comes first on, from 0 to 1, shared places in parts;
    `lowest` and `highest` total of points that answers can give it; and what is wrong, if anything is.
    """

    career: Career
    share: Fraction
    lowest: int
    highest: int
    warning: str

    @property
    def percent(self) -> float:
        return float(self.share * 100)


@dataclass(frozen=True)
class Fairness:
    """The chances of all careers, from `sheets` ways to answer: all there are if `is_exact`."""

    chances: tuple[Chance, ...]
    sheets: int
    is_exact: bool

    @property
    def fair_percent(self) -> float:
        """What each career would win if chances were equal."""
        taking_part = [chance for chance in self.chances if chance.lowest < chance.highest]
        return 100 / len(taking_part) if taking_part else 0


def fairness(quiz: Quiz) -> Fairness:
    """Return how the careers of `quiz` fare where every question is answered."""
    scales = {career: scale_of(career, quiz.questions) for career in quiz.careers}
    heard = {career: scale for career, scale in scales.items() if scale.says_something}
    ways = prod(len(question.answers) for question in quiz.questions) if quiz.questions else 0
    is_exact = ways <= FEW_ENOUGH
    sheets = list(_all(quiz) if is_exact else islice(_random(quiz), FEW_ENOUGH))
    wins = _wins(sheets, heard) if quiz.questions else {}
    share = {career: wins.get(career, NONE) / max(len(sheets), 1) for career in quiz.careers}
    chances = (
        Chance(career, share[career], scale.lowest, scale.highest, _warning(career, share, heard, quiz))
        for career, scale in scales.items()
    )
    return Fairness(tuple(chances), len(sheets) if quiz.questions else 0, is_exact)


def best_sheet(quiz: Quiz, career: Career) -> Sheet:
    """Return the answers that say most for `career`."""
    return tuple(
        max(question.answers, key=lambda answer: answer.points.get(career.slug, 0))
        for question in quiz.questions
    )


def _all(quiz: Quiz) -> Iterator[Sheet]:
    return product(*(question.answers for question in quiz.questions))


def _random(quiz: Quiz) -> Iterator[Sheet]:
    drawing = random.Random(SEED)  # noqa: S311 (no secret)  # nosec B311
    while True:
        yield tuple(drawing.choice(question.answers) for question in quiz.questions)


def _wins(sheets: Iterable[Sheet], scales: dict[Career, Scale]) -> dict[Career, Fraction]:
    wins: dict[Career, Fraction] = {}
    for sheet in sheets:
        first = _first(sheet, scales)
        for career in first:
            wins[career] = wins.get(career, NONE) + Fraction(1, len(first))
    return wins


def _first(sheet: Sheet, scales: dict[Career, Scale]) -> frozenset[Career]:
    return leaders(
        {
            career: scale.shares[sum(answer.points.get(career.slug, 0) for answer in sheet)]
            for career, scale in scales.items()
        }
    )


def _warning(career: Career, share: dict[Career, Fraction], scales: dict[Career, Scale], quiz: Quiz) -> str:
    """Return what is wrong with the chance of `career`, and what to do; empty if nothing is."""
    if career not in scales:
        return "No answer speaks for it or against it, so it is never ranked. Give it weights."
    if len(scales) == 1:
        return "It wins by default: answers say something of no other career. Give the others weights."
    fair = Fraction(1, len(scales))
    if not share[career] and career not in _first(best_sheet(quiz, career), scales):
        return "It cannot win: another comes first even where most speaks for it. Give it weights of its own."
    if share[career] * TOO_FAR < fair:
        return f"It wins less than a third of its fair share. {_alike(career, scales, quiz)}"
    if share[career] > fair * TOO_FAR:
        return "It wins more than three times its fair share. Let more answers speak for others."
    return ""


def _alike(career: Career, scales: dict[Career, Scale], quiz: Quiz) -> str:
    """Say which career takes first place where most speaks for `career`."""
    first = _first(best_sheet(quiz, career), scales) - {career}
    if not first:
        return "Let more answers speak for it alone."
    return f"Where most speaks for it, {min(other.title for other in first)} comes first as well."

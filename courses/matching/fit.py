"""Whether a programme fits an answer: it does, it does not, or nobody knows; and the words for it.

What is not known never counts as fitting, and keeps nothing out. Programmes are many and what is known of
them takes few values, so each judgement is made once and kept.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from courses.languages import NAMES
from courses.matching.answers import Answers, Budget
from courses.matching.programme import Effort, Price, Programme
from courses.models import Course

KEPT = 2048  # judgements of each kind
FORMATS: dict[str, str] = {choice.value: str(choice.label) for choice in Course.Format}


class Answer(StrEnum):
    """What was asked."""

    SKILLS = "skills"
    BUDGET = "budget"
    TIME = "time"
    FORMAT = "format"
    LANGUAGE = "language"


class Verdict(StrEnum):
    """Whether a programme fits an answer."""

    FITS = "fits"
    UNKNOWN = "unknown"
    MISFIT = "misfit"


class Reason(NamedTuple):
    """What an answer has to do with the place of a programme, in words."""

    answer: Answer
    verdict: Verdict
    words: str


def judged(answers: Answers, programme: Programme) -> list[Reason]:
    """Return how `programme` fits each of the answers that were given, but for the skills."""
    reasons = []
    if answers.weekly_hours is not None:
        reasons.append(_time(answers.weekly_hours, programme.effort))
    if answers.budget is not None:
        reasons.append(_budget(answers.budget, programme.prices))
    if answers.formats:
        reasons.append(_format(answers.formats, programme.format))
    if answers.languages:
        reasons.append(_language(answers.languages, programme.language))
    return reasons


def _judgement(answer: Answer) -> Callable[[Callable[..., tuple[Verdict, str]]], Callable[..., Reason]]:
    """Return a decorator that makes a reason of a verdict and words on `answer`, and keeps it."""

    def decorate(judge: Callable[..., tuple[Verdict, str]]) -> Callable[..., Reason]:
        return lru_cache(maxsize=KEPT)(lambda *known: Reason(answer, *judge(*known)))

    return decorate


@_judgement(Answer.BUDGET)
def _budget(budget: Budget, prices: tuple[Price, ...]) -> tuple[Verdict, str]:
    if not prices:
        return Verdict.UNKNOWN, "price not known"
    price = _price_in(budget, prices)
    if not price.amount:
        return Verdict.FITS, "free"
    if budget.is_free:
        return Verdict.MISFIT, f"costs {price}"
    if price.currency != budget.currency:
        return Verdict.UNKNOWN, f"costs {price}, which we do not convert"
    if price.amount > budget.amount:
        return Verdict.MISFIT, f"over budget: {price}"
    return Verdict.FITS, f"within budget: {price}"


def _price_in(budget: Budget, prices: tuple[Price, ...]) -> Price:
    """Return the price that was read last; rather one that can be compared, unless it became free since."""
    newest = prices[0]
    if not newest.amount:
        return newest
    return next((price for price in prices if price.amount and price.currency == budget.currency), newest)


@_judgement(Answer.TIME)
def _time(hours: int, effort: Effort) -> tuple[Verdict, str]:
    weeks = f"{_weeks(ceil(effort.hours / hours))} at your pace" if effort.hours else ""
    if effort.has_own_pace and weeks:
        return Verdict.FITS, weeks
    if (most := effort.weekly_hours_max) and most <= hours:
        known = f" for {_weeks(effort.weeks_max)}" if effort.weeks_max else ""
        return Verdict.FITS, f"at most {most} hours a week{known}"
    if effort.has_own_pace:
        return Verdict.UNKNOWN, "effort not known"
    return _more_than(hours, effort, weeks)


def _more_than(hours: int, effort: Effort, weeks: str) -> tuple[Verdict, str]:
    """Judge a programme that may set its own pace, and is not known to be content with `hours` a week."""
    least = effort.weekly_hours_min
    if least and least > hours:
        asked = f"asks for {least} hours a week"
        if effort.format:
            return Verdict.MISFIT, asked
        return Verdict.UNKNOWN, f"{asked}; whether one may go slower is not known"
    if least:
        return Verdict.UNKNOWN, f"{least} to {effort.weekly_hours_max} hours a week"
    if weeks and not effort.format:
        return Verdict.UNKNOWN, f"{weeks}, if it has no set times"
    return Verdict.UNKNOWN, "hours a week not known"


def _weeks(number: int) -> str:
    return f"{number} week{'' if number == 1 else 's'}"


@_judgement(Answer.FORMAT)
def _format(formats: frozenset[str], own: str) -> tuple[Verdict, str]:
    if not own:
        return Verdict.UNKNOWN, "format not known"
    return (Verdict.FITS if own in formats else Verdict.MISFIT), FORMATS.get(own, own)


@_judgement(Answer.LANGUAGE)
def _language(languages: frozenset[str], own: str) -> tuple[Verdict, str]:
    if not own:
        return Verdict.UNKNOWN, "language not known"
    return (Verdict.FITS if own in languages else Verdict.MISFIT), f"in {NAMES.get(own, own)}"

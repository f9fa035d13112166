"""Whether a programme fits an answer: it does, it does not, or nobody knows; and the words for it.

What is not known never counts as fitting, and keeps nothing out.
"""

from collections.abc import Callable
from enum import StrEnum
from math import ceil
from typing import NamedTuple

from courses.languages import NAMES
from courses.matching.answers import Answers, Budget
from courses.matching.programme import Price, Programme
from courses.models import Course


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


Judgement = tuple[Verdict, str]


def judged(answers: Answers, programme: Programme) -> list[Reason]:
    """Return how `programme` fits each of the answers that were given, but for the skills."""
    return [
        Reason(answer, *judge(answers, programme))
        for answer, (is_given, judge) in JUDGES.items()
        if is_given(answers)
    ]


def _budget(answers: Answers, programme: Programme) -> Judgement:
    budget = answers.budget
    assert budget is not None  # noqa: S101 (asked for where it was given)
    if not programme.prices:
        return Verdict.UNKNOWN, "price not known"
    price = _price_in(budget, programme.prices)
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


def _time(answers: Answers, programme: Programme) -> Judgement:
    hours = answers.weekly_hours
    assert hours is not None  # noqa: S101 (as above)
    weeks = f"{_weeks(ceil(programme.hours / hours))} at your pace" if programme.hours else ""
    if programme.has_own_pace:
        return (Verdict.FITS, weeks) if weeks else (Verdict.UNKNOWN, "effort not known")
    if (most := programme.weekly_hours_max) and most <= hours:
        known = f" for {_weeks(programme.weeks_max)}" if programme.weeks_max else ""
        return Verdict.FITS, f"at most {most} hours a week{known}"
    return _more_than(hours, programme, weeks)


def _more_than(hours: int, programme: Programme, weeks: str) -> Judgement:
    """Judge a programme that may set its own pace, and is not known to be content with `hours` a week."""
    least = programme.weekly_hours_min
    if least and least > hours:
        asked = f"asks for {least} hours a week"
        if programme.format:
            return Verdict.MISFIT, asked
        return Verdict.UNKNOWN, f"{asked}; whether one may go slower is not known"
    if least:
        return Verdict.UNKNOWN, f"{least} to {programme.weekly_hours_max} hours a week"
    if weeks and not programme.format:
        return Verdict.UNKNOWN, f"{weeks}, if it has no set times"
    return Verdict.UNKNOWN, "hours a week not known"


def _weeks(number: int) -> str:
    return f"{number} week{'' if number == 1 else 's'}"


def _format(answers: Answers, programme: Programme) -> Judgement:
    if not programme.format:
        return Verdict.UNKNOWN, "format not known"
    words = FORMATS.get(programme.format, programme.format)
    return (Verdict.FITS if programme.format in answers.formats else Verdict.MISFIT), words


def _language(answers: Answers, programme: Programme) -> Judgement:
    if not programme.language:
        return Verdict.UNKNOWN, "language not known"
    words = f"in {NAMES.get(programme.language, programme.language)}"
    return (Verdict.FITS if programme.language in answers.languages else Verdict.MISFIT), words


FORMATS: dict[str, str] = {choice.value: str(choice.label) for choice in Course.Format}

# In the order in which reasons are given.
JUDGES: dict[Answer, tuple[Callable[[Answers], bool], Callable[[Answers, Programme], Judgement]]] = {
    Answer.TIME: (lambda answers: answers.weekly_hours is not None, _time),
    Answer.BUDGET: (lambda answers: answers.budget is not None, _budget),
    Answer.FORMAT: (lambda answers: bool(answers.formats), _format),
    Answer.LANGUAGE: (lambda answers: bool(answers.languages), _language),
}

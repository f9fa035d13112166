"""The order of programmes for a person. Pure: no database, no clock."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from courses.matching.answers import Answers
from courses.matching.fit import Answer, Reason, Verdict, judged
from courses.matching.programme import Programme

# A rating counts as if so many more had given the stars in the middle: the mean of a few says little. The
# damped mean of rankings everywhere; a programme that nobody rated comes after all that somebody did.
DAMPING = 10  # ratings
MIDDLE = 3.0  # stars


class Score(NamedTuple):
    """What programmes are ranked by, first things first: the more, the earlier.

    How many lacking skills one covers, how many of the other answers it is known to fit, whether somebody
    checked that it can be had, and its rating in stars, damped; 0 where there is none.
    """

    covered: int
    fitting: int
    is_checked: bool
    rating: float


@dataclass(frozen=True, slots=True)
class Match:
    """A programme that teaches something that is lacking and does not miss an answer, as far as is known."""

    course: Programme
    score: Score
    reasons: tuple[Reason, ...]


def match(answers: Answers, offers: Iterable[Programme]) -> list[Match]:
    """Return those of `offers` that may do, best first; equal ones by slug.

    Left out is what covers no lacking skill, and what is known to miss an answer; `kept_out` counts those.
    """
    matches = [found for offer in offers if (found := _match(answers, offer))]
    matches.sort(key=lambda found: found.course.slug)
    matches.sort(key=lambda found: found.score, reverse=True)
    return matches


def kept_out(answers: Answers, offers: Iterable[Programme]) -> Counter[Answer]:
    """Return how many of `offers` each answer alone keeps out of the matches.

    What several answers keep out is counted under none, since to relax one would not bring it in.
    """
    alone: Counter[Answer] = Counter()
    for offer in offers:
        missed = [reason.answer for reason in judged(answers, offer) if reason.verdict == Verdict.MISFIT]
        if len(missed) == 1 and answers.lacking & offer.skills:
            alone[missed[0]] += 1
    return alone


def _match(answers: Answers, offer: Programme) -> Match | None:
    covered = len(answers.lacking & offer.skills)
    reasons = judged(answers, offer) if covered else []
    if not covered or any(reason.verdict == Verdict.MISFIT for reason in reasons):
        return None
    fitting = sum(reason.verdict == Verdict.FITS for reason in reasons)
    score = Score(covered, fitting, offer.is_checked, _rating(offer))
    return Match(offer, score, (_covers(covered, len(answers.lacking)), *reasons))


def _covers(covered: int, lacking: int) -> Reason:
    if lacking == 1:
        words = "covers the one skill you lack"
    elif covered == lacking:
        words = f"covers all {lacking} skills you lack"
    else:
        words = f"covers {covered} of the {lacking} skills you lack"
    return Reason(Answer.SKILLS, Verdict.FITS, words)


def _rating(offer: Programme) -> float:
    """Return the stars of `offer`, damped; a number of ratings that is not known counts as none."""
    if offer.rating is None:
        return 0.0
    number = offer.ratings or 0
    return (MIDDLE * DAMPING + float(offer.rating) * number) / (DAMPING + number)

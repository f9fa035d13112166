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


@dataclass(frozen=True)
class Ranking:
    """What may do, best first, and how many programmes are known to miss which answers."""

    matches: list[Match]
    missing: Counter[tuple[Answer, ...]]

    @property
    def kept_out(self) -> dict[Answer, int]:
        """How many programmes each answer alone keeps out: so many more would come if it were relaxed."""
        return {missed[0]: number for missed, number in self.missing.items() if len(missed) == 1}

    @property
    def kept_out_by_several(self) -> int:
        """How many programmes miss two answers or more."""
        return sum(number for missed, number in self.missing.items() if len(missed) > 1)


def match(answers: Answers, offers: Iterable[Programme]) -> list[Match]:
    """Return those of `offers` that may do, best first; equal ones by slug.

    Left out is what covers no lacking skill, and what is known to miss another answer.
    """
    return rank(answers, offers).matches


def rank(answers: Answers, offers: Iterable[Programme]) -> Ranking:
    """Return the matches among `offers`, and what the answers keep out."""
    ranking = Ranking([], Counter())
    for offer in offers:
        if covered := len(answers.lacking & offer.skills):
            _place(ranking, answers, offer, covered)
    ranking.matches.sort(key=lambda found: found.course.slug)
    ranking.matches.sort(key=lambda found: found.score, reverse=True)
    return ranking


def _place(ranking: Ranking, answers: Answers, offer: Programme, covered: int) -> None:
    reasons = judged(answers, offer)
    if missed := tuple(reason.answer for reason in reasons if reason.verdict == Verdict.MISFIT):
        ranking.missing[missed] += 1
        return
    fitting = sum(reason.verdict == Verdict.FITS for reason in reasons)
    score = Score(covered, fitting, offer.is_checked, _rating(offer))
    covers = _covers(covered, len(answers.lacking))
    ranking.matches.append(Match(offer, score, (covers, *reasons)))


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

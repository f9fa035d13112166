"""The quiz as JSON."""

from typing import TypedDict


class QuizAnswer(TypedDict):
    id: int
    text: str


class QuizQuestion(TypedDict):
    """A question; one of its answers may be given, or none."""

    slug: str
    text: str
    help: str
    answers: list[QuizAnswer]


class QuizCareer(TypedDict):
    """A career, by the slug of its guide."""

    guide: str
    title: str


class QuizDocument(TypedDict):
    """What is asked, and the careers that take part; `version` changes whenever results may."""

    version: str
    questions: list[QuizQuestion]
    careers: list[QuizCareer]


class QuizReason(TypedDict):
    """An answer that spoke for a career or against it, and why, where somebody wrote that down."""

    question: str
    answer: int
    text: str
    reason: str


class QuizStanding(TypedDict):
    """A career in the ranking. `percent`: of 100 ways to answer the same questions by chance, so many speak
    less for it; those that speak as much count half. Equal ones share a `place`.
    """

    place: int
    guide: str
    title: str
    percent: int
    spoke_for: list[QuizReason]
    spoke_against: list[QuizReason]
    url: str


class QuizResult(TypedDict):
    """The ranking, empty if nothing was answered; `silent` are careers of which the answers say nothing.

    `turning` counts the questions of which another answer alone would change who comes first.
    """

    version: str
    asked: int
    answered: int
    turning: int
    clarity: str
    ranking: list[QuizStanding]
    silent: list[QuizCareer]
    url: str | None

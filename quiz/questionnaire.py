"""The questions as the quiz asks them, and what their answers weigh. Pure: no database, no clock."""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

DIGEST_LENGTH = 6  # letters of 6 bits
MARK_LENGTH = 3  # as above


@dataclass(frozen=True)
class Career:
    """A career that takes part, by the slug and the title of its guide."""

    slug: str
    title: str


@dataclass(frozen=True)
class Answer:
    """An answer: `points` for and against careers by slug, and `reasons` for some of them."""

    id: int
    text: str
    points: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """A question with its answers."""

    slug: str
    text: str
    answers: tuple[Answer, ...]
    help: str = ""

    def points(self, career: str) -> list[int]:
        """Return what each answer says of `career`."""
        return [answer.points.get(career, 0) for answer in self.answers]


@dataclass(frozen=True)
class Quiz:
    """All that is asked, in order, and the careers that take part."""

    questions: tuple[Question, ...]
    careers: tuple[Career, ...]

    @cached_property
    def places(self) -> dict[int, tuple[int, Question, Answer]]:
        """Each answer by its id, with its question and the number of that, from 0."""
        return {
            answer.id: (number, question, answer)
            for number, question in enumerate(self.questions)
            for answer in question.answers
        }

    @cached_property
    def digest(self) -> str:
        """What changes whenever the same answers may lead to another ranking."""
        told = [
            [answer.id, question.slug, question.text, answer.text, self._points(answer)]
            for _, question, answer in self.places.values()
        ]
        careers = [career.slug for career in self.careers]
        return short_digest(json.dumps([sorted(told), careers]), DIGEST_LENGTH)

    def mark(self, answer: int) -> str:
        """Return what changes whenever the words of an answer or of its question do."""
        _, question, found = self.places[answer]
        return short_digest(f"{question.text}\n{found.text}", MARK_LENGTH)

    def chosen(self, answers: Iterable[int]) -> list[tuple[Question, Answer]]:
        """Return the questions that are answered, in order; of two answers to one, that with the lower id."""
        found: dict[int, tuple[Question, Answer]] = {}
        for answer in sorted(set(answers) & self.places.keys()):
            number, question, choice = self.places[answer]
            found.setdefault(number, (question, choice))
        return [found[number] for number in sorted(found)]

    def with_answer(self, answers: Iterable[int], number: int, answer: int | None) -> list[int]:
        """Return `answers` with another one to the question `number`, from 0; without any for None."""
        others = [each for each in answers if each in self.places and self.places[each][0] != number]
        return others if answer is None else [*others, answer]

    def _points(self, answer: Answer) -> list[int]:
        return [answer.points.get(career.slug, 0) for career in self.careers]


def short_digest(text: str, length: int) -> str:
    """Return `length` letters that tell `text` from others, and may stand in an address."""
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()[:length]

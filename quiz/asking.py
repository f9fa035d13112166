"""The quiz as the database has it today."""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from guides.models import Edition
from quiz.models import Question as QuestionRow
from quiz.questionnaire import Answer, Career, Question, Quiz

LEAST_ANSWERS = 2
LEAST_CAREERS = 2

QUESTION = ("slug", "text", "help")
ANSWER = ("answers__id", "answers__text")
WEIGHT = ("answers__weights__guide", "answers__weights__points", "answers__weights__reason")


def current_quiz() -> Quiz:
    """Return what is asked today of the guides that everybody may read; two queries.

    A question with a single answer asks nothing and is left out.
    """
    editions = Edition.objects.public().order_by("title", "slug")
    careers: dict[UUID, Career] = {
        guide: Career(slug, title) for guide, slug, title in editions.values_list("guide", "slug", "title")
    }
    ordered = QuestionRow.objects.filter(is_active=True).order_by(
        "position", "pk", "answers__position", "answers__pk"
    )
    rows = ordered.values_list(*QUESTION, *ANSWER, *WEIGHT)
    questions = (_question(said, group, careers) for said, group in groupby(rows, key=itemgetter(0, 1, 2)))
    return Quiz(
        tuple(question for question in questions if len(question.answers) >= LEAST_ANSWERS),
        tuple(careers.values()),
    )


def _question(said: Any, rows: Iterable[Any], careers: dict[UUID, Career]) -> Question:
    slug, text, help_text = said
    # A question without answers has a row all the same, of an answer without an id.
    grouped = groupby(rows, key=itemgetter(3, 4))
    answers = [_answer(id_, words, group, careers) for (id_, words), group in grouped if id_ is not None]
    return Question(slug, text, tuple(answers), help_text)


def _answer(id_: int, text: str, rows: Iterable[Any], careers: dict[UUID, Career]) -> Answer:
    weights = [(careers[guide].slug, points, why) for *_, guide, points, why in rows if guide in careers]
    return Answer(
        id_,
        text,
        points={slug: points for slug, points, _ in weights},
        reasons={slug: why for slug, _, why in weights if why},
    )

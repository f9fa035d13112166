"""A quiz in the database: two careers, three questions."""

import pytest

from quiz.asking import current_quiz
from tests.factories import QuestionFactory, WeightFactory, published_guide


@pytest.fixture
def careers(db):
    """A baker, for whom each “Yes” speaks; a miller, for whom each “No” does."""
    return [published_guide(title=title, slug=title.lower()) for title in ("Baker", "Miller")]


@pytest.fixture
def questions(careers):
    made = [
        QuestionFactory(text=text, slug=slug, position=position)
        for position, (text, slug) in enumerate(
            [("Do you rise early?", "early"), ("Do you like heat?", "heat"), ("Do you like bread?", "bread")]
        )
    ]
    for question in made:
        for answer, career in zip(question.answers.all(), careers, strict=True):
            WeightFactory(answer=answer, guide=career, points=2)
    return made


@pytest.fixture
def quiz(questions):
    return current_quiz()


@pytest.fixture
def yes(questions):
    """The answers “Yes” to the three questions, by id."""
    return [question.answers.get(text="Yes").pk for question in questions]


@pytest.fixture
def no(questions):
    """The answers “No”, as above."""
    return [question.answers.get(text="No").pk for question in questions]

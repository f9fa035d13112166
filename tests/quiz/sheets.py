"""Quizzes for tests: the bundled one without a database, small ones made by hand, and sheets of answers."""

from itertools import count

from hypothesis import strategies as st

from quiz.loading import BUNDLED, read
from quiz.questionnaire import Answer, Career, Question, Quiz

CAREERS = (
    "ai-engineer",
    "computer-vision-engineer",
    "data-engineer",
    "data-scientist",
    "deep-learning-engineer",
    "machine-learning-engineer",
    "nlp-engineer",
)


def quiz_of(questions, careers):
    """Return a quiz of `questions`, each a list of answers that are dictionaries of points by career."""
    ids = count(1)
    return Quiz(
        tuple(
            Question(f"q{number}", f"Question {number}?", tuple(_answers(answers, ids)))
            for number, answers in enumerate(questions)
        ),
        tuple(Career(slug, slug.title()) for slug in careers),
    )


def _answers(answers, ids):
    for points in answers:
        number = next(ids)
        yield Answer(number, f"Answer {number}", points)


def bundled():
    """Return the quiz that comes with the site, with all its careers."""
    entries = read(BUNDLED)
    return quiz_of([[answer.weights for answer in entry.answers] for entry in entries], CAREERS)


def sheets(quiz):
    """Return a strategy for sheets: of each question one answer or none."""
    choices = [
        st.sampled_from([None, *(answer.id for answer in question.answers)]) for question in quiz.questions
    ]
    return st.tuples(*choices).map(lambda chosen: [answer for answer in chosen if answer is not None])


@st.composite
def quizzes(draw):
    """Return a strategy for small quizzes of any weights."""
    careers = ["baker", "miller", "farmer"][: draw(st.integers(1, 3))]
    points = st.fixed_dictionaries({}, optional={career: st.integers(-3, 3) for career in careers})
    questions = draw(st.lists(st.lists(points, min_size=2, max_size=4), min_size=1, max_size=4))
    return quiz_of(questions, careers)

"""The quiz as the database has it."""

from django.utils import timezone

from quiz.asking import current_quiz
from tests.factories import QuestionFactory, WeightFactory, guide_with_path


def texts(quiz):
    return [question.text for question in quiz.questions]


def test_quiz_is_read_with_two_queries(questions, careers, django_assert_num_queries):
    with django_assert_num_queries(2):
        quiz = current_quiz()
    assert texts(quiz) == ["Do you rise early?", "Do you like heat?", "Do you like bread?"]
    assert [answer.text for answer in quiz.questions[0].answers] == ["Yes", "No"]
    assert [answer.points for answer in quiz.questions[0].answers] == [{"baker": 2}, {"miller": 2}]


def test_question_that_is_not_asked_is_left_out(questions):
    questions[1].is_active = False
    questions[1].save()
    assert texts(current_quiz()) == ["Do you rise early?", "Do you like bread?"]


def test_question_with_one_answer_is_left_out(questions):
    questions[0].answers.first().delete()
    assert texts(current_quiz()) == ["Do you like heat?", "Do you like bread?"]


def test_question_without_weights_is_asked(db):
    QuestionFactory(text="Tea?")
    assert texts(current_quiz()) == ["Tea?"]


def test_guide_that_is_not_public_takes_no_part(questions, careers):
    draft = guide_with_path(title="Brewer")
    WeightFactory(answer=questions[0].answers.first(), guide=draft)
    careers[1].unpublished_at = timezone.now()
    careers[1].save()
    quiz = current_quiz()
    assert [career.slug for career in quiz.careers] == ["baker"]
    assert [answer.points for answer in quiz.questions[0].answers] == [{"baker": 2}, {}]


def test_reason_of_a_weight_is_read(questions, careers):
    weight = questions[0].answers.first().weights.get()
    weight.reason = "Ovens are lit at three."
    weight.save()
    assert current_quiz().questions[0].answers[0].reasons == {"baker": "Ovens are lit at three."}

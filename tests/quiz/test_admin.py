"""The quiz in the studio."""

from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.log import change_of
from quiz.models import Answer, Question
from tests.factories import QuestionFactory, WeightFactory

ADD = "/admin/quiz/question/add/"
FAIRNESS = "/admin/quiz/question/fairness/"


def form_of(answers, initial=()):
    """Return a question's form with these texts of answers; `initial` are ids of answers that are there."""
    form = {
        "text": "Tea?",
        "slug": "tea",
        "help": "",
        "position": 5,
        "is_active": "on",
        "seen": "{}",
    }
    form |= {"answers-TOTAL_FORMS": len(answers), "answers-INITIAL_FORMS": len(initial)}
    for number, text in enumerate(answers):
        form |= {f"answers-{number}-text": text, f"answers-{number}-position": 10 * number}
    for number, pk in enumerate(initial):
        form[f"answers-{number}-id"] = pk
    return form


def test_editor_adds_a_question(editor_client, db):
    editor_client.post(ADD, form_of(["Black", "Green"]))
    assert [answer.text for answer in Question.objects.get(slug="tea").answers.all()] == ["Black", "Green"]


@pytest.mark.parametrize("answers", [[], ["Black"]])
def test_question_needs_two_answers(editor_client, db, answers):
    response = editor_client.post(ADD, form_of(answers))
    assert "A question needs two answers or more." in unescape(response.content.decode())
    assert Question.objects.count() == 0


def test_answer_has_words(editor_client, db):
    editor_client.post(ADD, form_of(["Black", ""]))
    assert Question.objects.count() == 0


def test_answers_of_a_question_differ(editor_client, db):
    editor_client.post(ADD, form_of(["Black", "Black"]))
    assert Question.objects.count() == 0


def test_question_keeps_two_answers(editor_client, db):
    question = QuestionFactory()
    answers = list(question.answers.all())
    form = form_of(["Yes", "No"], [answer.pk for answer in answers])
    address = reverse("admin:quiz_question_change", args=[question.pk])
    editor_client.post(address, {**form, "answers-0-DELETE": "on", "answers-0-question": question.pk})
    assert question.answers.count() == 2


def weights_form(answer, *rows):
    form = {"text": answer.text, "position": answer.position, "seen": "{}"}
    form |= {"weights-TOTAL_FORMS": len(rows), "weights-INITIAL_FORMS": 0}
    for number, (guide, points) in enumerate(rows):
        form |= {f"weights-{number}-guide": guide.pk, f"weights-{number}-points": points}
    return form


def change(client, answer, *rows):
    return client.post(reverse("admin:quiz_answer_change", args=[answer.pk]), weights_form(answer, *rows))


def test_editor_says_what_an_answer_weighs(editor_client, guide):
    answer = QuestionFactory().answers.first()
    change(editor_client, answer, (guide, -3))
    assert answer.weights.get().points == -3
    assert change_of(LogEntry.objects.get())["after"] == {"weights": "-3 for Data baker"}


@pytest.mark.parametrize("points", [-4, 4, "x", "", "\0"])
def test_weight_is_from_minus_three_to_three(editor_client, guide, points):
    answer = QuestionFactory().answers.first()
    response = change(editor_client, answer, (guide, points))
    assert (response.status_code, answer.weights.count()) == (200, 0)


def test_career_is_weighed_once_for_an_answer(editor_client, guide):
    answer = QuestionFactory().answers.first()
    change(editor_client, answer, (guide, 1), (guide, 2))
    assert answer.weights.count() == 0


@pytest.mark.parametrize("points", [-4, 4])
def test_database_refuses_other_weights(guide, points):
    with pytest.raises(IntegrityError), transaction.atomic():
        WeightFactory(guide=guide, points=points)


def test_answer_is_not_deleted_where_two_are_needed(editor_client, db):
    answer = QuestionFactory().answers.first()
    address = reverse("admin:quiz_answer_delete", args=[answer.pk])
    said = unescape(editor_client.get(address).content.decode())
    editor_client.post(address, {"post": "yes"})
    assert "it would have fewer than 2 answers left" in said
    assert Answer.objects.filter(pk=answer.pk).exists()


def test_one_of_three_answers_is_deleted(editor_client, db):
    answer = QuestionFactory(answers=("Yes", "No", "Maybe")).answers.first()
    editor_client.post(reverse("admin:quiz_answer_delete", args=[answer.pk]), {"post": "yes"})
    assert not Answer.objects.filter(pk=answer.pk).exists()


def test_question_goes_with_its_answers(editor_client, guide):
    question = WeightFactory(guide=guide).answer.question
    editor_client.post(reverse("admin:quiz_question_delete", args=[question.pk]), {"post": "yes"})
    assert (Question.objects.count(), Answer.objects.count()) == (0, 0)


def test_fairness_names_who_wins(editor_client, quiz):
    text = unescape(editor_client.get(FAIRNESS).content.decode())
    assert "All 8 ways to answer every question" in text
    assert '<th scope="row">Baker</th><td>50.0</td><td>0</td><td>6</td><td>none</td>' in text


def test_fairness_warns_of_a_career_without_weights(editor_client, quiz, guide):
    text = unescape(editor_client.get(FAIRNESS).content.decode())
    assert "No answer speaks for it or against it, so it is never ranked. Give it weights." in text


def test_fairness_without_questions_is_said(editor_client, db):
    assert "There is no question with two answers yet." in editor_client.get(FAIRNESS).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_questions_takes_as_many_queries_for_three(
    editor_client, number, db, django_assert_max_num_queries
):
    for _ in range(number):
        QuestionFactory()
    with django_assert_max_num_queries(8):
        editor_client.get("/admin/quiz/question/")

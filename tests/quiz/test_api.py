"""The quiz for clients of the API."""

import pytest

from quiz.links import encode
from tests.factories import QuestionFactory

QUIZ, RESULT = "/api/v1/quiz/", "/api/v1/quiz/result/"


def test_questions_come_with_their_answers(visitor, quiz, yes, no):
    found = visitor.get(QUIZ).json()
    assert found["questions"][0] == {
        "slug": "early",
        "text": "Do you rise early?",
        "help": "",
        "answers": [{"id": yes[0], "text": "Yes"}, {"id": no[0], "text": "No"}],
    }
    assert found["careers"] == [{"guide": "baker", "title": "Baker"}, {"guide": "miller", "title": "Miller"}]
    assert found["version"] == quiz.digest


def test_answers_are_ranked_with_reasons(visitor, quiz, yes, no):
    found = visitor.get(RESULT, {"answer": [yes[0], yes[1], no[2]]}).json()
    assert [(each["place"], each["guide"], each["percent"]) for each in found["ranking"]] == [
        (1, "baker", 68),
        (2, "miller", 31),
    ]
    assert found["ranking"][1]["spoke_for"] == [
        {"question": "bread", "answer": no[2], "text": "No", "reason": ""}
    ]
    assert (found["asked"], found["answered"], found["turning"], found["silent"]) == (3, 3, 2, [])
    assert found["url"] == f"http://testserver/quiz/shared/?answers={encode(quiz, [yes[0], yes[1], no[2]])}"


def test_order_of_answers_changes_nothing(visitor, quiz, yes):
    there, back = (visitor.get(RESULT, {"answer": answers}).json() for answers in (yes, yes[::-1]))
    assert there == back


def test_no_answer_ranks_nothing(visitor, quiz):
    found = visitor.get(RESULT).json()
    assert (found["ranking"], found["clarity"], found["url"], len(found["silent"])) == ([], "", None, 2)


def problem_of(response):
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    return [(error["attr"], error["detail"]) for error in response.json()["errors"]]


def test_unknown_answer_is_named(visitor, quiz, yes):
    said = problem_of(visitor.get(RESULT, {"answer": [yes[0], "4711"]}))
    assert said == [("answer", "There is no answer “4711”. Their ids stand at /api/v1/quiz/.")]


@pytest.mark.parametrize("answer", ["", "x", "\0", "1" * 100_000, "-1", "٣"])
def test_what_is_no_answer_is_refused(visitor, quiz, answer):
    [(_, said)] = problem_of(visitor.get(RESULT, {"answer": answer}))
    assert said.startswith("There is no answer “")
    assert len(said) < 120


def test_two_answers_to_a_question_are_refused(visitor, quiz, yes, no):
    [(_, said)] = problem_of(visitor.get(RESULT, {"answer": [yes[0], no[0]]}))
    assert said == f"Answers {yes[0]} and {no[0]} are to one question. Give one of them."


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (QUIZ, "There is no parameter “page”. There is none here."),
        (RESULT, "There is no parameter “page”. Use answer."),
    ],
)
def test_unknown_parameter_is_refused(visitor, quiz, address, said):
    assert problem_of(visitor.get(address, {"page": 1})) == [("page", said)]


def test_answer_that_did_not_change_is_not_sent_again(visitor, quiz, yes):
    first = visitor.get(RESULT, {"answer": yes})
    again = visitor.get(RESULT, {"answer": yes}, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_quiz_is_read_only(visitor, quiz, method):
    assert getattr(visitor, method)(RESULT).status_code == 405


@pytest.mark.parametrize("more", [0, 2])
def test_answers_take_two_queries(visitor, quiz, yes, more, django_assert_num_queries):
    for _ in range(more):
        QuestionFactory()
    for address in (QUIZ, RESULT):
        with django_assert_num_queries(2):
            visitor.get(address)

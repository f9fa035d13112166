"""Questions for clients of the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interviews.models import Question
from tests.factories import published_guide
from tests.interviews.conftest import questions_of

API = "/api/v1/interview-questions/"

pytestmark = pytest.mark.django_db


def slugs(response):
    return [each["slug"] for each in response.json()["results"]]


def test_question_says_all_that_its_page_does(visitor, question):
    [told] = visitor.get(API).json()["results"]
    assert told == visitor.get(f"{API}what-is-yeast/").json()
    assert {**told, "id": None, "page": None} == {
        "id": None,
        "slug": "what-is-yeast",
        "text": "What is yeast?",
        "answer": "It makes the dough *rise*.",
        "answer_html": "<p>It makes the dough <em>rise</em>.</p>\n",
        "shows": "",
        "mistakes": "",
        "topic": {"slug": "baking", "name": "Baking"},
        "difficulty": "easy",
        "kind": "technical",
        "guides": ["data-baker"],
        "named_by": None,
        "page": None,
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("guide=data-baker", ["what-is-yeast", "how-hot-is-an-oven"]),
        ("guide=apple-grower", []),
        ("topic=ovens", ["how-hot-is-an-oven"]),
        ("difficulty=easy&kind=technical", ["what-is-yeast"]),
        ("q=CHAUD", ["how-hot-is-an-oven"]),
        ("page_size=1&page=2", ["how-hot-is-an-oven"]),
    ],
)
def test_list_takes_the_filters_of_the_page(visitor, question, oven, query, found):
    published_guide(title="Apple grower", slug="apple-grower")
    assert slugs(visitor.get(f"{API}?{query}")) == found


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        (
            "subject=ovens",
            "subject",
            "There is no parameter “subject”. Use some of topic, difficulty, kind, q,",
        ),
        ("topic=bread", "topic", "There is no topic “bread” here. Use one of baking."),
        ("difficulty=extreme", "difficulty", "Use one of easy, medium, hard."),
        ("kind=%00", "kind", "Use one of technical, coding, design, behavioural."),
        ("guide=nobody", "guide", "There is no guide “nobody”."),
        ("guide=a&guide=b", "guide", "Give “guide” once."),
        ("topic=baking&topic=ovens", "topic", "Give “topic” once."),
        ("page_size=0", "page_size", "Must be a whole number"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_name(visitor, question, query, name, words):
    response = visitor.get(f"{API}?{query}")
    [error] = [each for each in response.json()["errors"] if each["attr"] == name][:1]
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert words in error["detail"]


def test_retired_and_unpublished_questions_are_not_told(visitor, guide, question, oven):
    Question.objects.filter(pk=question.pk).update(is_active=False)
    oven.guides.clear()
    assert slugs(visitor.get(API)) == []
    assert visitor.get(f"{API}what-is-yeast/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_one_query_once_it_is_known(visitor, guide, count):
    questions_of(guide, count)
    visitor.get(API)
    with CaptureQueriesContext(connection) as captured:
        assert visitor.get(API).json()["count"] == count
    assert len(captured) == 1


def test_list_is_sent_once_to_who_has_it(visitor, question):
    tag = visitor.get(API)["ETag"]
    assert visitor.get(API, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_written(learner_client, question, method):
    assert getattr(learner_client, method)(API).status_code in (403, 405)

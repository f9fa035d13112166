"""The questions of a guide, and the page of each: for everybody, in few queries."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interviews.models import Change, Question
from tests.conftest import client_of
from tests.factories import InterviewQuestionFactory, SourceFactory, TopicFactory, published_guide
from tests.interviews.conftest import questions_of, start

LIST = "/guides/data-baker/interview/"
ODD = ["\0", "x" * 300, "%%", "<script>", "جواب", "𝔘", "'; --", "\x1b[0m"]

pytestmark = pytest.mark.django_db


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def asked(response):
    return re.findall(r'<span class="asked">(.*?)</span>', response.content.decode())


def linked(response):
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode())
    return json.loads(found)


def test_questions_stand_by_topic_for_everybody(visitor, learner_client, question, oven):
    for client in (visitor, learner_client):
        assert asked(client.get(LIST)) == ["How hot is an oven?", "What is yeast?"][::-1]


@pytest.mark.parametrize("count", [1, 3])
def test_visitor_costs_one_query_once_the_page_is_kept(visitor, guide, count):
    questions_of(guide, count)
    visitor.get(LIST)
    assert queries(visitor, LIST) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_learner_costs_five_queries(learner, guide, count):
    made = questions_of(guide, count)
    start(learner, guide)
    client = client_of(learner)
    client.get(LIST)
    own = f"{LIST}{made[0].slug}/"
    assert (queries(client, LIST), queries(client, own)) == (5, 3)


def test_visitor_gets_no_cookie_and_no_token(visitor, question):
    response = visitor.get(LIST)
    assert (dict(response.cookies), "csrf" in response.content.decode()) == ({}, False)


def test_page_changes_with_a_question(visitor, question):
    visitor.get(LIST)
    Question.objects.filter(pk=question.pk).update(text="What is sourdough?")
    assert asked(visitor.get(LIST)) == ["What is sourdough?"]


def test_page_changes_with_a_link_to_the_guide_and_a_topic(visitor, guide, question):
    visitor.get(LIST)
    question.topic.name = "Doughs"
    question.topic.save()
    assert "Doughs" in visitor.get(LIST).content.decode()
    question.guides.clear()
    assert asked(visitor.get(LIST)) == []


def test_retired_question_leaves_the_pages(visitor, question):
    Question.objects.update(is_active=False)
    assert asked(visitor.get(LIST)) == []
    assert visitor.get(f"{LIST}{question.slug}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("topic=ovens", ["How hot is an oven?"]),
        ("difficulty=easy", ["What is yeast?"]),
        ("kind=coding", []),
        ("topic=ovens&difficulty=easy", []),
        ("q=tres+CHAU", ["How hot is an oven?"]),
        ("q=rise", ["What is yeast?"]),
        ("q=ise", []),
        ("q=what+dough", ["What is yeast?"]),
        ("utm_source=elsewhere", ["What is yeast?", "How hot is an oven?"]),
    ],
)
def test_filters_leave_what_fits(visitor, question, oven, query, found):
    response = visitor.get(f"{LIST}?{query}")
    if query == "kind=coding":
        assert response.status_code == 200
    assert asked(response) == found


@pytest.mark.parametrize("name", ["topic", "difficulty", "kind"])
@pytest.mark.parametrize("value", ODD)
def test_wrong_value_is_told_and_left_out(visitor, question, name, value):
    response = visitor.get(LIST, {name: value})
    content = response.content.decode()
    assert (response.status_code, asked(response)) == (400, ["What is yeast?"])
    assert (f"There is no {name} " in content, "<script>”" in content) == (True, False)


@pytest.mark.parametrize("value", ODD)
def test_odd_words_break_nothing(visitor, question, value):
    assert visitor.get(LIST, {"q": value}).status_code == (400 if len(value) > 200 else 200)


def test_values_say_how_many_questions_they_leave(visitor, guide, question, oven):
    questions_of(guide, 2, difficulty="hard")
    content = visitor.get(f"{LIST}?difficulty=hard").content.decode()
    facets = re.findall(r'<span>(\w+)(?:<span[^>]*>[^<]*</span>)?</span><span class="num">(\d+)', content)
    assert facets == [
        *[("Baking", "2"), ("Ovens", "1")],
        *[("Easy", "1"), ("Hard", "3")],
        ("Technical", "3"),
    ]


def test_question_has_a_page_with_others_of_its_topic(visitor, guide, question, oven):
    others = questions_of(guide, 2)
    response = visitor.get(f"{LIST}what-is-yeast/")
    content = response.content.decode()
    assert "<em>rise</em>" in content
    assert [other.text in content for other in [*others, oven]] == [True, True, False]


def test_question_of_another_guide_is_not_found(visitor, guide, question):
    published_guide(title="Oven builder", slug="oven-builder")
    assert visitor.get(f"/guides/oven-builder/interview/{question.slug}/").status_code == 404


def test_shared_question_has_one_page_that_counts(visitor, guide, question):
    question.guides.add(published_guide(title="Apple grower", slug="apple-grower"))
    for slug in ("apple-grower", "data-baker"):
        content = visitor.get(f"/guides/{slug}/interview/what-is-yeast/").content.decode()
        [canonical] = re.findall('rel="canonical" href="([^"]+)"', content)
        assert canonical.endswith("/guides/apple-grower/interview/what-is-yeast/")


def test_page_that_counts_moves_when_a_guide_is_hidden(visitor, guide, question):
    apples = published_guide(title="Apple grower", slug="apple-grower")
    question.guides.add(apples)
    visitor.get(f"{LIST}what-is-yeast/")
    apples.unpublished_at = apples.editions.get().live_at
    apples.save()
    content = visitor.get(f"{LIST}what-is-yeast/").content.decode()
    assert (
        "/guides/data-baker/interview/what-is-yeast/"
        in re.findall('rel="canonical" href="([^"]+)"', content)[0]
    )


def test_kept_pages_follow_what_other_guides_are_called(visitor, guide, question):
    other = published_guide(title="Apple baker", slug="apple-baker")
    question.guides.add(other)
    address = linked(visitor.get(LIST))[1]["itemListElement"][0]["url"]
    visitor.get(f"{LIST}{question.slug}/")
    type(other).objects.filter(pk=other.pk).update(title="Zest baker", slug="zest-baker")
    other.refresh_from_db()
    other.publish(by=None)
    moved = linked(visitor.get(LIST))[1]["itemListElement"][0]["url"]
    assert ("apple-baker" in address, "data-baker" in moved) == (True, True)
    assert "Zest baker" in visitor.get(f"{LIST}{question.slug}/").content.decode()


def test_question_is_a_flashcard_for_machines(visitor, question):
    [crumbs, quiz] = linked(visitor.get(f"{LIST}what-is-yeast/"))
    [card] = quiz["hasPart"]
    assert (crumbs["@type"], quiz["@type"], card["eduQuestionType"]) == (
        "BreadcrumbList",
        "Quiz",
        "Flashcard",
    )
    assert (card["text"], card["acceptedAnswer"]["text"]) == ("What is yeast?", "It makes the dough rise.")


def test_who_named_the_topic_is_told(visitor, guide):
    source = SourceFactory(publisher="Bakers weekly", url="https://example.org/questions")
    made = InterviewQuestionFactory(guides=[guide], source=source, asked_by="Topic named by Bakers weekly.")
    content = visitor.get(f"{LIST}{made.slug}/").content.decode()
    assert (
        "Topic named by Bakers weekly." in content,
        'href="https://example.org/questions"' in content,
    ) == (
        True,
        True,
    )


def test_markdown_of_staff_is_harmless(visitor, guide):
    made = InterviewQuestionFactory(
        guides=[guide], text="<b>?", slug="b", answer="<script>x</script> [y](javascript:z)"
    )
    content = visitor.get(f"{LIST}{made.slug}/").content.decode()
    assert ("<script>x" in content, "javascript:z" in content.replace("(javascript:z)", "")) == (False, False)


def test_guide_without_questions_says_so(visitor, guide):
    assert "No questions yet" in visitor.get(LIST).content.decode()


def test_unknown_guide_is_not_found(visitor, db):
    assert visitor.get("/guides/nobody/interview/").status_code == 404


def test_sitemap_names_each_question_once(visitor, guide, question, oven):
    question.guides.add(published_guide(title="Apple grower", slug="apple-grower"))
    found = re.findall(
        r"<loc>[^<]*(/guides/[^<]*/interview/[^<]+/)</loc>", visitor.get("/sitemap.xml").content.decode()
    )
    assert sorted(found) == [
        "/guides/apple-grower/interview/what-is-yeast/",
        "/guides/data-baker/interview/how-hot-is-an-oven/",
    ]


def test_search_finds_questions_beside_those_of_guides(visitor, question, oven):
    found = visitor.get("/api/v1/search/", {"q": "yeast", "kind": "question"}).json()["results"]
    assert [(hit["title"], hit["url"].split("/", 3)[3]) for hit in found] == [
        ("What is yeast?", "guides/data-baker/interview/what-is-yeast/")
    ]


def test_search_forgets_a_retired_question(visitor, question):
    visitor.get("/api/v1/search/", {"q": "yeast"})
    Question.objects.update(is_active=False)
    assert visitor.get("/api/v1/search/", {"q": "yeast", "kind": "question"}).json()["count"] == 0


@pytest.mark.parametrize("model", [Question, Question.guides.through, TopicFactory._meta.model])
def test_triggers_note_each_change(guide, question, model):
    def latest():
        return Change.objects.order_by("pk").values_list("pk", flat=True).last()

    before = latest()
    model.objects.all()[0].save()
    assert latest() > before

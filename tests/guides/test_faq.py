"""The questions of a guide on a page of their own."""

import re

import pytest

from tests.factories import SectionFactory, SourceFactory

BODY = """Words before.

### Is it hard?

Yes, by 5 % [@bls], see [pay](#pay).

### No question

X.

### Why?

So."""


@pytest.fixture
def asked(guide):
    SourceFactory(key="bls", publisher="Office")
    SectionFactory(guide=guide, slug="pay", title="Pay")
    SectionFactory(guide=guide, slug="asked", kind="questions", title="Asked", body=BODY)
    guide.publish(by=None)
    return guide


def page_of(visitor):
    return visitor.get("/guides/data-baker/faq/").content.decode()


def test_page_answers_each_question(visitor, asked):
    page = page_of(visitor)
    assert re.findall(r'<h2 id="(asked-[^"]+)">([^<]+?) <', page) == [
        ("asked-is-it-hard", "Is it hard?"),
        ("asked-why", "Why?"),
    ]
    assert "Words before" not in page


def test_answer_has_the_source_of_its_figure(visitor, asked):
    page = page_of(visitor)
    assert 'href="#source-bls"' in page
    assert '<li id="source-bls"' in page
    assert "Office" in page


def test_places_of_the_guide_are_found_there(visitor, asked):
    assert 'href="/guides/data-baker/#pay"' in page_of(visitor)


def test_place_of_a_question_is_that_of_the_guide(visitor, asked):
    assert 'id="asked-is-it-hard"' in visitor.get("/guides/data-baker/").content.decode()


def test_guide_without_questions_says_so(visitor, guide):
    assert "No questions yet" in page_of(visitor)


def test_page_leads_on_from_an_old_slug_and_is_missing_for_none(visitor, asked):
    asked.slug = "baker"
    asked.save()
    asked.publish(by=None)
    response = visitor.get("/guides/data-baker/faq/")
    assert (response.status_code, response["Location"]) == (301, "/guides/baker/faq/")
    assert visitor.get("/guides/nobody/faq/").status_code == 404


def test_page_costs_a_visitor_two_queries_and_then_one(visitor, asked, django_assert_num_queries):
    for count in (2, 1):
        with django_assert_num_queries(count):
            page_of(visitor)

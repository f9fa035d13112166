"""The words of all guides on one page."""

import re

import pytest
from django.utils import timezone

from guides.glossary import explained
from guides.models import Guide
from tests.factories import SectionFactory, published_guide
from tests.guides.documents import content

WORDS = "Batch\n: A group of examples.\n\nzebra\n: An animal [@bls]."


def document(slug, body):
    section = {
        "id": "s",
        "slug": "words",
        "kind": "words",
        "title": "W",
        "body": body,
        "checked_on": None,
        "steps": [],
    }
    return {**content(["a"]), "slug": slug, "title": slug.title(), "sections": [section]}


def told(*documents):
    return [
        (
            word.term,
            [(re.sub("<.*?>", "", each.html), [title for title, _ in each.guides]) for each in word.meanings],
        )
        for word in explained(documents)
    ]


def test_words_stand_from_a_to_z_with_their_guides():
    assert told(document("baker", WORDS)) == [
        ("Batch", [("A group of examples.", ["Baker"])]),
        ("zebra", [("An animal .", ["Baker"])]),
    ]


def test_meanings_that_differ_stand_side_by_side_and_equal_ones_once():
    found = told(
        document("baker", "Batch\n: Of loaves."),
        document("cook", "batch\n: Of soup."),
        document("sous", "Batch\n: Of soup."),
    )
    assert found == [("Batch", [("Of loaves.", ["Baker"]), ("Of soup.", ["Cook", "Sous"])])]


def test_links_inside_a_meaning_lead_to_the_guide():
    [word] = explained([document("baker", "Batch\n: See [pay](#pay).")])
    assert 'href="/guides/baker/#pay"' in word.meanings[0].html
    assert word.meanings[0].guides == (("Baker", "/guides/baker/#term-batch"),)


def test_page_shows_the_words_of_public_guides(visitor, guide):
    SectionFactory(guide=guide, body="Batch\n: A group.")
    guide.publish(by=None)
    page = visitor.get("/glossary/").content.decode()
    assert '<dt id="term-batch">Batch</dt>' in page
    assert '<a href="/guides/data-baker/#term-batch">Data baker</a>' in page
    Guide.objects.filter(pk=guide.pk).update(unpublished_at=timezone.now())
    assert "No word is explained yet" in visitor.get("/glossary/").content.decode()


@pytest.mark.parametrize("guides", [1, 3])
def test_page_costs_a_visitor_two_queries_and_then_one(visitor, db, guides, django_assert_num_queries):
    for _ in range(guides):
        SectionFactory(guide=(made := published_guide()), body="Batch\n: A group.")
        made.publish(by=None)
    for count in (2, 1):
        with django_assert_num_queries(count):
            visitor.get("/glossary/")

"""Slugs that changed: the guide, its feed, and the API lead on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guides.models import Edition, Guide
from guides.publishing import publish, unpublish
from tests.factories import guide_with_path, published_guide

PAGES = ("/guides/{}/", "/guides/{}/path/", "/feed/{}/", "/api/v1/guides/{}/")


def move(guide, slug):
    Guide.objects.filter(pk=guide.pk).update(slug=slug)
    return guide.publish(by=None)


@pytest.fixture
def moved(guide):
    """The guide “data-baker”, which is at “baker” now."""
    move(guide, "baker")
    return guide


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("client", ["visitor", "learner_client"])
def test_old_slug_leads_to_the_new_one(request, moved, page, client):
    response = request.getfixturevalue(client).get(page.format("data-baker"))
    assert (response.status_code, response["Location"]) == (301, page.format("baker"))


@pytest.mark.parametrize("page", PAGES)
def test_query_is_kept(visitor, moved, page):
    response = visitor.get(page.format("data-baker"), {"from": "a b"})
    assert response["Location"] == f"{page.format('baker')}?from=a+b"


@pytest.mark.parametrize("page", PAGES[:2])
def test_head_is_led_on(visitor, moved, page):
    assert visitor.head(page.format("data-baker"))["Location"] == page.format("baker")


@pytest.mark.parametrize("page", PAGES)
def test_move_is_asked_for_anew(visitor, moved, page):
    assert "no-cache" in visitor.get(page.format("data-baker"))["Cache-Control"]


def test_every_slug_that_there_was_leads_to_the_one_of_today(visitor, moved):
    move(moved, "miller")
    found = [visitor.get(f"/guides/{slug}/")["Location"] for slug in ("data-baker", "baker")]
    assert found == ["/guides/miller/"] * 2


def test_slug_that_is_taken_back_leads_nowhere_else(visitor, moved):
    move(moved, "data-baker")
    assert visitor.get("/guides/data-baker/").status_code == 200
    assert visitor.get("/guides/baker/")["Location"] == "/guides/data-baker/"


@pytest.mark.parametrize("page", PAGES)
def test_guide_that_has_taken_the_slug_is_read_there(visitor, moved, page):
    guide_with_path(title="Other", slug="data-baker").publish(by=None)
    assert visitor.get(page.format("data-baker")).status_code == 200


def test_slug_that_two_have_left_leads_to_who_left_it_last(visitor, moved):
    other = guide_with_path(title="Other", slug="data-baker")
    other.publish(by=None)
    move(other, "cook")
    assert visitor.get("/guides/data-baker/")["Location"] == "/guides/cook/"
    unpublish(other)
    assert visitor.get("/guides/data-baker/")["Location"] == "/guides/baker/"


@pytest.mark.parametrize("page", PAGES)
def test_old_slug_of_a_hidden_guide_is_not_found(visitor, moved, page):
    unpublish(moved)
    assert visitor.get(page.format("data-baker")).status_code == 404


def test_slug_of_the_working_copy_leads_nowhere(visitor, guide):
    Guide.objects.filter(pk=guide.pk).update(slug="baker")
    assert visitor.get("/guides/baker/").status_code == 404
    assert visitor.get("/guides/data-baker/").status_code == 200


def test_slug_of_an_edition_that_nobody_has_read_leads_nowhere(visitor, guide):
    Guide.objects.filter(pk=guide.pk).update(slug="baker")
    publish(guide, by=None, at=timezone.now() + timedelta(days=1))
    Guide.objects.filter(pk=guide.pk).update(slug="cook")
    assert [visitor.get(f"/guides/{slug}/").status_code for slug in ("baker", "cook")] == [404, 404]
    Edition.objects.cancel()
    assert visitor.get("/guides/baker/").status_code == 404


def test_slug_that_nobody_ever_had_is_not_found(visitor, moved):
    assert [visitor.get(page.format("nobody")).status_code for page in PAGES] == [404] * len(PAGES)


@pytest.mark.parametrize("guides", [1, 3])
def test_old_slug_costs_one_query_more(visitor, db, guides, django_assert_num_queries):
    for number in range(guides):
        move(published_guide(slug=f"old-{number}", title=f"Guide {number}"), f"new-{number}")
    with django_assert_num_queries(2):  # who is there, and who was
        visitor.get("/guides/old-0/")

"""The first page, and what every page has around it."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from guides.models import Guide
from tests.factories import StepFactory, UserFactory, guide_with_path, published_guide


def headings(response, level):
    found = re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", response.content.decode())
    return [re.sub(r"<[^>]+>", "", heading) for heading in found]


def links(response):
    """Return the addresses of the page's links by their words."""
    found = re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', response.content.decode(), re.DOTALL)
    return {re.sub(r"<[^>]+>", "", words).strip(): address for address, words in found}


def test_first_page_without_a_guide_says_so(visitor, db):
    assert "No guide is published yet" in headings(visitor.get("/"), 2)


def test_first_page_lists_the_guides_by_title(visitor, db):
    for title in ("Nurse", "Baker"):
        published_guide(title=title)
    assert headings(visitor.get("/"), 3)[:2] == ["Baker", "Nurse"]


def test_first_page_lists_eight_guides_at_most(visitor, db):
    for _ in range(9):
        published_guide()
    assert visitor.get("/").content.decode().count('class="swatch"') == 8


def test_first_page_features_the_longest_path(visitor, db):
    published_guide(title="Baker")
    long = guide_with_path(title="Nurse")
    StepFactory(stage=long.stages.first())
    long.publish(by=None)
    assert links(visitor.get("/"))["Read: Nurse"] == reverse("guide", args=["nurse"])


def test_first_page_shows_no_draft_and_no_hidden_guide(visitor, editor_client, guide):
    guide_with_path(title="Secret")
    assert visitor.get("/").status_code == 200
    Guide.objects.filter(pk=guide.pk).update(unpublished_at=timezone.now())
    for client in (visitor, editor_client):
        content = client.get("/").content.decode()
        assert (content.count("Secret"), content.count("Data baker")) == (0, 0)


@pytest.mark.parametrize("guides", [1, 3])
def test_first_page_costs_a_visitor_two_queries_and_then_one(visitor, db, guides, django_assert_num_queries):
    for _ in range(guides):
        published_guide()
    for count in (2, 1):  # the editions, and the document of one
        with django_assert_num_queries(count):
            visitor.get("/")


@pytest.mark.parametrize("guides", [1, 3])
def test_first_page_costs_a_learner_four_queries(learner_client, guides, django_assert_num_queries):
    for _ in range(guides):
        published_guide()
    with django_assert_num_queries(4):  # session, user, editions and the document of one
        learner_client.get("/")


def test_first_page_that_the_reader_has_is_not_sent_again(visitor, guide):
    tag = visitor.get("/")["ETag"]
    assert visitor.get("/", headers={"If-None-Match": tag}).status_code == 304
    published_guide()
    assert visitor.get("/", headers={"If-None-Match": tag}).status_code == 200


def test_first_page_is_not_for_posts(visitor, db):
    assert (visitor.post("/").status_code, visitor.head("/").status_code) == (405, 200)


def test_header_offers_a_visitor_to_log_in(visitor, db):
    found = links(visitor.get(reverse("courses")))
    assert (found["Log in"], found["Start a path"]) == (reverse("account_login"), reverse("account_signup"))
    assert found.keys().isdisjoint({"Dashboard", "Studio"})


def test_header_offers_a_learner_their_own_pages(learner_client):
    found = links(learner_client.get(reverse("courses")))
    assert found["Dashboard"] == reverse("dashboard")
    assert found.keys().isdisjoint({"Log in", "Start a path", "Studio"})


def test_header_offers_an_editor_the_studio(editor_client):
    assert links(editor_client.get(reverse("courses")))["Studio"] == reverse("admin:index")


@pytest.mark.parametrize("name", ["guides", "courses", "certifications"])
def test_header_marks_the_page_that_is_open(visitor, db, name):
    content = visitor.get(reverse(name)).content.decode()
    assert set(re.findall(r'<a href="([^"]+)" aria-current="page"', content)) == {reverse(name)}


def test_header_escapes_the_address_of_an_account(visitor, db):
    visitor.force_login(UserFactory(email="<b>@example.org"))
    assert "<b>@" not in visitor.get("/").content.decode()


def test_message_is_shown_once(learner_client, guide):
    learner_client.post(reverse("follow-path", args=[guide.slug]))
    said = "You follow the path “Data baker”."
    assert [said in learner_client.get("/").content.decode() for _ in range(2)] == [True, False]


def test_message_that_waits_is_shown_to_nobody_else(visitor, learner_client, guide):
    learner_client.post(reverse("leave-path", args=[guide.slug]))
    learner_client.cookies.pop("sessionid")  # and so the next page is a visitor's
    said = "You left the path"
    assert [said in client.get("/").content.decode() for client in (learner_client, visitor)] == [True, False]

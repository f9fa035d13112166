"""Pages that are rendered once for all visitors, and pages that are one reader's own."""

import gzip

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.visitors import page

TEMPLATE = "guides/list.html"


@pytest.fixture
def address(guide):
    return reverse("guide", args=[guide.slug])


class Contexts:
    """A context that counts how often it was asked for."""

    def __init__(self):
        self.asked = 0

    def __call__(self):
        self.asked += 1
        return {"letters": []}


def asked_by(user, **cookies):
    request = RequestFactory().get("/guides/")
    request.user = user
    request.COOKIES = cookies
    return request


# --- One page for all visitors ----------------------------------------------------------------


def test_page_is_rendered_once_for_all_visitors():
    context = Contexts()
    pages = [page(asked_by(AnonymousUser()), "key", TEMPLATE, context).content for _ in range(3)]
    assert (context.asked, len(set(pages))) == (1, 1)


def test_page_of_another_key_is_another_page():
    context = Contexts()
    for key in ("one", "other"):
        page(asked_by(AnonymousUser()), key, TEMPLATE, context)
    assert context.asked == 2


def test_page_of_another_address_is_another_page(settings):
    context = Contexts()
    for settings.SITE_URL in ("https://one.example", "https://other.example"):
        page(asked_by(AnonymousUser()), "key", TEMPLATE, context)
    assert context.asked == 2


def test_page_of_another_release_is_another_page(settings):
    context = Contexts()
    for release in ("one", "other"):
        settings.RELEASE = release
        page(asked_by(AnonymousUser()), "key", TEMPLATE, context)
    assert context.asked == 2


def test_page_of_a_learner_is_rendered_each_time(learner):
    context = Contexts()
    for _ in range(2):
        page(asked_by(learner), "key", TEMPLATE, context)
    assert context.asked == 2


def test_page_of_a_learner_is_not_kept_for_visitors(learner):
    page(asked_by(learner), "key", TEMPLATE, Contexts())
    context = Contexts()
    page(asked_by(AnonymousUser()), "key", TEMPLATE, context)
    assert context.asked == 1


def test_page_with_a_message_is_rendered_each_time():
    context = Contexts()
    for _ in range(2):
        page(asked_by(AnonymousUser(), messages="something"), "key", TEMPLATE, context)
    assert context.asked == 2


def test_page_is_rendered_each_time_while_somebody_works_on_it(settings):
    settings.DEBUG = True
    context = Contexts()
    for _ in range(2):
        page(asked_by(AnonymousUser()), "key", TEMPLATE, context)
    assert context.asked == 2


def test_message_is_shown_to_its_reader_and_kept_for_nobody(learner_client, guide, address):
    learner_client.post(reverse("follow-path", args=[guide.slug]))
    del learner_client.cookies["sessionid"]  # the session ends before the message is shown
    readers = (learner_client, learner_client, Client())
    assert [b'class="wide messages"' in each.get(address).content for each in readers] == [True, False, False]


# --- What is sent -----------------------------------------------------------------------------


def test_visitors_get_the_same_bytes(address):
    assert Client().get(address).content == Client().get(address).content


def test_page_sets_no_cookie_and_asks_for_none(visitor, address):
    first, second = visitor.get(address), visitor.get(address)
    assert (len(first.cookies), len(second.cookies)) == (0, 0)


def test_page_may_be_kept_and_has_to_be_asked_for_anew(visitor, address):
    response = visitor.get(address)
    assert response["Cache-Control"] == "no-cache"
    assert {name.strip() for name in response["Vary"].split(",")} >= {"Accept-Encoding", "Cookie"}


def test_page_that_the_reader_has_is_not_sent_again(visitor, address):
    tag = visitor.get(address)["ETag"]
    response = visitor.get(address, headers={"If-None-Match": tag})
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag)


def test_tag_is_the_same_after_the_cache_is_lost(visitor, address):
    tag = visitor.get(address)["ETag"]
    cache.clear()
    assert visitor.get(address)["ETag"] == tag


def test_page_with_another_tag_is_sent(visitor, address):
    assert visitor.get(address, headers={"If-None-Match": 'W/"other"'}).status_code == 200


def test_compressed_page_is_the_page(visitor, address):
    plain = visitor.get(address)
    packed = visitor.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content


def test_compressed_page_has_the_tag_of_the_page(visitor, address):
    packed = visitor.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed["ETag"] == visitor.get(address)["ETag"]


def test_page_is_not_compressed_for_those_who_cannot_read_it(visitor, address):
    response = visitor.get(address, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in response


def test_length_is_that_of_what_is_sent(visitor, address):
    for accepted in ("identity", "gzip"):
        response = visitor.get(address, headers={"Accept-Encoding": accepted})
        assert int(response["Content-Length"]) == len(response.content)


def test_head_of_a_page_is_that_of_the_page(visitor, address):
    head, whole = visitor.head(address), visitor.get(address)
    assert (head["ETag"], head["Content-Length"], head.content) == (
        whole["ETag"],
        whole["Content-Length"],
        b"",
    )


# --- Pages of one reader ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["home", "guides", "dashboard"])
def test_page_of_a_learner_is_private_and_kept_nowhere(learner_client, name):
    assert learner_client.get(reverse(name))["Cache-Control"] == "private, no-store"


def test_page_of_a_learner_has_no_tag(learner_client, address):
    assert "ETag" not in learner_client.get(address)


def test_page_of_a_learner_shows_who_it_is_for(learner_client, other_learner_client, address):
    learner, other = (client.get(address).content for client in (learner_client, other_learner_client))
    assert (b"other-learner@" in learner, b"other-learner@" in other) == (False, True)

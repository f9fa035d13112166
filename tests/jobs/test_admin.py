"""Feeds and jobs in the studio."""

import re
import socket

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jobs.admin.feeds import shortened
from jobs.models import Feed, FeedTry, Outcome, Posting
from portal.log import words_of
from tests.factories import FeedFactory, PostingFactory

FEEDS, JOBS = "admin:jobs_feed_changelist", "admin:jobs_posting_changelist"
TRIES = {"tries-TOTAL_FORMS": "0", "tries-INITIAL_FORMS": "0"}


def queued():
    return [
        row.args_kwargs["args"][0] for row in DBTaskResult.objects.filter(task_path="jobs.tasks.refresh_feed")
    ]


def act(client, address, action, *things):
    sent = {"action": action, "_selected_action": [thing.pk for thing in things]}
    return client.post(reverse(address), sent, follow=True).content.decode()


@pytest.fixture
def form(guide):
    """What is typed to add a feed."""
    return {
        "guide": guide.pk,
        "publisher": "Bread Board",
        "url": "https://jobs.example/rss",
        "active": "on",
        **TRIES,
    }


def change(client, feed, form):
    """Send the form of a feed as it was shown, with what is typed."""
    address = reverse("admin:jobs_feed_change", args=[feed.pk])
    seen = client.get(address).context["adminform"].form.initial["seen"]
    client.post(address, form | {"seen": seen})
    feed.refresh_from_db()


def test_feed_that_is_added_is_fetched_soon(editor_client, form):
    editor_client.post(reverse("admin:jobs_feed_add"), form)
    feed = Feed.objects.get()
    assert (feed.publisher, queued()) == ("Bread Board", [feed.pk])
    assert LogEntry.objects.get().is_addition()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://jobs.example/rss", "Enter a valid URL"),
        ("javascript:alert(1)", "Enter a valid URL"),
        ("https://jobs.example/\0", "Null characters are not allowed"),
        ("https://jobs.example/" + "a" * 1000, "at most 1000 characters"),
        ("", "This field is required"),
        ("jobs", "Enter a valid URL"),
        ("http://127.0.0.1/rss", "“127.0.0.1” is in a private or reserved network"),
        ("https://10.1.2.3/rss", "in a private or reserved network"),
        ("http://169.254.169.254/latest", "in a private or reserved network"),
        ("http://[::1]/rss", "in a private or reserved network"),
        ("http://[::ffff:10.0.0.1]/rss", "in a private or reserved network"),
        ("http://localhost/rss", "“localhost” is in a private or reserved network"),
        ("https://jobs.example:8443/rss", "Port 8443 is not fetched from"),
        ("https://me:secret@jobs.example/rss", "holds a name or a password before an @"),
    ],
)
def test_address_that_is_none_is_refused_at_its_field(editor_client, form, url, said):
    page = editor_client.post(reverse("admin:jobs_feed_add"), form | {"url": url})
    assert (page.status_code, Feed.objects.count()) == (200, 0)
    assert said in str(page.context["adminform"].form.errors["url"])


def test_address_is_checked_without_asking_anybody(editor_client, form, monkeypatch):
    asked = []
    real = socket.getaddrinfo

    def look_up(host, *args, **kwargs):
        asked.append((host, kwargs.get("flags")))
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    editor_client.post(reverse("admin:jobs_feed_add"), form)
    assert {flags for host, flags in asked if host == "jobs.example"} == {socket.AI_NUMERICHOST}
    assert Feed.objects.exists()


def test_list_tells_the_feeds_of_a_publisher_apart(editor_client, guide):
    path = "a-long-way-to-the-feeds-of-jobs"
    for city in ("bern", "basel"):
        FeedFactory(guide=guide, publisher="Bread Board", url=f"https://jobs.example/{path}/rss?in={city}")
    listed = editor_client.get(reverse(FEEDS)).content.decode()
    for city in ("bern", "basel"):
        assert re.search(
            rf'title="https://jobs\.example/{path}/rss\?in={city}">jobs\.example/….*{city}<', listed
        )


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://jobs.example/rss", "jobs.example/rss"),
        ("https://jobs.example", "jobs.example"),
        ("https://jobs.example/rss?q=a", "jobs.example/rss?q=a"),
        ("https://jobs.example/" + "a" * 40 + "z", "jobs.example/…" + "a" * 27 + "z"),
    ],
)
def test_address_is_shortened(url, shown):
    assert shortened(url) == shown


def test_failing_feed_is_told_in_a_word(editor_client, guide):
    FeedFactory(guide=guide, failing_since=timezone.now())
    assert '<td class="field-how_it_does">failing</td>' in editor_client.get(reverse(FEEDS)).content.decode()


def test_same_feed_twice_for_a_career_is_refused(editor_client, form, guide):
    FeedFactory(guide=guide, url=form["url"])
    page = editor_client.post(reverse("admin:jobs_feed_add"), form)
    assert "This career has this feed already." in page.content.decode()


def test_new_address_begins_anew(editor_client, form, guide):
    feed = FeedFactory(
        guide=guide, etag='"a"', failures=3, last_error="Gone.", moved_to="https://jobs.example/x"
    )
    change(editor_client, feed, form)
    assert (feed.url, feed.etag, feed.failures, feed.moved_to, queued()) == (
        form["url"],
        "",
        0,
        "",
        [feed.pk],
    )


def test_other_change_fetches_nothing(editor_client, form, guide):
    feed = FeedFactory(guide=guide, url=form["url"], etag='"a"')
    change(editor_client, feed, form | {"place": "Bern"})
    assert (feed.place, feed.etag, queued()) == ("Bern", '"a"', [])


def test_list_and_page_tell_how_a_feed_does(editor_client, guide):
    feed = FeedFactory(
        guide=guide, last_error="Its host answers 404 Not Found.", moved_to="https://jobs.example/x"
    )
    FeedTry.objects.create(feed=feed, outcome=Outcome.FAILED, words="Its host answers 404 Not Found.")
    listed = editor_client.get(reverse(FEEDS)).content.decode()
    page = editor_client.get(reverse("admin:jobs_feed_change", args=[feed.pk])).content.decode()
    assert "404 Not Found" in listed
    assert '<td class="field-how_it_does">new</td>' in listed
    assert page.count("404 Not Found") >= 2
    assert "Take the new address" in page


@pytest.mark.parametrize("health", ["ok", "failing", "new", "off", "bogus"])
@pytest.mark.parametrize("standing", ["listed", "gone", "hidden", "bogus"])
def test_lists_are_filtered(editor_client, guide, health, standing):
    PostingFactory(feed=FeedFactory(guide=guide))
    assert editor_client.get(reverse(FEEDS), {"health": health}).status_code == 200
    assert editor_client.get(reverse(JOBS), {"standing": standing}).status_code == 200


def test_feeds_are_fetched_when_staff_ask(editor_client):
    feed, off = FeedFactory(), FeedFactory(active=False)
    page = act(editor_client, FEEDS, "refresh_now", feed, off)
    assert "Will be fetched within moments: 1. Off, and left alone: 1." in page
    assert queued() == [feed.pk]


def test_new_address_of_a_feed_is_taken(editor_client):
    moved = FeedFactory(moved_to="https://jobs.example/new", etag='"a"')
    act(editor_client, FEEDS, "take_new_address", moved, FeedFactory())
    moved.refresh_from_db()
    assert (moved.url, moved.moved_to, moved.etag, queued()) == (
        "https://jobs.example/new",
        "",
        "",
        [moved.pk],
    )


def test_new_address_that_the_career_has_already_is_left(editor_client):
    there = FeedFactory()
    moved = FeedFactory(guide=there.guide, moved_to=there.url)
    assert "Now at their new address: 0 of 1." in act(editor_client, FEEDS, "take_new_address", moved)


def test_job_is_hidden_and_shown_again(editor_client):
    posting = PostingFactory()
    act(editor_client, JOBS, "hide_jobs", posting)
    assert not Posting.objects.listed().exists()
    act(editor_client, JOBS, "show_jobs", posting)
    assert Posting.objects.listed().exists()
    assert [words_of(entry) for entry in LogEntry.objects.order_by("pk")] == [
        "Hidden from readers.",
        "Shown to readers again.",
    ]


def test_support_cannot_hide(support_client):
    posting = PostingFactory()
    act(support_client, JOBS, "hide_jobs", posting)
    assert Posting.objects.listed().exists()


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_jobs_takes_a_constant_number_of_queries(editor_client, count, django_assert_max_num_queries):
    for _ in range(count):
        PostingFactory()
    with django_assert_max_num_queries(12):
        editor_client.get(reverse(JOBS))

"""Feeds refreshed in the background and from the command line."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from jobs.models import Feed, Posting
from jobs.tasks import refresh_due_feeds, refresh_feed
from portal.worker import Worker
from tests.factories import FeedFactory
from tests.hostile import answer
from tests.jobs.feeds import item, rss
from tests.threads import at_once


@pytest.fixture
def feed(server, db):
    server.answers["/feed"] = answer(rss(item("Baker", "/1")))
    return FeedFactory(url=server.url("/feed"))


def test_due_feeds_are_refreshed_by_the_worker(feed, server):
    FeedFactory(url=server.url("/later"), next_try_at=timezone.now() + timedelta(hours=2))
    FeedFactory(url=server.url("/off"), active=False)
    refresh_due_feeds.enqueue()
    assert Worker().work() == 2
    assert [path for _, path, _ in server.asked] == ["/feed"]
    assert Posting.objects.get().title == "Baker"


def test_schedule_does_not_queue_a_feed_twice(feed):
    assert [refresh_due_feeds.func(), refresh_due_feeds.func()] == [1, 0]


def test_task_of_a_feed_that_is_no_more_does_nothing(db):
    assert refresh_feed.func(7).startswith("Nothing was done")


@pytest.mark.django_db(transaction=True)
def test_feed_is_refreshed_by_one_of_many(feed, server):
    told = at_once([lambda: refresh_feed.func(feed.pk)] * 4)
    assert sorted(words[:7] for words in told if words.startswith("1 jobs")) == ["1 jobs,"] * len(
        server.asked
    )
    assert Posting.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_feeds_that_bring_the_same_job_at_once_make_it_once(server):
    feeds = []
    for number in range(4):
        server.answers[f"/{number}"] = answer(rss(item("Baker", "https://jobs.example/1")))
        feeds.append(FeedFactory(url=server.url(f"/{number}")))
    at_once([lambda feed=feed: refresh_feed.func(feed.pk) for feed in feeds])
    assert Posting.objects.get().entries.count() == 4


def run(*args):
    out = StringIO()
    call_command("refresh_jobs", *args, stdout=out)
    return out.getvalue()


def test_command_refreshes_all_that_are_on(feed, server):
    FeedFactory(url=server.url("/off"), active=False)
    assert run() == f"{feed.pk} {feed}: 1 jobs, 1 new, 0 gone.\n"


def test_command_refreshes_what_is_named(feed, server):
    FeedFactory(url=server.url("/other"))
    run("--feed", str(feed.pk))
    assert [path for _, path, _ in server.asked] == ["/feed"]


def test_command_says_that_somebody_else_is_at_it(feed):
    feed.hold()
    assert run().endswith("somebody else is refreshing it.\n")


def test_command_refuses_an_unknown_feed(feed):
    with pytest.raises(CommandError, match=f"There is no feed 999. There are: {feed.pk} "):
        run("--feed", "999")
    assert Feed.objects.get().tried_at is None

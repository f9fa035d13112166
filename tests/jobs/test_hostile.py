"""Feeds refreshed from a server that does its worst."""

import gzip

import pytest
from django.utils import timezone

from jobs import refreshing
from jobs.models import Feed, Outcome, Posting
from jobs.models.feed import EVERY, KEPT_TRIES, SLOWEST
from jobs.refreshing import refresh
from portal.fetching import Limits
from tests.factories import FeedFactory
from tests.hostile import answer, drip, endless, to
from tests.jobs.feeds import item, rss

pytestmark = pytest.mark.django_db

ONE = rss(item("Baker", "/1"))
TWO = rss(item("Baker", "/1"), item("Miller", "/2"))


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    limits = Limits(connect=1, read=0.2, total=0.5, travelling=2_000_000, content=4_000_000)
    monkeypatch.setattr(refreshing, "LARGEST", limits)


@pytest.fixture
def feed(server):
    return FeedFactory(url=server.url("/feed"))


@pytest.fixture
def tried(server, feed):
    """Refresh the feed from an answer; return what came of it."""

    def refresh_from(told):
        server.answers["/feed"] = told
        result = refresh(Feed.objects.get(pk=feed.pk))
        feed.refresh_from_db()
        return result

    return refresh_from


def listed():
    return sorted(Posting.objects.listed().values_list("title", flat=True))


# --- Well-behaved ------------------------------------------------------------------------------


def test_feed_is_fetched_and_its_health_noted(tried, feed):
    found = tried(answer(TWO, etag='"a"', last_modified="Sat, 21 Nov 2026 10:00:00 GMT"))
    assert (found.outcome, found.words, found.listed, found.new) == (
        Outcome.FETCHED,
        "2 jobs, 2 new, 0 gone.",
        2,
        2,
    )
    assert (feed.health, feed.entry_count, feed.etag, feed.failures) == ("ok", 2, '"a"', 0)
    assert feed.modified == "Sat, 21 Nov 2026 10:00:00 GMT"
    assert feed.next_try_at - feed.succeeded_at == EVERY
    assert feed.held_at is None


def test_feed_is_asked_for_what_is_new_to_us(tried, server):
    tried(answer(TWO, etag='"a"', last_modified="Sat, 21 Nov 2026 10:00:00 GMT"))
    found = tried(answer(status="304 Not Modified", head=False))
    assert server.asked[1][2]["if-none-match"] == '"a"'
    assert server.asked[1][2]["if-modified-since"] == "sat, 21 nov 2026 10:00:00 gmt"
    assert (found.outcome, listed()) == (Outcome.UNCHANGED, ["Baker", "Miller"])


def test_packed_feed_is_read(tried):
    assert tried(answer(gzip.compress(TWO), content_encoding="gzip")).new == 2


def test_wrong_content_type_does_not_matter(tried):
    assert tried(answer(TWO, content_type="text/html; charset=utf-8")).new == 2


# --- What takes nothing off --------------------------------------------------------------------

MANY = rss(*(item(f"Cook {number}", f"/cook/{number}") for number in range(50_000)))
LAUGHS = b"<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><rss>&b;</rss>"


@pytest.mark.parametrize(
    ("told", "outcome", "why"),
    [
        (answer(status="404 Not Found"), Outcome.FAILED, "404 Not Found"),
        (answer(status="500 Oh"), Outcome.FAILED, "500 Internal Server Error"),
        (answer(status="799 Odd"), Outcome.FAILED, "answers 799"),
        (answer(b"<html><body>Welcome</body></html>"), Outcome.FAILED, "a web page, not a feed"),
        (answer(b""), Outcome.FAILED, "empty"),
        (answer(rss()), Outcome.EMPTY, "it has no entries"),
        (answer(rss(item(""))), Outcome.EMPTY, "none of its entries has a title and a link"),
        (answer(LAUGHS), Outcome.FAILED, "entities"),
        (answer(rss(item("Cook", "/3"))[:-10]), Outcome.FETCHED, "It is broken"),
        (answer(ONE[:100]), Outcome.FAILED, "no well-formed XML"),
        (
            answer(gzip.compress(b" " * 5_000_000), content_encoding="gzip"),
            Outcome.FAILED,
            "larger than 3 MB",
        ),
        (answer(gzip.compress(MANY), content_encoding="gzip"), Outcome.FETCHED, "first 500 entries"),
        (answer(b"\0" * 1000), Outcome.FAILED, "empty"),
        (endless(b"x" * 100_000, begin=answer(head=False)), Outcome.FAILED, "larger than 1 MB"),
        (endless(b"<", begin=answer(head=False), pause=0.05), Outcome.FAILED, "within 0.5 seconds"),
        (endless(b"A", begin=b"HTTP/1.1 200 OK\r\nA: ", pause=0.05), Outcome.FAILED, "within 0.5 seconds"),
        (drip(b"", b"", pause=0.4), Outcome.FAILED, "did not go on"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Outcome.FAILED, "no complete answer"),
        (to("http://127.0.0.1:6379/"), Outcome.FAILED, "Port 6379"),
        (to("http://127.0.0.1/"), Outcome.FAILED, "private or reserved"),
        (to("http://localhost/"), Outcome.FAILED, "private or reserved"),
        (to("http://2130706433/"), Outcome.FAILED, "private or reserved"),
        (to("http://[::ffff:10.0.0.1]/"), Outcome.FAILED, "private or reserved"),
        (to("http://169.254.169.254/latest/"), Outcome.FAILED, "private or reserved"),
        (to("/feed"), Outcome.FAILED, "in a circle"),
    ],
)
def test_nothing_bad_takes_jobs_off(tried, told, outcome, why):
    tried(answer(TWO))
    found = tried(told)
    assert found.outcome == outcome
    assert why in found.words
    assert {"Baker", "Miller"} <= set(listed())
    assert Posting.objects.count() <= 502


def test_titles_of_strangers_are_short_and_plain(tried):
    tried(answer(rss(item("Ba\0ker \x1b" + "loud " * 100_000))))
    title = Posting.objects.get().title
    assert (len(title), title[:10]) == (196, "Baker loud")


def test_failures_are_counted_and_waited_for_longer_each_time(tried, feed):
    waits = []
    for _ in range(8):
        tried(answer(status="500 Oh"))
        waits.append((feed.next_try_at - feed.tried_at).total_seconds() // 3600)
    assert waits == [1, 2, 4, 8, 16, 24, 24, 24]
    assert (feed.failures, feed.health) == (8, "failing")
    assert feed.last_error == "Its host answers 500 Internal Server Error."
    assert feed not in Feed.objects.due()


def test_success_ends_a_row_of_failures(tried, feed):
    tried(answer(status="500 Oh"))
    tried(answer(ONE))
    assert (feed.failures, feed.failing_since, feed.last_error, feed.health) == (0, None, "", "ok")


@pytest.mark.parametrize(
    ("asked", "hours"), [("7200", 2), ("9999999", 1), ("999999", 24), ("soon", 1), ("-1", 1)]
)
def test_host_that_asks_to_be_left_alone_is_within_reason(tried, feed, asked, hours):
    tried(answer(status="429 Too Many Requests", retry_after=asked))
    assert (feed.next_try_at - feed.tried_at).total_seconds() // 3600 == hours
    assert feed.next_try_at - feed.tried_at <= SLOWEST * 1.01


def test_feed_that_is_gone_for_good_is_switched_off(tried, feed):
    tried(answer(ONE))
    found = tried(answer(status="410 Gone"))
    assert (found.outcome, feed.active, feed.health, listed()) == (Outcome.ENDED, False, "off", [])
    assert "switched off" in feed.last_error


def test_feed_that_moved_for_good_is_read_and_its_address_suggested(tried, server, feed):
    server.answers["/new"] = answer(ONE)
    tried(to("/new", "301 Moved Permanently"))
    assert (feed.moved_to, feed.url, listed()) == (server.url("/new"), server.url("/feed"), ["Baker"])
    tried(to("/new"))
    assert feed.moved_to == ""


@pytest.mark.parametrize("tag", ['"é"', '"\xa0"', f'"{"a" * 600}"'])
def test_tag_that_cannot_be_sent_back_is_not_kept(tried, feed, tag):
    tried(answer(ONE, etag=tag))
    assert (tried(answer(TWO)).outcome, feed.etag) == (Outcome.FETCHED, "")


def test_empty_answer_is_asked_for_in_full_next_time(tried, feed, server):
    tried(answer(ONE, etag='"a"'))
    tried(answer(rss(), etag='"b"'))
    assert (feed.etag, feed.health) == ("", "empty")
    tried(answer(ONE))
    assert "if-none-match" not in server.asked[-1][2]


# --- Together ----------------------------------------------------------------------------------


def test_feed_that_is_being_refreshed_is_left_alone(feed, server):
    assert feed.hold()
    assert refresh(feed) is None
    assert server.asked == []


def test_refresh_that_never_ended_is_not_waited_for_for_ever(feed, tried):
    Feed.objects.update(held_at=timezone.now() - EVERY)
    assert tried(answer(ONE)).new == 1


def test_feed_changed_or_deleted_meanwhile_is_left_as_it_is(feed, server):
    server.answers["/feed"] = answer(ONE)
    stale = Feed.objects.get(pk=feed.pk)
    Feed.objects.update(url="https://elsewhere.example/")
    assert refresh(stale) is None
    Feed.objects.all().delete()
    assert refresh(stale) is None
    assert Posting.objects.count() == 0


def test_last_tries_are_kept(feed, tried):
    for _ in range(KEPT_TRIES + 2):
        tried(answer(status="500 Oh"))
    assert feed.tries.count() == KEPT_TRIES

"""The page of jobs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs import board
from jobs.hiding import hide
from jobs.models import Feed, Posting
from tests.factories import FeedFactory, PostingFactory

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_kept():
    board.forget()


@pytest.fixture
def address(guide):
    return reverse("jobs", args=[guide.slug])


@pytest.fixture
def feed(guide):
    return FeedFactory(guide=guide, publisher="Bread Board", succeeded_at=timezone.now(), entry_count=1)


def touched(feed):
    """Note that what `feed` lists changed, as refreshing does."""
    Feed.objects.filter(pk=feed.pk).update(changed_at=timezone.now())


def text_of(response):
    return response.content.decode()


def test_page_without_a_feed_says_so_and_leads_on(visitor, address, guide):
    page = text_of(visitor.get(address))
    assert "No jobs are gathered here yet" in page
    assert reverse("gap", args=[guide.slug]) in page


def test_page_of_a_feed_that_was_never_fetched_says_so(visitor, address, feed):
    Feed.objects.update(succeeded_at=None)
    page = text_of(visitor.get(address))
    assert "No job is listed at the moment" in page
    assert "not read yet" in page


@pytest.mark.parametrize("succeeded", [None, timezone.now() - 3 * DAY])
def test_page_says_since_when_a_feed_could_not_be_read(visitor, address, feed, succeeded):
    since = datetime(2026, 11, 21, 12, tzinfo=UTC)
    Feed.objects.update(succeeded_at=succeeded, failing_since=since, tried_at=since)
    page = text_of(visitor.get(address))
    assert ">21 November 2026</time>" in page
    assert "could not be read since" in page
    assert ("last read <time" in page) is bool(succeeded)
    assert not any(words in page for words in ("every hour", "soon", "not read yet", "not fetched"))


def test_job_is_shown_with_who_lists_it_and_when(visitor, address, feed):
    published = timezone.now() - 3 * DAY
    PostingFactory(feed=feed, title="Night baker", company="Crumb", place="Bern", summary="Knead.",
                   published_at=published, listed_at=published, link="https://jobs.example/7")  # fmt: skip
    page = text_of(visitor.get(address))
    shown = [
        "Night baker",
        "Crumb",
        "Bern",
        "Knead.",
        f"3 days ago, {published:%-d %b %Y}",
        "Listed by Bread Board",
        'href="https://jobs.example/7" rel="external noopener nofollow"',
        "(another site)",
        "1 job<",
        "last read",
    ]
    assert [words for words in shown if words not in page] == []


def test_words_of_strangers_are_text(visitor, address, feed):
    PostingFactory(
        feed=feed, title="<script>alert(1)</script>", company='"><img src=x>', place="{{ 7|add:1 }}"
    )
    page = text_of(visitor.get(address))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "{{ 7|add:1 }}" in page


def test_newest_job_is_first(visitor, address, feed):
    for days in (5, 1, 9):
        PostingFactory(feed=feed, title=f"Aged {days}", listed_at=timezone.now() - days * DAY)
    page = text_of(visitor.get(address))
    assert page.index("Aged 1") < page.index("Aged 5") < page.index("Aged 9")


def test_gone_hidden_and_foreign_jobs_are_not_shown(visitor, address, feed):
    gone = PostingFactory(feed=feed, title="Gone")
    gone.entries.update(gone_at=timezone.now())
    PostingFactory(feed=feed, title="Hidden", hidden_at=timezone.now())
    PostingFactory(title="Of another career")
    PostingFactory(feed=FeedFactory(guide=feed.guide, active=False), title="Switched off")
    page = text_of(visitor.get(address))
    assert not any(title in page for title in ("Gone", "Hidden", "Of another career", "Switched off"))


def test_page_changes_with_the_jobs(visitor, address, feed, editor):
    PostingFactory(feed=feed, title="Night baker")
    assert "Night baker" in text_of(visitor.get(address))
    hide(Posting.objects.all(), by=editor, now=timezone.now())
    assert "Night baker" not in text_of(visitor.get(address))
    PostingFactory(feed=feed, title="Miller")
    touched(feed)
    assert "Miller" in text_of(visitor.get(address))


def test_job_of_two_feeds_names_both(visitor, address, feed):
    posting = PostingFactory(feed=feed)
    posting.entries.create(feed=FeedFactory(guide=feed.guide, publisher="Oven Jobs"), key="k")
    assert "Listed by Bread Board and Oven Jobs" in text_of(visitor.get(address))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "night"}, {"Night baker"}),
        ({"q": "NIGHT baker"}, {"Night baker"}),
        ({"q": "baker"}, {"Night baker", "Bäcker"}),
        ({"q": "bäcker"}, {"Bäcker"}),
        ({"q": "nothing"}, set()),
        ({"place": "Bern"}, {"Night baker"}),
        ({"place": "bern"}, set()),
        ({"place": "Bern", "q": "miller"}, set()),
        ({"q": "  "}, {"Night baker", "Bäcker", "Miller"}),
        ({"q": "\0night\x1f"}, {"Night baker"}),
        ({"utm_source": "mail"}, {"Night baker", "Bäcker", "Miller"}),
        ({"page": "9"}, {"Night baker", "Bäcker", "Miller"}),
    ],
)
def test_list_is_narrowed_by_words_and_place(visitor, address, feed, asked, found):
    PostingFactory(feed=feed, title="Night baker", place="Bern")
    PostingFactory(feed=feed, title="Bäcker", search_text="bäcker\nbaker")
    PostingFactory(feed=feed, title="Miller", place="Basel")
    response = visitor.get(address, asked)
    page = text_of(response)
    assert response.status_code == 200
    assert {title for title in ("Night baker", "Bäcker", "Miller") if f">{title}<" in page} == found


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"page": "0"}, "“0” is no page"),
        ({"page": "-1"}, "“-1” is no page"),
        ({"page": "½"}, "“½” is no page"),
        ({"page": "9" * 5000}, "is no page"),
        ({"q": "a" * 1000}, "at most 200 characters"),
        ({"place": "a" * 1000}, "at most 200 characters"),
    ],
)
def test_what_cannot_be_answered_is_said(visitor, address, feed, asked, said):
    PostingFactory(feed=feed)
    response = visitor.get(address, asked)
    assert (response.status_code, said in text_of(response)) == (400, True)


def test_list_has_pages(visitor, address, feed):
    for number in range(30):
        PostingFactory(feed=feed, title=f"Job {number:02}", place="Bern",
                       listed_at=timezone.now() - number * DAY)  # fmt: skip
    first, second = (text_of(visitor.get(address, {"place": "Bern", "page": page})) for page in (1, 2))
    assert ("Job 24<" in first, "Job 25<" in first, "Job 25<" in second) == (True, False, True)
    assert 'rel="next" href="?place=Bern&amp;page=2"' in first
    assert 'rel="prev" href="?place=Bern"' in second
    assert "Page 2 of 2" in second


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("asked", ["", "?q=baker"])
def test_page_takes_a_constant_number_of_queries(
    visitor, address, feed, count, asked, django_assert_num_queries
):
    for _ in range(count):
        PostingFactory(feed=feed)
    with django_assert_num_queries(3):  # the edition, its feeds, and once after each change the jobs
        visitor.get(address + asked)
    with django_assert_num_queries(2):
        visitor.get(address + asked)


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_a_learner_takes_few_queries(learner_client, address, feed, count, django_assert_num_queries):
    for _ in range(count):
        PostingFactory(feed=feed)
    learner_client.get(address)
    with django_assert_num_queries(4):  # the session, the learner, the edition, its feeds
        learner_client.get(address)


def test_page_of_a_visitor_sets_no_cookie(visitor, address, feed):
    response = visitor.get(address)
    assert (len(response.cookies), "ETag" in response, response["Cache-Control"]) == (0, True, "no-cache")


def test_page_of_no_guide_is_not_found(visitor, db):
    assert visitor.get(reverse("jobs", args=["nothing"])).status_code == 404


def test_page_is_only_read(visitor, address):
    assert visitor.post(address).status_code == 405


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "today"),
        (0, "today"),
        (1, "yesterday"),
        (2, "2 days ago"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (59, "8 weeks ago"),
        (60, "2 months ago"),
        (729, "24 months ago"),
        (730, "2 years ago"),
    ],
)
def test_age_is_told_in_words(days, words):
    assert board.age_in_words(days) == words

"""Jobs stored: each once, and gone when it has left all feeds."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.models import FeedEntry, Posting
from jobs.reading import Entry, Reading
from jobs.reading.sameness import digest
from jobs.storing import Stored, clear_out, one_at_a_time, still_listed, store
from tests.factories import FeedFactory, PostingFactory

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


def job(number=1, *, key="", **fields):
    link = fields.pop("link", f"https://jobs.example/{number}")
    return Entry(key=digest(key or link), title=fields.pop("title", f"Baker {number}"), link=link, **fields)


def bring(feed, *entries, note="", now=NOW):
    with transaction.atomic():
        one_at_a_time()
        return store(feed, Reading(entries, note=note), now)


def listed():
    return sorted(Posting.objects.listed().values_list("title", flat=True))


@pytest.fixture
def feed():
    return FeedFactory(place="Bern")


@pytest.fixture
def other():
    return FeedFactory(place="Bern")


def test_new_jobs_are_listed(feed):
    assert bring(feed, job(1), job(2)) == Stored(new=2, gone=0)
    assert listed() == ["Baker 1", "Baker 2"]


def test_job_says_what_its_entry_says(feed):
    published = NOW - DAY
    bring(feed, job(1, company="Crumb", place="Basel", summary="Knead.", published_at=published))
    posting = Posting.objects.get()
    assert (posting.company, posting.place, posting.summary) == ("Crumb", "Basel", "Knead.")
    assert (posting.published_at, posting.listed_at, posting.first_seen_at) == (published, published, NOW)
    assert posting.search_text == "baker 1\ncrumb\nbasel\nknead."


def test_job_without_place_or_date_has_those_of_its_feed(feed):
    bring(feed, job(1))
    posting = Posting.objects.get()
    assert (posting.place, posting.published_at, posting.listed_at) == ("Bern", None, NOW)


def test_bringing_the_same_again_changes_nothing_but_when_it_was_seen(feed):
    bring(feed, job(1))
    before = Posting.objects.values().get()
    assert bring(feed, job(1), now=NOW + DAY) == Stored(new=0, gone=0)
    assert Posting.objects.values().get() == before | {"last_seen_at": NOW + DAY}


def test_changed_entry_changes_its_job(feed):
    bring(feed, job(1, key="k", published_at=NOW - DAY))
    bring(
        feed,
        job(1, key="k", title="Master baker", link="https://jobs.example/new", published_at=NOW),
        now=NOW + DAY,
    )
    posting = Posting.objects.get()
    assert (posting.title, posting.link) == ("Master baker", "https://jobs.example/new")
    assert posting.published_at == NOW - DAY  # dating it anew does not make it new


def test_same_link_in_two_feeds_is_one_job(feed, other):
    bring(feed, job(1))
    assert bring(other, job(title="Baker, again", link="http://www.jobs.example/1?utm_source=x")).new == 0
    assert listed() == ["Baker 1"]
    assert Posting.objects.get().entries.count() == 2


def test_same_title_company_and_place_in_two_feeds_is_one_job(feed, other):
    bring(feed, job(1, company="Crumb"))
    bring(other, job(2, title="BAKER 1", company="crumb"))
    assert listed() == ["Baker 1"]


def test_same_title_of_an_unknown_company_may_be_another_job(feed, other):
    bring(feed, job(1))
    bring(other, job(2, title="Baker 1"))
    assert listed() == ["Baker 1", "Baker 1"]


def test_link_twice_in_one_feed_is_one_job_and_stays_as_it_is(feed):
    twice = [job(1, key="a"), job(1, key="b", title="Baker, again")]
    bring(feed, *twice)
    bring(feed, *twice)
    posting = Posting.objects.get()
    assert (posting.title, posting.entries.count()) == ("Baker 1", 2)


def test_jobs_of_one_feed_that_look_the_same_are_two_in_another_feed_too(feed, other):
    twice = [job(1, company="Crumb"), job(2, title="Baker 1", company="Crumb")]
    for _ in range(2):
        bring(feed, *twice)
        bring(other, *(job(entry.link[-1] + "0", title="Baker 1", company="Crumb") for entry in twice))
    assert [posting.entries.count() for posting in Posting.objects.all()] == [2, 2]


def test_feed_that_brought_a_job_first_speaks_for_it(feed, other):
    bring(feed, job(1, summary="First."))
    bring(other, job(1, summary="Second."))
    assert Posting.objects.get().summary == "First."
    bring(feed, job(9))
    bring(other, job(1, summary="Second."))
    assert Posting.objects.get(link="https://jobs.example/1").summary == "Second."


def test_job_that_left_its_feed_is_gone(feed):
    bring(feed, job(1), job(2))
    assert bring(feed, job(2), now=NOW + DAY) == Stored(new=0, gone=1)
    assert listed() == ["Baker 2"]
    assert Posting.objects.get(title="Baker 1").gone_at == NOW + DAY


def test_job_that_is_in_another_feed_stays(feed, other):
    bring(feed, job(1))
    bring(other, job(1))
    bring(feed, job(2))
    assert listed() == ["Baker 1", "Baker 2"]


def test_job_that_comes_back_is_listed_again(feed):
    bring(feed, job(1))
    bring(feed, job(2))
    bring(feed, job(1), job(2))
    assert listed() == ["Baker 1", "Baker 2"]
    assert not Posting.objects.exclude(gone_at=None).exists()


@pytest.mark.parametrize(("entries", "note"), [((), ""), ((job(2),), "It is broken.")])
def test_what_is_empty_or_only_a_part_takes_nothing_off(feed, entries, note):
    bring(feed, job(1))
    assert bring(feed, *entries, note=note).gone == 0
    assert "Baker 1" in listed()


def test_entry_that_becomes_another_job_leaves_the_first(feed, other):
    bring(feed, job(1, key="k"))
    bring(other, job(2))
    bring(feed, job(2, key="k"))
    assert listed() == ["Baker 2"]
    assert Posting.objects.get(title="Baker 1").gone_at == NOW


def test_hidden_job_stays_hidden(feed, other):
    bring(feed, job(1))
    Posting.objects.update(hidden_at=NOW)
    bring(feed, job(2))
    bring(other, job(1))
    assert listed() == ["Baker 2"]


def test_jobs_of_a_feed_that_is_off_are_not_listed(feed):
    bring(feed, job(1))
    feed.active = False
    feed.save()
    assert listed() == []


def test_job_seen_again_unchanged_is_kept(feed):
    bring(feed, job(1))
    still_listed(feed, NOW + 29 * DAY)
    clear_out(NOW + 40 * DAY)
    assert listed() == ["Baker 1"]


def test_job_that_nobody_lists_for_a_month_is_gone_and_asked_for_anew(feed):
    bring(feed, job(1))
    feed.etag = '"a"'
    feed.save()
    clear_out(NOW + 31 * DAY)
    feed.refresh_from_db()
    assert (listed(), feed.etag) == ([], "")


def test_pages_of_a_feed_change_when_its_jobs_grow_stale(feed):
    bring(feed, job(1))
    clear_out(NOW + 31 * DAY)
    feed.refresh_from_db()
    assert feed.changed_at == NOW + 31 * DAY


def test_pages_of_all_feeds_of_a_job_change_with_what_it_says(feed, other):
    bring(feed, job(1, title="Baker"))
    bring(other, job(1, title="Baker"))
    bring(feed, job(1, title="Night baker"), now=NOW + DAY)
    other.refresh_from_db()
    assert other.changed_at == NOW + DAY


def test_job_of_a_deleted_feed_is_gone(feed):
    bring(feed, job(1))
    feed.delete()
    clear_out(NOW)
    assert Posting.objects.get().gone_at == NOW


def test_job_that_went_is_deleted_after_90_days_unless_it_is_hidden(feed):
    gone = NOW - 91 * DAY
    PostingFactory(feed=feed, gone_at=gone)
    PostingFactory(feed=feed, gone_at=gone, hidden_at=gone)
    PostingFactory(feed=feed, gone_at=NOW - 89 * DAY)
    FeedEntry.objects.update(gone_at=gone)
    assert clear_out(NOW) == 1
    assert Posting.objects.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_refreshing_what_is_known_takes_a_constant_number_of_queries(feed, count, django_assert_num_queries):
    jobs = [job(number, company="Crumb") for number in range(count)]
    bring(feed, *jobs)
    with django_assert_num_queries(12):
        bring(feed, *jobs)


A_JOB = st.builds(
    lambda number, company: job(number, key=f"k{number}", title=f"Baker {number % 3}", company=company),
    st.integers(0, 5),
    st.sampled_from(["", "Crumb"]),
)
HISTORY = st.lists(st.tuples(st.integers(0, 1), st.lists(A_JOB, max_size=5)), max_size=6)


@given(HISTORY)
@settings(max_examples=25)  # each of them writes much
def test_whatever_feeds_bring_what_they_list_last_is_listed(history):
    with transaction.atomic():
        feeds, last = [FeedFactory(), FeedFactory()], {}
        for which, jobs in history:
            entries = {entry.key: entry for entry in jobs}
            bring(feeds[which], *entries.values())
            last[which] = entries or last.get(which, {})
        links = {row.posting_id for row in FeedEntry.objects.filter(gone_at=None)}
        assert links == set(Posting.objects.listed().values_list("pk", flat=True))
        assert FeedEntry.objects.filter(gone_at=None).count() == sum(map(len, last.values()))
        assert not Posting.objects.filter(pk__in=links).exclude(gone_at=None).exists()
        assert not Posting.objects.exclude(pk__in=links).filter(gone_at=None).exists()
        transaction.set_rollback(True)

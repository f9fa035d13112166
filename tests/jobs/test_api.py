"""Jobs for clients of the API."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from jobs.models import FeedEntry
from tests.factories import FeedFactory, PostingFactory

ADDRESS = "/api/v1/jobs/"
PROBLEM = "application/problem+json"


@pytest.fixture
def feed(guide):
    return FeedFactory(guide=guide, publisher="Bread Board")


def titles(visitor, **asked):
    response = visitor.get(ADDRESS, asked)
    assert response.status_code == 200, response.json()
    return [job["title"] for job in response.json()["results"]]


def test_job_is_told_in_full(visitor, feed):
    moment = datetime(2026, 11, 18, 9, tzinfo=UTC)
    posting = PostingFactory(
        feed=feed,
        title="Data baker",
        company="Crumb",
        place="Bern",
        summary="Knead.",
        link="https://jobs.example/7",
        published_at=moment,
        first_seen_at=moment,
        last_seen_at=moment,
    )
    assert visitor.get(ADDRESS).json() == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "id": str(posting.pk),
                "title": "Data baker",
                "company": "Crumb",
                "place": "Bern",
                "link": "https://jobs.example/7",
                "summary": "Knead.",
                "guides": ["data-baker"],
                "publishers": ["Bread Board"],
                "published_at": "2026-11-18T09:00:00Z",
                "first_seen_at": "2026-11-18T09:00:00Z",
                "last_seen_at": "2026-11-18T09:00:00Z",
            }
        ],
    }


def test_only_what_readers_see_is_told(visitor, feed):
    PostingFactory(feed=feed, title="Shown")
    PostingFactory(feed=feed, title="Hidden", hidden_at=timezone.now())
    PostingFactory(title="Of a career that is not public")
    PostingFactory(feed=FeedFactory(guide=feed.guide, active=False), title="Switched off")
    PostingFactory(feed=feed, title="Gone").entries.update(gone_at=timezone.now())
    assert titles(visitor) == ["Shown"]


def test_who_lists_a_job_for_a_career_that_is_not_public_is_not_told(visitor, feed):
    posting = PostingFactory(feed=feed)
    FeedEntry.objects.create(feed=FeedFactory(publisher="Secret Board"), posting=posting, key="other")
    assert visitor.get(ADDRESS).json()["results"][0]["publishers"] == ["Bread Board"]


@pytest.fixture
def three(feed):
    PostingFactory(
        feed=feed, title="Data baker", place="Bern", listed_at=datetime(2026, 11, 20, 8, tzinfo=UTC)
    )
    PostingFactory(feed=feed, title="BÄCKER", place="Köln", listed_at=datetime(2026, 11, 19, tzinfo=UTC))
    PostingFactory(feed=feed, title="Miller", listed_at=datetime(2026, 11, 18, tzinfo=UTC))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Data baker", "BÄCKER", "Miller"]),
        ({"guide": "data-baker"}, ["Data baker", "BÄCKER", "Miller"]),
        ({"place": "bern"}, ["Data baker"]),
        ({"place": "Nowhere"}, []),
        ({"q": "data BAKER"}, ["Data baker"]),
        ({"q": "bäck"}, ["BÄCKER"]),
        ({"q": "%"}, []),
        ({"since": "2026-11-19"}, ["Data baker", "BÄCKER"]),
        ({"since": "2026-11-20T08:00:00Z"}, ["Data baker"]),
        ({"since": "2026-11-20T09:30:00+01:00"}, []),
        ({"since": "2026-11-20T08:00:00"}, ["Data baker"]),
        ({"page": 2, "page_size": 2}, ["Miller"]),
    ],
)
def test_jobs_are_filtered(visitor, three, asked, found):
    assert titles(visitor, **asked) == found


@pytest.mark.parametrize(
    ("asked", "name", "said"),
    [
        ({"guide": "nothing"}, "guide", "Use one of data-baker."),
        ({"guide": "data\0baker"}, "guide", "NUL"),
        ({"guide": ""}, "guide", "Give it some text"),
        ({"place": " "}, "place", "Give it some text"),
        ({"q": "a\0b"}, "q", "NUL"),
        ({"q": "a" * 201}, "q", "at most 200"),
        ({"q": ["a", "b"]}, "q", "Give it once."),
        ({"since": "yesterday"}, "since", "2026-11-20"),
        ({"since": "2026-02-30"}, "since", "2026-11-20"),
        ({"since": "0001-01-01"}, "since", "2026-11-20"),
        ({"since": "9999-12-31T23:59:59-23:59"}, "since", "2026-11-20"),
        ({"since": ""}, "since", "2026-11-20"),
        ({"since": "2026-11-20T99:00:00Z"}, "since", "2026-11-20"),
        ({"since": "\0"}, "since", "2026-11-20"),
        ({"colour": "red"}, "colour", "Use some of guide, place, q, since, page, page_size."),
        ({"page_size": "0"}, "page_size", "from 1 to 200"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_name(visitor, three, asked, name, said):
    response = visitor.get(ADDRESS, asked)
    assert (response.status_code, response["Content-Type"]) == (400, PROBLEM)
    [error] = response.json()["errors"]
    assert (error["attr"], said in error["detail"]) == (name, True)


@pytest.mark.parametrize("page", ["0", "x", "99"])
def test_page_that_is_not_there_is_not_found(visitor, three, page):
    assert visitor.get(ADDRESS, {"page": page}).status_code == 404


def test_jobs_are_only_read(visitor, db):
    assert visitor.post(ADDRESS, {}).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_constant_number_of_queries(visitor, feed, count, django_assert_num_queries):
    for _ in range(count):
        PostingFactory(feed=feed)
    with django_assert_num_queries(4):
        assert len(titles(visitor)) == count


def test_answer_that_did_not_change_is_not_sent_again(visitor, three):
    tag = visitor.get(ADDRESS)["ETag"]
    assert visitor.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 304

"""Jobs in a real browser: read, narrowed, and brought by a feed that staff add."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from jobs import board
from portal.worker import Worker
from tests.browser.conftest import SLUG
from tests.browser.test_pages import flaws_of
from tests.factories import FeedFactory, PostingFactory
from tests.hostile import HostileServer, answer
from tests.jobs.feeds import item, rss

JOBS = f"/guides/{SLUG}/jobs/"


@pytest.fixture(autouse=True)
def nothing_kept():
    board.forget()


@pytest.fixture
def server(settings):
    """A server on this machine, which alone is let through."""
    made = HostileServer()
    settings.FETCHING_LETS_THROUGH = frozenset({made.place})
    yield made
    made.close()


@pytest.fixture
def feed(guide):
    """A feed of thirty jobs, one of which says more than fits."""
    feed = FeedFactory(guide=guide, publisher="Bread Board", succeeded_at=timezone.now(), entry_count=30)
    for number in range(29):
        listed_at = timezone.now() - timedelta(days=number)
        PostingFactory(
            feed=feed, title=f"Data baker {number}", company="Crumb", place="Bern", listed_at=listed_at
        )
    PostingFactory(
        feed=feed,
        title="Donaudampfschifffahrt" * 9,
        summary="Knead " * 60,
        company="x" * 120,
        place="y" * 120,
    )
    return feed


def test_page_of_jobs_has_no_flaw(page, feed):
    page.goto(JOBS)
    assert flaws_of(page) == []


@pytest.mark.parametrize("address", [JOBS, f"{JOBS}?q=nothing&page=0"])
def test_page_without_jobs_has_no_flaw(page, guide, address, troubles):
    if "?" in address:
        PostingFactory(feed=FeedFactory(guide=guide))
    page.goto(address)
    assert flaws_of(page) == []
    troubles.clear()  # a page that is none is told with its status


def test_list_is_narrowed_and_opened_again(page, feed):
    page.goto(JOBS)
    page.get_by_label("Search in these jobs").fill("baker 28")
    page.get_by_label("Place").select_option("Bern")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="1 job, Bern, with “baker 28”")).to_be_visible()
    page.get_by_role("link", name="Show all").click()
    page.get_by_role("link", name="Older").click()
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()


def test_feed_that_staff_add_brings_its_jobs(editor_page, guide, server):
    server.answers["/feed"] = answer(rss(item("Night baker", "https://jobs.example/1")))
    editor_page.goto("/admin/jobs/feed/add/")
    editor_page.locator("#id_guide + .select2").click()
    editor_page.locator(".select2-results__option", has_text=guide.title).click()
    editor_page.get_by_label("Publisher").fill("Bread Board")
    editor_page.get_by_label("Address").fill(server.url("/feed"))
    editor_page.get_by_role("button", name="Save", exact=True).click()
    expect(editor_page.locator(".field-how_it_does")).to_have_text("new")
    Worker().work()
    editor_page.reload()
    expect(editor_page.locator(".field-how_it_does")).to_have_text("ok")
    editor_page.goto(JOBS)
    expect(editor_page.get_by_role("link", name="Night baker")).to_be_visible()

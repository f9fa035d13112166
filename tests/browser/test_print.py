"""Pages on paper: what is read and what is ticked, without what is operated."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SLUG
from tests.browser.people import PATH, tick

PAGES = [PATH, f"/guides/{SLUG}/"]


def put_on_paper(page, address):
    page.goto(address)
    page.emulate_media(media="print")


def shown(page, selector):
    return [found.inner_text() for found in page.locator(selector).all() if found.is_visible()]


@pytest.mark.parametrize("address", PAGES)
def test_paper_shows_no_frame_of_the_site(learner_page, address):
    put_on_paper(learner_page, address)

    expect(learner_page.get_by_role("heading", level=1)).to_be_visible()
    assert shown(learner_page, ".site-head, .site-foot, .skip, .crumbs, .contents") == []


@pytest.mark.parametrize("address", PAGES)
def test_paper_shows_no_buttons(learner_page, address):
    put_on_paper(learner_page, address)

    assert shown(learner_page, ".button, .states, .more > summary") == []


def test_paper_offers_a_visitor_no_account(page):
    put_on_paper(page, PATH)

    expect(page.get_by_role("region", name="Start")).to_be_hidden()


def test_paper_shows_what_a_closed_step_asks_for(page):
    put_on_paper(page, PATH)

    expect(page.get_by_text("Done when", exact=True).first).to_be_visible()


def test_paper_tells_the_percent_once_and_not_over_the_text(learner_page):
    learner_page.goto(PATH)
    tick(learner_page, "Python, fluently")
    learner_page.set_viewport_size({"width": 700, "height": 900})  # here the card sticks
    learner_page.emulate_media(media="print")

    expect(learner_page.locator(".progress-card")).to_have_css("position", "static")
    expect(learner_page.locator(".progress-card .counted")).to_have_text("1 of 37 requirements")

"""Interview practice in a browser: by keys alone, without scripts, and for everybody."""

import re

import pytest
from playwright.sync_api import expect

from interviews.models import Card, Review
from interviews.practice.decks import keep_deck
from interviews.seeding import seed
from tests.browser.conftest import SLUG
from tests.browser.test_pages import flaws_of

LIST = f"/guides/{SLUG}/interview/"
PRACTICE = f"{LIST}practice/"


@pytest.fixture(autouse=True)
def questions(guide):
    seed()


@pytest.fixture
def deck(learner, guide):
    keep_deck(learner, guide.pk, takes_all=True, topics=(), new_a_day=2, time_zone="UTC")


def asked(page):
    return page.locator("#asked").inner_text()


def press(page, *keys):
    """Press keys on the page as it stands; the last one leads to another."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press(keys[-1])


def test_session_is_done_by_keys_alone(learner_page, deck):
    page = learner_page
    page.goto(PRACTICE)
    first = asked(page)
    page.keyboard.press("4")  # nothing is rated before the answer was seen
    press(page, "Space", "3")
    assert asked(page) != first
    press(page, "u")
    assert (asked(page), Card.objects.get().last_review_at) == (first, None)
    press(page, "Enter", "4")
    press(page, "Space", "4")
    expect(page.get_by_role("heading", name="Done for today")).to_be_visible()
    assert Review.objects.filter(undone_at=None, duration_ms__gt=0).count() == 2


def test_space_on_a_link_or_in_a_field_is_no_answer(learner_page, deck):
    learner_page.goto(PRACTICE)
    learner_page.locator("input[type=search]").first.focus()
    learner_page.keyboard.press("Space")
    learner_page.get_by_role("link", name="What you did").focus()
    learner_page.keyboard.press("Space")
    expect(learner_page.locator("#answer")).not_to_have_attribute("open", "")


def test_session_is_done_without_scripts(new_context, log_in, learner, deck):
    context = new_context(java_script_enabled=False)
    log_in(context, learner)
    page = context.new_page()
    page.goto(PRACTICE)
    first = asked(page)
    page.get_by_text("Show the answer").click()
    page.get_by_role("button", name=re.compile("^Good")).click()
    page.get_by_role("button", name="Undo").click()
    assert asked(page) == first
    page.get_by_text("Show the answer").click()
    page.get_by_role("button", name=re.compile("^Easy")).click()
    page.get_by_role("button", name="Suspend").click()
    page.get_by_text("Show the answer").click()
    page.get_by_role("button", name=re.compile("^Easy")).click()
    expect(page.get_by_role("heading", name="Done for today")).to_be_visible()


def test_new_deck_begins_with_the_time_zone_of_the_browser(new_context, log_in, learner):
    context = new_context(timezone_id="Europe/Berlin")
    log_in(context, learner)
    page = context.new_page()
    page.goto(f"{PRACTICE}deck/")
    expect(page.get_by_label("Your time zone")).to_have_value("Europe/Berlin")


def test_visitors_pages_are_accessible(page):
    page.goto(f"{LIST}?topic=evaluation&q=recall")
    page.locator(".question summary").first.click()
    found = flaws_of(page)
    page.goto(f"{LIST}cross-validation/")
    assert found + flaws_of(page) == []


def test_learners_pages_are_accessible(learner_page, deck):
    page = learner_page
    page.goto(PRACTICE)
    press(page, "Space", "1")
    page.keyboard.press("Space")
    found = flaws_of(page)
    for address in (f"{PRACTICE}deck/", f"{PRACTICE}history/", f"{PRACTICE}reset/"):
        page.goto(address)
        found += flaws_of(page)
    page.goto(PRACTICE)
    press(page, "Space", "4")
    for _ in range(3):
        if page.locator("#answer").count():
            press(page, "Space", "4")
    expect(page.get_by_role("heading", name="Done for today")).to_be_visible()
    assert found + flaws_of(page) == []

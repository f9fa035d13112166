"""The keyboard alone, and the menus."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SLUG
from tests.browser.people import PATH, button_of, step
from tests.factories import PASSWORD

SCHOOL = "High-school diploma or equivalent"
FAR = 30  # more than from any start here to its end


def tab_to(page, target, far=FAR):
    for _ in range(far):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{target} is not reached with Tab")


def write_into(page, label, text):
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(text)


def test_keyboard_signs_up(page):
    page.goto(f"/accounts/signup/?follow={SLUG}")
    write_into(page, "E-mail address", "grace@example.org")
    write_into(page, "Password", PASSWORD)
    write_into(page, "The same password again", PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Machine Learning Engineer")).to_be_visible()
    assert page.url.endswith(PATH)


def test_keyboard_opens_a_step(learner_page):
    learner_page.goto(PATH)
    tab_to(learner_page, step(learner_page, SCHOOL).locator("summary"))
    learner_page.keyboard.press("Enter")

    expect(step(learner_page, SCHOOL).get_by_role("group", name="State of:")).to_be_visible()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_keyboard_ticks_and_unticks_a_step(learner_page, key):
    learner_page.goto(PATH)
    tab_to(learner_page, button_of(learner_page, SCHOOL))
    learner_page.keyboard.press(key)
    expect(step(learner_page, SCHOOL)).to_contain_class("done")
    expect(button_of(learner_page, SCHOOL, done=True)).to_be_focused()

    learner_page.keyboard.press(key)
    expect(step(learner_page, SCHOOL)).to_contain_class("todo")
    expect(button_of(learner_page, SCHOOL)).to_be_focused()


def test_skip_link_leads_to_the_content(page):
    page.goto(PATH)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("navigation", name="Breadcrumbs").get_by_role("link").first).to_be_focused()


@pytest.fixture
def narrow_page(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/")
    return page


def menu_of(page):
    return page.locator("details.menu.only-narrow")


def test_menu_opens_and_closes_with_escape(narrow_page):
    summary = menu_of(narrow_page).locator("summary")
    link = menu_of(narrow_page).get_by_role("link", name="Courses")
    summary.click()
    expect(link).to_be_in_viewport()
    narrow_page.keyboard.press("Escape")

    expect(link).to_be_hidden()
    expect(summary).to_be_focused()


def test_menu_closes_with_a_click_beside_it(narrow_page):
    menu_of(narrow_page).locator("summary").click()
    narrow_page.mouse.click(20, 700)

    expect(menu_of(narrow_page).get_by_role("link", name="Courses")).to_be_hidden()


def test_menu_leads_to_a_page(narrow_page):
    menu_of(narrow_page).locator("summary").click()
    menu_of(narrow_page).get_by_role("link", name="Courses").click()

    expect(narrow_page.get_by_role("heading", name="Courses", level=1)).to_be_visible()


def test_account_menu_logs_out(learner_page):
    learner_page.goto("/dashboard/")
    learner_page.locator("summary", has_text="Your account").click()
    learner_page.get_by_role("button", name="Log out").click()

    expect(learner_page.get_by_role("link", name="Log in")).to_be_visible()

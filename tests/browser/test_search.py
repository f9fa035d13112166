"""The search by keyboard, with its suggestions and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import SLUG
from tests.browser.test_pages import OPTIONS, SCREENS
from tests.factories import CourseFactory

BOX = "Search guides, courses, certifications and skills"
ADDRESSES = [
    "/search/",
    "/search/?q=machine+learning",
    "/search/?q=mahcine",
    "/search/?q=zzqx",
    "/search/?q=the&kind=step",
]


def box_of(page):
    return page.locator("#site-search")


def option_of(page, name):
    return page.get_by_role("option", name=name)


def faults(page):
    return [fault["id"] for fault in Axe().run(page, options=OPTIONS).response["violations"]]


def test_slash_leads_to_the_box_and_arrows_through_the_suggestions(page):
    CourseFactory(title="Zeppelin flying", slug="zeppelin-flying")
    CourseFactory(title="Zeppelin", slug="zeppelin")
    page.goto("/guides/")
    page.keyboard.press("/")
    expect(box_of(page)).to_be_focused()
    page.keyboard.type("zepp")

    expect(option_of(page, "Zeppelin course")).to_be_visible()
    expect(box_of(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#said")).to_have_text("2 suggestions")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(box_of(page)).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    assert faults(page) == []
    address = chosen.get_attribute("data-href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_escape_closes_the_suggestions_and_enter_shows_all(page):
    page.goto("/guides/")
    page.keyboard.press("/")
    page.keyboard.type("machine lear")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box_of(page)).to_have_value("machine lear")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Search", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Guides", exact=True)).to_be_visible()


def test_a_click_leads_to_what_was_suggested(page):
    page.goto("/")
    box_of(page).press_sequentially("machine learning eng")
    option_of(page, "Machine Learning Engineer guide").click()
    page.wait_for_url(f"**/guides/{SLUG}/")


def test_slash_is_a_letter_while_one_types(page):
    page.goto("/search/")
    box_of(page).press_sequentially("a/b")
    expect(box_of(page)).to_have_value("a/b")


def test_slash_leads_to_the_page_where_the_header_has_no_room(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/guides/")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    expect(box_of(page)).to_be_focused()


def test_a_found_step_stands_open(page):
    page.goto("/search/?q=gradient&kind=step")
    page.locator(".hits a").first.click()
    expect(page.locator(".step details[open]")).to_have_count(1)


def test_the_search_works_without_scripts(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/guides/")
    page.get_by_label(BOX).fill("machine learning")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_visible()
    page.locator(".kinds a", has_text="Steps of paths").click()
    expect(page.locator(".kinds a[aria-current]")).to_contain_text("Steps of paths")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_the_pages_are_accessible(page, screen, scheme):
    width, height = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    for address in ADDRESSES:
        page.goto(address)
        assert (address, faults(page)) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

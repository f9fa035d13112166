"""Job descriptions in a browser: without scripts, from the keyboard, copied, printed, and on all screens."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.browser.conftest import SLUG
from tests.browser.test_pages import flaws_of

PAGE = f"/guides/{SLUG}/job-description/"


@pytest.fixture(autouse=True)
def samples(guide):
    call_command("load_hiring", verbosity=0)


def test_description_is_filled_in_without_scripts(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(PAGE)
    page.get_by_label("Company").fill("Crumb")
    page.get_by_text("Skills of this career to tick").click()
    page.get_by_role("checkbox", name="Python", exact=True).check()
    page.get_by_label("Pay from").fill("60000")
    page.get_by_label("Currency").fill("EUR")
    page.get_by_role("button", name="Show the description").click()
    description = page.get_by_role("article", name="The description")
    expect(description).to_contain_text("Company: Crumb")
    expect(description).to_contain_text("Pay: from 60,000 EUR a year")
    expect(description).to_contain_text("[place]")
    with page.expect_download() as arriving:
        page.get_by_role("link", name="Markdown").click()
    assert arriving.value.suggested_filename == f"{SLUG}.md"
    assert "**Company:** Crumb" in arriving.value.path().read_text()


def test_description_follows_what_is_typed(page):
    page.goto(PAGE)
    page.get_by_label("Company").focus()
    page.keyboard.type("Crumb")
    expect(page.get_by_role("article", name="The description")).to_contain_text("Company: Crumb")
    expect(page.get_by_label("Company")).to_be_focused()
    expect(page.get_by_role("link", name="HTML")).to_have_attribute("href", re.compile("company=Crumb"))


def test_description_is_copied(new_context):
    context = new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(PAGE)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "What you will do" in page.evaluate("navigator.clipboard.readText()")


def test_paper_holds_the_description_alone(page):
    page.goto(PAGE)
    page.emulate_media(media="print")
    expect(page.get_by_role("article", name="The description")).to_be_visible()
    for hidden in (
        page.locator("#fill-in"),
        page.locator("#hints"),
        page.locator(".guide-nav"),
        page.locator("h1"),
    ):
        expect(hidden).to_be_hidden()


def test_pages_have_no_flaw(page):
    for address in ("/job-descriptions/", PAGE, f"{PAGE}?company=%D7%AA%D7%9C&pay_from=1&currency=EUR"):
        page.goto(address)
        for summary in page.locator("main details.more > summary").all():
            summary.click()
        assert (address, flaws_of(page)) == (address, [])


def test_mistakes_are_told_without_a_flaw(page, troubles):
    page.goto(f"{PAGE}?pay_from=lots&company=Crumb")
    expect(page.get_by_role("alert").first).to_contain_text("Pay from")
    expect(page.get_by_label("Company")).to_have_value("Crumb")
    assert flaws_of(page) == []
    troubles.clear()

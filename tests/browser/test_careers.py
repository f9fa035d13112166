"""Careers side by side, and what lies around a guide, in a browser."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

from guides.loading.catching_up import catch_up
from guides.loading.storing import load_folder
from tests.browser.conftest import SLUG
from tests.browser.people import PATH, done_on, tick
from tests.browser.test_pages import flaws_of

OTHER = "data-scientist"


@pytest.fixture(autouse=True)
def careers(guide):
    load_folder(settings.BASE_DIR / "guides" / "content" / OTHER)
    catch_up()
    call_command("load_facts", verbosity=0)


def test_careers_are_compared_without_scripts(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/guides/")
    page.get_by_role("link", name="Compare careers").click()
    for name in ("Data scientist", "Machine learning engineer"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Data scientist or Machine learning engineer?")
    expect(page.get_by_text("$131,490 a year")).to_be_visible()
    expect(page.get_by_role("link", name="Python, fluently")).to_be_visible()
    assert page.context.cookies() == []


def test_comparison_has_no_flaw(page):
    page.goto(f"/guides/compare/?guide={OTHER}&guide={SLUG}")
    assert flaws_of(page) == []


def test_guide_leads_to_near_careers_and_is_passed_on(new_context):
    context = new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"/guides/{SLUG}/")
    around = page.get_by_role("region", name="From here on")
    expect(around.get_by_text("10 steps the same")).to_be_visible()
    around.get_by_role("button", name="Copy the address").click()
    expect(around.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"/guides/{SLUG}/")
    around.get_by_role("article").get_by_role("link", name="Data scientist", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Data scientist")


def test_step_done_on_one_path_is_done_on_the_other(learner_page):
    learner_page.goto(PATH)
    tick(learner_page, "Python, fluently")
    learner_page.goto(f"/guides/{OTHER}/path/")
    assert done_on(learner_page) == ["Python that others can run"]


def test_term_opens_where_a_guide_first_uses_it(page):
    page.goto(f"/guides/{SLUG}/")
    page.locator("a.term").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_questions_and_glossary_are_read_without_scripts(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"/guides/{SLUG}/faq/")
    page.get_by_role("link", name="How hard is machine learning").first.click()
    page.goto("/glossary/")
    expect(page.get_by_role("heading", name="Glossary")).to_be_visible()
    page.get_by_role("link", name="Data scientist").first.click()
    expect(page).to_have_url(re.compile("/guides/data-scientist/#term-"))

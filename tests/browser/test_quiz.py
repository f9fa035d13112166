"""The quiz in a browser: without scripts, from the keyboard, and on all screens."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from quiz.models import Result
from tests.browser.test_pages import flaws_of
from tests.factories import published_guide


@pytest.fixture(autouse=True)
def quiz(guide):
    for slug in ("data-scientist", "data-engineer"):
        published_guide(slug=slug, title=slug.replace("-", " ").capitalize())
    call_command("load_quiz", verbosity=0)


def walk(page, answers=12):
    """Choose the second answer to each question, and go on."""
    page.goto("/quiz/")
    page.get_by_role("link", name="Begin").click()
    for number in range(1, answers + 1):
        expect(page.get_by_text(f"{number} of 12", exact=True)).to_be_visible()
        page.get_by_role("radio").nth(1).check()
        page.get_by_role("button", name=re.compile("Next question|See the result")).click()


def test_quiz_is_answered_without_scripts(new_context):
    page = new_context(java_script_enabled=False).new_page()
    walk(page, answers=2)
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    page.get_by_label("This does not matter to me").check()
    page.get_by_role("button", name="Next question").click()
    page.get_by_role("link", name="Skip to the result").click()
    expect(page.get_by_text("1 of 12 questions answered.")).to_be_visible()
    expect(page.get_by_text("More than half of the questions were left out")).to_be_visible()
    expect(page.get_by_role("button", name="Copy the link")).to_be_hidden()
    assert page.context.cookies() == []


def test_quiz_is_answered_from_the_keyboard(page):
    page.goto("/quiz/?question=1")
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 of 12", exact=True)).to_be_visible()


def test_link_is_copied_and_opens_for_somebody_else(new_context):
    context = new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    walk(page, answers=1)
    page.get_by_role("link", name="Skip to the result").click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "/quiz/shared/?answers=" in copied
    page.goto(copied[copied.index("/quiz/") :])
    expect(page.get_by_text("Somebody’s answers, not yours")).to_be_visible()


def test_result_of_a_learner_is_kept_and_deleted(learner_page):
    walk(learner_page)
    expect(learner_page.get_by_text("Kept with your account")).to_be_visible()
    assert flaws_of(learner_page) == []
    learner_page.get_by_role("link", name="Your results").click()
    assert flaws_of(learner_page) == []
    learner_page.get_by_role("button", name="Delete the result").click()
    expect(learner_page.get_by_text("No result yet")).to_be_visible()
    assert Result.objects.count() == 0


def test_pages_have_no_flaw(page):
    page.goto("/quiz/")
    assert flaws_of(page) == []
    walk(page, answers=3)
    assert flaws_of(page) == []
    page.get_by_role("link", name="Skip to the result").click()
    for summary in page.locator("main details.more > summary").all():
        summary.click()
    assert flaws_of(page) == []
    page.get_by_role("link", name="See it as others will").evaluate(
        "link => { link.href = new URL(link.href).pathname + new URL(link.href).search; }"
    )
    page.get_by_role("link", name="See it as others will").click()
    expect(page.get_by_text("Somebody’s answers, not yours")).to_be_visible()
    assert flaws_of(page) == []


def test_missing_answer_is_told_without_a_flaw(page, troubles):
    page.goto("/quiz/?question=2&next=1")
    expect(page.get_by_role("alert").filter(has_text="Choose an answer")).to_be_visible()
    assert flaws_of(page) == []
    troubles.clear()


def test_fairness_has_no_flaw_of_its_own(editor_page):
    editor_page.goto("/admin/quiz/question/fairness/")
    expect(editor_page.get_by_role("cell", name="none").first).to_be_visible()
    assert flaws_of(editor_page) == []

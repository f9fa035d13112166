"""What a new edition brings in a browser: previews, news, credit, and links from before."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.recording import Saying, record
from guides.lives import Part, succeed
from guides.models import Step
from guides.previews import token_of
from guides.progress import State
from tests.browser.people import PATH, button_of, open_step, step
from tests.browser.test_pages import flaws_of

PYTHON = "Python, fluently"


@pytest.fixture
def changed(guide, learner):
    """The guide after “Python, fluently”, which the learner has done, was split into two steps."""
    old = guide.steps.get(title=PYTHON)
    record(learner, [Saying(old.pk, State.DONE)])
    succeed(guide, [old], [Part("Python, the language"), Part("Python, its library")], by=None)
    guide.publish(by=None)
    return guide


@pytest.mark.parametrize("name", ["preview", "preview-path"])
def test_preview_has_no_flaw(page, guide, name):
    page.goto(reverse(name, args=[token_of(guide)]))

    assert flaws_of(page) == []


def test_preview_is_walked_from_page_to_page(page, guide):
    page.goto(reverse("preview", args=[token_of(guide)]))
    page.get_by_role("link", name="Follow the path").click()

    open_step(page, PYTHON)
    expect(page.locator("li.step details[open]")).to_have_count(1)
    page.get_by_label("Pages of the preview").get_by_role("link", name="Guide").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(guide.title)


def test_news_is_read_once_and_has_no_flaw(learner_page, changed):
    learner_page.goto(PATH)
    learner_page.get_by_text("Which steps").click()
    news = learner_page.get_by_label("What has changed")

    expect(news).to_contain_text("2 new steps, 1 retired, 2 counted from what you did.")
    assert flaws_of(learner_page) == []
    learner_page.reload()
    expect(news).to_have_count(0)


def test_step_that_is_counted_is_declined_and_counted_again(learner_page, changed):
    title = "Python, the language"
    learner_page.goto(PATH)
    open_step(learner_page, title)

    learner_page.get_by_role("button", name=f"Do not count it: {title}").click()
    again = learner_page.get_by_role("button", name=f"Count it: {title}", exact=True)
    expect(again).to_be_focused()
    expect(button_of(learner_page, title)).to_be_visible()
    assert flaws_of(learner_page) == []

    again.click()
    expect(step(learner_page, title)).to_contain_class("done")
    expect(step(learner_page, title)).to_contain_text(f"Counted from {PYTHON}")


def test_link_from_before_opens_the_step(page, guide):
    old = guide.steps.get(title=PYTHON)
    Step.objects.filter(pk=old.pk).update(slug="another-name")
    guide.publish(by=None)

    page.goto(f"{PATH}#step-{old.slug}")
    expect(step(page, PYTHON).locator("details")).to_have_attribute("open", "")
    expect(step(page, PYTHON)).to_be_in_viewport()

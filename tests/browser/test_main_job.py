"""The main job: somebody follows a path, the staff change it, and nothing is lost. Scripts or no scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from guides.models import Step
from tests.browser.conftest import SLUG
from tests.browser.people import PATH, done_on, percent_on, sign_up, tick, untick

SCHOOL, PYTHON, GIT = "High-school diploma or equivalent", "Python, fluently", "Git and the command line"
FIRST_STAGE = "Finish school with mathematics"
SQL, RENAMED = "SQL for real questions", "Python, read and written with ease"

pytestmark = pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])


@pytest.fixture
def page(new_context, has_scripts):
    return new_context(java_script_enabled=has_scripts).new_page()


@pytest.fixture
def follower_page(page):
    """The path of somebody who has signed up, follows it, ticked three steps and took one back."""
    page.goto("/")
    page.get_by_role("link", name="Start a path").click()
    sign_up(page)
    page.get_by_role("link", name="Look through the guides").click()
    page.get_by_role("link", name="Machine Learning Engineer").click()
    page.get_by_role("link", name="Follow the path").click()
    page.get_by_role("button", name="Follow this path").click()
    for title in (SCHOOL, PYTHON, GIT):
        tick(page, title)
    untick(page, GIT)
    return page


def stand_in_api(page):
    """Return the percent and the titles of the done steps that the API gives to this browser."""
    answer = page.context.request.get(f"/api/v1/me/paths/{SLUG}/").json()
    steps = [step for stage in answer["stages"] for step in stage["steps"]]
    return answer["percent"], [step["title"] for step in steps if step["state"] == "done"]


def said_on_dashboard(page):
    """Return what the dashboard says was done last with each step."""
    lines = page.locator(".activity li").all()
    return {line.locator("a").inner_text(): line.get_attribute("class") for line in reversed(lines)}


def publish_other_path(page, guide):
    """Rename a step and put the first stage last, as a publisher does in the studio."""
    python = Step.objects.get(title=PYTHON)
    page.goto(reverse("admin:guides_step_change", args=[python.pk]))
    page.get_by_label("Title:").fill(RENAMED)
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(reverse("admin:guides_guide_outline", args=[guide.pk]))
    stages = guide.stages.count()
    for place in range(2, stages + 1):
        page.get_by_role("button", name=f"Move the stage {FIRST_STAGE} down", exact=True).click()
        expect(page.locator(".outline-stage h2").nth(place - 1)).to_have_text(FIRST_STAGE)
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Edition 2 of")).to_be_visible()


def test_ticks_survive_a_reload(follower_page):
    follower_page.reload()

    assert done_on(follower_page) == [SCHOOL, PYTHON]


def test_percent_is_the_same_everywhere(follower_page):
    percent = percent_on(follower_page)
    follower_page.goto("/dashboard/")

    assert percent > 0
    assert percent_on(follower_page) == percent
    assert stand_in_api(follower_page) == (percent, [SCHOOL, PYTHON])


def test_dashboard_says_what_was_done(follower_page):
    follower_page.goto("/dashboard/")

    assert said_on_dashboard(follower_page) == {SCHOOL: "done", PYTHON: "done", GIT: "todo"}


def test_new_edition_keeps_ticks_and_percent(follower_page, publisher_page, guide):
    percent = percent_on(follower_page)
    publish_other_path(publisher_page, guide)

    follower_page.reload()

    assert follower_page.locator(".stage h2").last.inner_text() == FIRST_STAGE
    assert done_on(follower_page) == [RENAMED, SCHOOL]
    assert percent_on(follower_page) == percent
    assert stand_in_api(follower_page) == (percent, [RENAMED, SCHOOL])


def test_page_of_the_edition_before_still_ticks(follower_page, publisher_page, guide):
    publish_other_path(publisher_page, guide)

    tick(follower_page, SQL)

    percent = percent_on(follower_page)
    assert stand_in_api(follower_page) == (percent, [RENAMED, SQL, SCHOOL])
    follower_page.goto(PATH)
    assert percent_on(follower_page) == percent

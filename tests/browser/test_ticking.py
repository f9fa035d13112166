"""Saying on the path page what is done."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests.browser.people import (
    PATH,
    button_of,
    done_on,
    log_in_by_form,
    open_step,
    percent_on,
    sign_up,
    step,
    tick,
)

SQL, GIT, CLEAN = "SQL for real questions", "Git and the command line", "Clean data with a script"
STATES = {"To do": "todo", "Doing": "doing", "Done": "done", "Skipped": "skipped"}


def click_as_visitor(page):
    page.goto(PATH)
    page.get_by_role("link", name=f"Start the path and mark as done: {SQL}").click()


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_visitors_tick_is_set_after_sign_up(new_context, has_scripts):
    page = new_context(java_script_enabled=has_scripts).new_page()
    click_as_visitor(page)
    sign_up(page)

    expect(step(page, SQL)).to_be_in_viewport()
    assert done_on(page) == [SQL]


def test_visitors_tick_is_set_after_a_mistake_in_the_form(page):
    click_as_visitor(page)
    sign_up(page, email="ada@nowhere")
    expect(page.get_by_role("alert").first).to_contain_text("Something is not right yet")
    sign_up(page)

    expect(step(page, SQL)).to_be_in_viewport()
    assert done_on(page) == [SQL]


def test_visitors_tick_is_set_after_log_in(page, learner):
    click_as_visitor(page)
    page.get_by_role("main").get_by_role("link", name="Log in").click()
    log_in_by_form(page, learner)

    expect(step(page, SQL)).to_be_in_viewport()
    assert done_on(page) == [SQL]


@pytest.mark.parametrize("words", STATES)
def test_state_is_set_in_one_click(learner_page, words):
    learner_page.goto(PATH)
    open_step(learner_page, SQL)
    button = step(learner_page, SQL).get_by_role("button", name=words, exact=True)
    button.click()

    expect(learner_page.get_by_role("status").last).to_contain_text(f"{SQL}: {words}.")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    learner_page.reload()
    expect(step(learner_page, SQL)).to_have_class(f"step {STATES[words]}")


def test_address_of_a_step_opens_it(learner_page):
    learner_page.goto(f"{PATH}#step-sql")

    expect(step(learner_page, SQL)).to_be_in_viewport()
    expect(step(learner_page, SQL).get_by_role("group", name="State of:")).to_be_visible()


def test_dashboard_leads_on_to_the_next_step(learner_page):
    learner_page.goto(PATH)
    tick(learner_page, "High-school diploma or equivalent")
    learner_page.goto("/dashboard/")
    learner_page.get_by_role("link", name="Continue").click()

    opened = learner_page.locator("li.step:has(details[open])")
    expect(opened).to_have_id("step-school-mathematics")
    expect(opened).to_be_in_viewport()


def test_opened_steps_stay_open_after_a_tick(learner_page):
    learner_page.goto(PATH)
    for title in (SQL, GIT, CLEAN):
        open_step(learner_page, title)
    tick(learner_page, GIT)

    opened = learner_page.locator("li.step:has(details[open]) .title").all_inner_texts()
    assert opened == [SQL, GIT, CLEAN]


def test_tick_keeps_the_focus_and_the_place(learner_page):
    learner_page.goto(PATH)
    button_of(learner_page, CLEAN).scroll_into_view_if_needed()
    before = learner_page.evaluate("scrollY")
    tick(learner_page, CLEAN)

    expect(button_of(learner_page, CLEAN, done=True)).to_be_focused()
    assert learner_page.evaluate("scrollY") == before > 0


def test_tick_is_announced(learner_page):
    learner_page.goto(PATH)
    tick(learner_page, SQL)

    met = learner_page.locator(".progress-card .counted").inner_text()
    said = f"{SQL}: Done. {percent_on(learner_page)} percent, {met}."
    expect(learner_page.locator("#said")).to_have_text(said)


def test_tick_while_the_site_cannot_be_reached_is_refused(learner_page, troubles):
    learner_page.goto(PATH)
    learner_page.route("**/path/steps/**", lambda route: route.abort())
    button_of(learner_page, SQL).click()

    expect(learner_page.get_by_role("alert")).to_have_text("That was not saved: the site cannot be reached.")
    assert done_on(learner_page) == []
    learner_page.unroute("**/path/steps/**")
    tick(learner_page, SQL)
    troubles.clear()


def test_tick_that_fails_is_refused(learner_page, troubles):
    learner_page.goto(PATH)
    learner_page.route("**/path/steps/**", lambda route: route.fulfill(status=500, body="broken"))
    button_of(learner_page, SQL).click()

    expect(learner_page.get_by_role("alert")).to_contain_text("That was not saved.")
    assert done_on(learner_page) == []
    assert percent_on(learner_page) == 0
    troubles.clear()


def test_tick_after_the_session_ended_is_set_after_log_in(learner_page, learner):
    learner_page.goto(PATH)
    Session.objects.all().delete()
    button_of(learner_page, SQL).click()
    log_in_by_form(learner_page, learner)

    expect(step(learner_page, SQL)).to_be_in_viewport()
    assert done_on(learner_page) == [SQL]


def test_skip_after_the_session_ended_does_not_tick(learner_page, learner):
    learner_page.goto(PATH)
    Session.objects.all().delete()
    open_step(learner_page, SQL)
    step(learner_page, SQL).get_by_role("button", name="Skipped").click()
    log_in_by_form(learner_page, learner)

    expect(step(learner_page, SQL)).to_be_visible()
    assert done_on(learner_page) == []

"""The catalog in a browser: filter, compare, save, with scripts and without."""

from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from courses.models import Course, CourseFigures
from search.freshness import rebuild
from tests.browser.people import log_in_by_form, sign_up
from tests.factories import CourseFactory, SkillFactory

SCRIPTS = pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])


@pytest.fixture
def offers(guide):
    """Three courses, in place of those that the guide brings."""
    Course.objects.all().delete()
    baking = SkillFactory(name="Baking", slug="baking")
    for title, level in (("Bread", "beginner"), ("Cake", "advanced"), ("Ale", "beginner")):
        skills = [] if title == "Ale" else [baking]
        course = CourseFactory(title=title, slug=title.lower(), level=level, skills=skills)
        CourseFigures.objects.create(
            course=course, source="School", retrieved_on=date(2026, 11, 1), price=Decimal(0)
        )
    rebuild()


@pytest.fixture
def shop(new_context, has_scripts, offers):
    """The list of courses, before somebody who has no account."""
    page = new_context(java_script_enabled=has_scripts).new_page()
    page.goto("/courses/")
    return page


def titles(page):
    return page.locator(".offer h3").all_inner_texts()


def choose(page, name, has_scripts):
    page.get_by_label(name).check()
    if not has_scripts:
        page.get_by_role("button", name="Show", exact=True).click()


@SCRIPTS
def test_filters_apply_and_the_address_follows(shop, has_scripts):
    choose(shop, "Baking", has_scripts)
    expect(shop.locator(".offer")).to_have_count(2)
    choose(shop, "beginner", has_scripts)
    expect(shop.locator(".offer")).to_have_count(1)
    assert "skill=baking" in shop.url
    assert "level=beginner" in shop.url
    shop.get_by_role("link", name="Baking").click()
    expect(shop.locator(".offer")).to_have_count(2)
    assert (titles(shop), "skill" in shop.url) == (["Ale", "Bread"], False)


@SCRIPTS
def test_way_back_leads_through_the_filters(shop, has_scripts):
    choose(shop, "Baking", has_scripts)
    expect(shop.locator(".offer")).to_have_count(2)
    shop.go_back()
    expect(shop.locator(".offer")).to_have_count(3)
    expect(shop.get_by_label("Baking")).not_to_be_checked()


@pytest.mark.parametrize("has_scripts", [True])
def test_focus_stays_on_the_box_and_the_count_is_said(shop, has_scripts):
    shop.get_by_label("Baking").focus()
    shop.keyboard.press("Space")
    expect(shop.locator("#said")).to_have_text("2 courses")
    expect(shop.get_by_label("Baking")).to_be_focused()
    expect(shop.get_by_label("Baking")).to_be_checked()


@pytest.mark.parametrize("has_scripts", [True])
def test_list_is_searched_while_typing(shop, has_scripts):
    shop.get_by_label("Search in this list").press_sequentially("brea")
    expect(shop.locator(".offer")).to_have_count(1)
    expect(shop.get_by_label("Search in this list")).to_be_focused()
    assert "search=brea" in shop.url


@SCRIPTS
def test_empty_result_leads_on(shop, has_scripts):
    shop.goto("/courses/?skill=baking&level=advanced&price_max=0&language=en")
    shop.get_by_role("link", name="Without language: 1").click()
    expect(shop.locator(".offer h3")).to_have_text(["Cake"])


@SCRIPTS
def test_courses_are_compared(shop, has_scripts):
    for title in ("Bread", "Cake"):
        shop.get_by_label(f"Compare: {title}").check()
    if has_scripts:  # what is ticked is kept while the list changes
        shop.get_by_label("advanced").check()
        expect(shop.locator(".offer")).to_have_count(1)
    shop.get_by_role("button", name="Compare", exact=True).click()
    expect(shop.get_by_role("link", name="Bread", exact=True)).to_be_visible()
    levels = shop.get_by_role("row", name="Level").locator("td").all_inner_texts()
    assert sorted(levels) == ["advanced", "beginner"]


@SCRIPTS
def test_visitor_saves_by_signing_up(shop, has_scripts):
    shop.get_by_role("link", name="Save for later: Bread").click()
    sign_up(shop)
    shop.goto("/saved/")
    expect(shop.get_by_role("link", name="Bread")).to_be_visible()


@SCRIPTS
def test_learner_saves_and_thinks_better_of_it(offers, learner, new_context, has_scripts):
    page = new_context(java_script_enabled=has_scripts).new_page()
    page.goto("/accounts/login/?next=/courses/")
    log_in_by_form(page, learner)
    page.get_by_role("button", name="Save for later: Bread").click()
    page.get_by_role("button", name="take “Bread” off the list").click()
    expect(page.get_by_role("button", name="Save for later: Bread")).to_be_visible()


def test_list_is_used_by_keyboard_alone(new_context, offers):
    page = new_context().new_page()
    page.goto("/courses/?skill=baking")
    page.get_by_role("link", name="Baking").press("Enter")
    expect(page.locator(".offer")).to_have_count(3)
    expect(page.locator("#found")).to_be_focused()
    page.get_by_label("Order").focus()
    page.get_by_label("Order").select_option("title")
    expect(page.get_by_label("Order")).to_be_focused()
    expect(page.locator(".offer h3").first).to_have_text("Ale")

"""Reading a guide: sources and terms that open in place, contents that follow, with and without a script."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SLUG

GUIDE = f"/guides/{SLUG}/"


@pytest.fixture
def narrow_page(new_context):
    page = new_context().new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    return page


@pytest.fixture
def plain_page(new_context):
    """A page of somebody whose browser runs no script."""
    return new_context(java_script_enabled=False).new_page()


def citation(page, section="pay", key="bls-15-1221"):
    return page.locator(f'[id="{section}.cites-{key}"]')


def term(page):
    return page.locator('a[href="#term-model"]').first


# --- Sources ----------------------------------------------------------------------------------


def test_source_opens_where_it_is_cited(page):
    page.goto(GUIDE)
    citation(page).click()
    peek = page.get_by_role("dialog")
    expect(peek).to_contain_text("US Bureau of Labor Statistics")
    expect(peek).to_contain_text("facts retrieved 20 November 2026")
    assert page.url.endswith(GUIDE)


def test_source_stands_within_the_screen(narrow_page):
    narrow_page.goto(GUIDE)
    citation(narrow_page).click()
    box = narrow_page.get_by_role("dialog").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


def test_escape_closes_a_source_and_leads_back(page):
    page.goto(GUIDE)
    citation(page).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(citation(page)).to_be_focused()


def test_tab_leads_on_from_the_citation(page):
    page.goto(GUIDE)
    citation(page).focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="In the list of sources").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('#pay ~ p .cite a')")


def test_click_beside_closes_a_source(page):
    page.goto(GUIDE)
    citation(page).click()
    page.locator("#pay").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_source_leads_to_the_list(page):
    page.goto(GUIDE)
    citation(page).click()
    page.get_by_role("link", name="In the list of sources").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("#source-bls-15-1221")).to_be_in_viewport()
    assert page.url.endswith("#source-bls-15-1221")


def test_list_of_sources_leads_back(page):
    page.goto(f"{GUIDE}#source-bls-15-1221")
    page.locator("#source-bls-15-1221").get_by_role("link", name="What it pays").click()
    expect(citation(page)).to_be_in_viewport()


def test_source_opens_on_the_path_too(page):
    page.goto(f"{GUIDE}path/#step-bachelors-degree")
    page.locator("#step-bachelors-degree .cite a").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("facts retrieved")


def test_citation_is_a_link_without_a_script(plain_page):
    plain_page.goto(GUIDE)
    citation(plain_page).click()
    expect(plain_page.locator("#source-bls-15-1221")).to_be_in_viewport()


def test_citation_may_be_opened_in_a_tab_of_its_own(context, page):
    page.goto(GUIDE)
    with context.expect_page() as opened:
        citation(page).click(modifiers=["ControlOrMeta"])
    assert opened.value.url.endswith("#source-bls-15-1221")
    expect(page.get_by_role("dialog")).to_be_hidden()


# --- Terms ------------------------------------------------------------------------------------


def test_term_opens_where_it_is_named(page):
    page.goto(GUIDE)
    term(page).click()
    peek = page.get_by_role("dialog", name="Model")
    expect(peek.get_by_role("link", name="In the list of words")).to_be_visible()
    assert page.url.endswith(GUIDE)


def test_term_is_a_link_without_a_script(plain_page):
    plain_page.goto(GUIDE)
    term(plain_page).click()
    expect(plain_page.locator("#term-model")).to_be_in_viewport()


def test_term_of_a_step_leads_to_the_guide(page):
    page.goto(f"{GUIDE}path/")
    link = page.locator('.step a[href*="#term-"]').first
    address = link.get_attribute("href")
    link.evaluate("link => { link.closest('details').open = true }")
    link.click()
    page.wait_for_url(f"**{address}")


# --- Contents ---------------------------------------------------------------------------------


def contents(page):
    return page.get_by_role("navigation", name="Contents")


def test_contents_follow_the_reader(page):
    page.goto(f"{GUIDE}#outlook")
    expect(contents(page).locator("[aria-current]")).to_have_text("Outlook")
    page.locator("#ladder").scroll_into_view_if_needed()
    page.locator("#ladder").evaluate("heading => heading.scrollIntoView()")
    expect(contents(page).locator("[aria-current]")).to_have_text("The career ladder")


def test_contents_fold_into_a_bar_on_a_phone(narrow_page):
    narrow_page.goto(f"{GUIDE}#outlook")
    expect(contents(narrow_page)).to_be_hidden()
    bar = narrow_page.locator(".on-page")
    expect(bar.locator("summary")).to_contain_text("Outlook")
    bar.locator("summary").click()
    narrow_page.get_by_role("navigation", name="On this page").get_by_role(
        "link", name="What it pays"
    ).click()
    expect(bar.locator(".panel")).to_be_hidden()
    expect(narrow_page.locator("#pay")).to_be_in_viewport()


def test_contents_are_links_without_a_script(plain_page):
    plain_page.goto(GUIDE)
    contents(plain_page).get_by_role("link", name="Outlook").click()
    expect(plain_page.locator("#outlook")).to_be_in_viewport()


# --- Figures and tables -----------------------------------------------------------------------


def test_figure_keeps_its_place_and_is_drawn_when_it_comes_near(page):
    asked = []
    page.on("request", lambda request: "/pictures/" in request.url and asked.append(request.url))
    page.goto(GUIDE)
    page.wait_for_load_state("networkidle")
    figure = page.locator('img[src*="/pictures/"]').last
    assert len(asked) < 3
    assert figure.bounding_box()["height"] > 200
    figure.scroll_into_view_if_needed()
    page.wait_for_function(
        "figure => figure.complete && figure.naturalWidth > 0", arg=figure.element_handle()
    )


def test_wide_table_scrolls_by_itself(narrow_page):
    narrow_page.goto(f"{GUIDE}#ways-in")
    assert not narrow_page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert narrow_page.evaluate(
        "[...document.querySelectorAll('.scroll')].some(t => t.scrollWidth > t.clientWidth)"
    )


def test_steps_stand_beside_the_section_that_explains_them(page):
    page.goto(f"{GUIDE}#skills-and-tools")
    page.locator("#skills-and-tools").locator("xpath=ancestor::section").get_by_role(
        "link", name="SQL for real questions"
    ).click()
    page.wait_for_url("**/path/#step-sql")
    expect(page.locator("#step-sql .body")).to_be_visible()

"""What a career pays, and its outlook, in a browser: on all screens, by keyboard, on paper."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.browser.conftest import SLUG
from tests.browser.test_keyboard import tab_to
from tests.browser.test_pages import flaws_of

PAY, OUTLOOK = f"/guides/{SLUG}/salaries/", f"/guides/{SLUG}/outlook/"
ANSWERED = f"{PAY}?place=Seattle,+WA&level=senior&search=a"


@pytest.fixture(autouse=True)
def figures(guide):
    """The figures that come along."""
    call_command("load_facts", verbosity=0)


@pytest.mark.parametrize("address", [PAY, ANSWERED, OUTLOOK])
def test_page_of_figures_has_no_flaw(page, address):
    page.goto(address)

    assert flaws_of(page) == []


def test_page_that_refuses_has_no_flaw(page, troubles):
    page.goto(f"{PAY}?place=Seatle&year=banana")

    assert flaws_of(page) == []
    assert any(trouble.startswith("400") for trouble in troubles)
    troubles.clear()


def test_amount_and_picture_are_seen_at_360_pixels(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{PAY}?section=cities")
    row = page.get_by_role("row", name="Seattle, Washington")

    expect(row.get_by_text("$154,500 to $209,000")).to_be_visible()
    assert row.locator(".marks-on-scale").bounding_box()["width"] > 250
    assert (
        page.locator(".axis .label").first.evaluate("label => parseFloat(getComputedStyle(label).fontSize)")
        >= 12
    )


def test_table_stays_a_table_where_it_is_narrow(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{PAY}?section=cities")
    table = page.get_by_role("table", name="By city, in US dollars a year")

    expect(table.get_by_role("columnheader")).to_have_count(4)
    expect(table.get_by_role("rowheader")).to_have_count(16)


def test_keyboard_alone_sorts(page):
    page.goto(f"{PAY}?section=cities")
    tab_to(
        page, page.get_by_role("group", name="Order of: By city").get_by_role("link", name="lower end"), 60
    )
    page.keyboard.press("Enter")

    expect(page.get_by_role("columnheader", name="Pay a year")).to_have_attribute("aria-sort", "descending")
    expect(page.get_by_role("rowheader").first).to_contain_text("New York City")
    page.get_by_role("link", name="name", exact=True).press("Enter")
    expect(page.get_by_role("rowheader").first).to_contain_text("Atlanta")


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_visitor_finds_what_applies(new_context, has_scripts):
    page = new_context(java_script_enabled=has_scripts).new_page()
    page.goto(PAY)
    page.get_by_label("Where").fill("nyc")
    page.get_by_label("Experience", exact=True).select_option("senior")
    page.get_by_role("button", name="Show what applies").click()

    applies = page.get_by_role("region", name="What applies to you")
    expect(applies.get_by_text("apply in New York City at the level “senior”")).to_be_visible()
    expect(applies.get_by_role("rowheader").first).to_contain_text("For New York City itself")
    expect(page.get_by_label("Where")).to_have_value("nyc")


def test_file_is_downloaded(page):
    page.goto(PAY)
    with page.expect_download() as found:
        page.get_by_role("link", name="Download as CSV").click()

    assert found.value.suggested_filename == f"{SLUG}-salaries.csv"


def test_paper_shows_every_figure_and_nothing_that_is_operated(page):
    page.goto(PAY)
    page.emulate_media(media="print")

    expect(page.get_by_role("rowheader").filter(has_text="Glassdoor").first).to_be_visible()
    for operated in (".ask", ".filters-of-pay", ".orders", ".guide-nav", ".button"):
        assert not any(found.is_visible() for found in page.locator(operated).all())

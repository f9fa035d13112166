"""Figures in the studio in a browser: what wants an editor's eyes, a change, and the way back."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from facts.loading import load
from facts.models import LinkCheck, Naming, Salary
from guides.models import Source
from tests.browser.test_pages import flaws_of


@pytest.fixture(autouse=True)
def figures(guide):
    """The figures that come with the site, and what was found at the links of their sources."""
    load()
    now = timezone.now()
    said = {"dead": "There is no such page any more.", "unclear": "The site was asked too often."}
    for source, verdict in zip(Source.objects.exclude(url=""), ("dead", "unclear", "works"), strict=False):
        since = None if verdict == "works" else now
        told = {"url": source.url, "checked_at": now, "failing_since": since, "error": said.get(verdict, "")}
        LinkCheck.objects.create(source=source, verdict=verdict, **told)


@pytest.fixture
def salary():
    """A figure that was changed once."""
    salary = Salary.objects.get(statistic="total pay")
    salary.industry = "Bakeries"
    salary.save()
    return salary


def at(name, *args):
    return reverse(f"admin:facts_{name}", args=args)


@pytest.mark.parametrize("screen", ["salary_changelist", "old", "contradictions", "links"])
def test_screen_has_no_flaw(editor_page, screen):
    editor_page.goto(at(screen))
    assert flaws_of(editor_page) == []


def test_screen_that_was_asked_wrongly_has_no_flaw(editor_page, troubles):
    editor_page.goto(at("contradictions") + "?percent=much")
    expect(editor_page.get_by_text("Enter a number.")).to_be_visible()
    assert flaws_of(editor_page) == []
    troubles.clear()


def test_forms_and_states_have_no_flaw(editor_page, salary):
    first = salary.history.earliest()
    deleted = Naming.objects.first()
    deleted.delete()
    for address in (
        at("salary_change", salary.pk),
        at("salary_history", salary.pk),
        at("salary_simple_history", salary.pk, first.history_id),
        at("naming_deleted"),
    ):
        editor_page.goto(address)
        assert flaws_of(editor_page) == []


def test_editor_changes_an_old_figure_and_takes_it_back(editor_page):
    salary = Salary.objects.get(statistic="total pay")
    editor_page.goto(at("salary_changelist"))
    editor_page.get_by_role("link", name="Old figures").click()
    editor_page.get_by_role("link", name="$165,462 a year").click()
    editor_page.get_by_label("Amount:").fill("170000")
    editor_page.get_by_role("button", name="Save", exact=True).click()
    expect(editor_page.get_by_text("was changed successfully")).to_be_visible()

    editor_page.goto(at("salary_history", salary.pk))
    states = editor_page.locator("#change-history tbody tr")
    expect(states.first).to_contain_text("editor@example.org")
    states.last.get_by_role("link").click()
    editor_page.get_by_role("button", name="Restore this state").click()

    expect(editor_page.get_by_label("Amount:")).to_have_value("165462.00")
    salary.refresh_from_db()
    assert salary.amount == 165462


def test_editor_looks_for_smaller_contradictions(editor_page):
    editor_page.goto(at("contradictions"))
    pairs = editor_page.locator(".figures-group")
    first = pairs.count()
    editor_page.get_by_label("Differ by more than, in percent").fill("1")
    editor_page.get_by_role("button", name="Show").click()
    expect(editor_page).to_have_url(f"{at('contradictions')}?career=&percent=1")
    assert pairs.count() > first > 0

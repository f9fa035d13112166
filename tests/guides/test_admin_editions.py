"""Editions in the studio: those of a guide, and what differs between any two states of it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from guides.models import Edition, Guide
from tests.factories import GuideFactory, StepFactory, guide_with_path, published_guide, step_of

FAR = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
RADIO = re.compile(r'<input type="radio" name="(from|to)" value="([\w-]+)" checked>')
LINK = re.compile(r'href="([^"]+)"')


def screen(guide, name, query=""):
    return reverse(f"admin:guides_guide_{name}", args=[guide.pk]) + query


def retitled(guide, title, **fields):
    """Publish `guide` under another title; set these fields of the edition and return its number."""
    Guide.objects.filter(pk=guide.pk).update(title=title)
    edition = Guide.objects.get(pk=guide.pk).publish(by=None)
    Edition.objects.filter(pk=edition.pk).update(**fields)
    return edition.number


def with_copies(guide, count):
    """Add so many editions that say what the first one says."""
    first = guide.editions.get()
    like = {name: getattr(first, name) for name in ("slug", "title", "summary", "document")}
    Edition.objects.bulk_create(
        Edition(guide=guide, number=number, sha256=f"copy {number}", **like) for number in range(2, count + 2)
    )


def numbers_on(response):
    return [row.edition.number for row in response.context["rows"]]


def chosen_on(response):
    return RADIO.findall(response.content.decode())


def links_on(response, part):
    """Return the addresses on a page that have `part` in them, from their last slash on."""
    found = [link for link in LINK.findall(response.content.decode()) if part in link]
    return [link.rpartition("/")[2].replace("&amp;", "&") for link in found]


def words_of(response, name):
    """Return the words of the elements of this class or name on a page."""
    html = response.content.decode()
    found = re.findall(rf'<(\w+)(?: class="{name}")>(.*?)</\1>', html, re.DOTALL)
    return [" ".join(strip_tags(inner).split()) for _, inner in found]


# --- The list ----------------------------------------------------------------------------------


def test_editions_are_listed_newest_first_with_what_became_of_them(editor_client, guide):
    tomorrow = timezone.now() + timedelta(days=1)
    retitled(guide, "Second")
    retitled(guide, "Third", live_at=tomorrow, cancelled_at=timezone.now())
    retitled(guide, "Fourth", live_at=tomorrow)
    rows = editor_client.get(screen(guide, "editions")).context["rows"]
    assert [(row.edition.number, row.state, row.previous) for row in rows] == [
        (4, "scheduled", 2),
        (3, "cancelled", 2),
        (2, "live now", 1),
        (1, "earlier", None),
    ]


def test_edition_of_a_guide_that_was_unpublished_is_hidden(editor_client, guide):
    Guide.objects.filter(pk=guide.pk).update(unpublished_at=timezone.now())
    (row,) = editor_client.get(screen(guide, "editions")).context["rows"]
    assert row.state == "hidden"


def test_only_edition_that_is_scheduled_is_not_live(editor_client, guide):
    guide.editions.update(live_at=timezone.now() + timedelta(days=1))
    (row,) = editor_client.get(screen(guide, "editions")).context["rows"]
    assert row.state == "scheduled"


def test_guide_that_was_never_published_has_no_editions(editor_client):
    response = editor_client.get(screen(guide_with_path(), "editions"))
    assert (response.status_code, response.context["rows"]) == (200, [])
    assert "never published" in response.content.decode()


def test_editions_of_other_guides_are_not_listed(editor_client, guide):
    retitled(published_guide(), "Other")
    assert numbers_on(editor_client.get(screen(guide, "editions"))) == [1]


def test_edition_says_when_by_whom_and_why(editor_client, editor, guide):
    Guide.objects.filter(pk=guide.pk).update(title="Second", changed_at=FAR, changed_by=editor)
    Guide.objects.get(pk=guide.pk).publish(by=editor, note="Shorter, at last.")
    guide.editions.update(live_at=FAR)
    response = editor_client.get(screen(guide, "editions"))
    assert words_of(response, "edition-said") == [
        "Changed 1 March 2026, 09:30 UTC by editor@example.org",
        "1 March 2026, 09:30 UTC, by editor@example.org",
        "1 March 2026, 09:30 UTC",
    ]
    assert words_of(response, "edition-note") == ["Shorter, at last."]


def test_edition_links_to_what_it_changed(editor_client, guide):
    retitled(guide, "Second", live_at=timezone.now() + timedelta(days=1), cancelled_at=timezone.now())
    retitled(guide, "Third")
    response = editor_client.get(screen(guide, "editions"))
    assert links_on(response, "/compare/?") == ["?from=1&to=3", "?from=1&to=2"]


def test_edition_is_restored_only_by_those_who_publish(editor_client, publisher_client, guide):
    address = reverse("admin:guides_guide_restore", args=[guide.pk, 1])
    pages = [client.get(screen(guide, "editions")) for client in (editor_client, publisher_client)]
    assert [LINK.findall(page.content.decode()).count(address) for page in pages] == [0, 1]


def test_edition_links_to_its_preview(editor_client, guide):
    address = reverse("admin:guides_guide_edition_preview", args=[guide.pk, 1])
    assert address in LINK.findall(editor_client.get(screen(guide, "editions")).content.decode())


def test_current_edition_and_working_copy_are_chosen(editor_client, guide):
    retitled(guide, "Second", live_at=timezone.now() + timedelta(days=1))
    chosen = chosen_on(editor_client.get(screen(guide, "editions")))
    assert chosen == [("to", "working-copy"), ("from", "1")]


def test_newest_edition_of_a_page_without_the_current_one_is_chosen(editor_client, guide):
    with_copies(guide, 60)
    chosen = chosen_on(editor_client.get(screen(guide, "editions", "?page=2")))
    assert chosen == [("to", "working-copy"), ("from", "11")]


@pytest.mark.parametrize(
    ("page", "numbers"),
    [("1", range(61, 11, -1)), ("2", range(11, 0, -1)), ("99", range(11, 0, -1)), ("x", range(61, 11, -1))],
)
def test_editions_come_in_pages_of_fifty(editor_client, guide, page, numbers):
    with_copies(guide, 60)
    response = editor_client.get(screen(guide, "editions", f"?page={page}"))
    assert numbers_on(response) == list(numbers)


@pytest.mark.parametrize("copies", [0, 48])
def test_edition_list_of_a_guide_costs_the_same_for_one_and_for_many(
    superuser_client, guide, copies, django_assert_num_queries
):
    with_copies(guide, copies)
    with django_assert_num_queries(6):
        response = superuser_client.get(screen(guide, "editions"))
    assert len(response.context["rows"]) == copies + 1


def test_edition_list_of_a_guide_loads_no_document(editor_client, guide):
    rows = editor_client.get(screen(guide, "editions")).context["rows"]
    assert [row.edition.get_deferred_fields() for row in rows] == [{"document"}]


# --- Comparing ---------------------------------------------------------------------------------


def test_two_editions_are_compared(editor_client, guide):
    retitled(guide, "Second")
    response = editor_client.get(screen(guide, "compare", "?from=1&to=2"))
    assert (response.status_code, response.context["comparison"].summary) == (200, "Guide renamed")
    assert "<h2>From edition 1 to edition 2</h2>" in response.content.decode()


def test_edition_is_compared_with_the_working_copy(editor_client, guide):
    step_of(guide, "Read").retire()
    StepFactory(stage=guide.stages.first(), title="Think")
    response = editor_client.get(screen(guide, "compare", "?from=1&to=working-copy"))
    assert response.context["comparison"].summary == "1 step added, 1 removed"
    assert "<h2>From edition 1 to the working copy</h2>" in response.content.decode()


def test_working_copy_is_compared_with_an_edition(editor_client, guide):
    StepFactory(stage=guide.stages.first(), title="Think")
    response = editor_client.get(screen(guide, "compare", "?from=working-copy&to=1"))
    assert response.context["comparison"].summary == "1 step removed"


@pytest.mark.parametrize("state", ["1", "working-copy"])
def test_state_does_not_differ_from_itself(editor_client, guide, state):
    response = editor_client.get(screen(guide, "compare", f"?from={state}&to={state}"))
    assert words_of(response, "comparison-summary") == ["Nothing differs."]


@pytest.mark.parametrize(
    ("query", "status", "problem"),
    [
        ("?from=1&to=7", 404, "This guide has no edition 7."),
        ("?from=9&to=7", 404, "This guide has no edition 7 and no edition 9."),
        ("?from=0&to=1", 404, "This guide has no edition 0."),
        ("", 400, "Choose two states to compare: editions, or the working copy."),
        ("?from=1", 400, "Choose two states to compare: editions, or the working copy."),
        ("?from=1&to=-1", 400, "Choose two states to compare: editions, or the working copy."),
        ("?from=1&to=²", 400, "Choose two states to compare: editions, or the working copy."),
        ("?from=1&to=9999999999", 400, "Choose two states to compare: editions, or the working copy."),
        ("?from=1&to=<b>", 400, "Choose two states to compare: editions, or the working copy."),
    ],
)
def test_states_that_are_not_there_are_refused_with_a_message(editor_client, guide, query, status, problem):
    response = editor_client.get(screen(guide, "compare", query))
    assert (response.status_code, words_of(response, "errornote")) == (status, [problem])


def test_edition_of_another_guide_is_not_compared(editor_client, guide):
    other = published_guide()
    retitled(other, "Other")
    assert editor_client.get(screen(guide, "compare", "?from=1&to=2")).status_code == 404


def test_words_are_shown_in_place(editor_client, guide):
    step = step_of(guide, "Read")
    step.body = "Read the old book."
    step.save()
    retitled(guide, "Second")
    step.body = "Read the new book <b>twice</b>.\n\nThen rest."
    step.save()
    response = editor_client.get(screen(guide, "compare", "?from=2&to=working-copy"))
    html = response.content.decode()
    (prose,) = re.findall(r'<dd class="prose">(.*?)</dd>', html, re.DOTALL)
    assert prose == (
        "Read the <del>old book.</del> <ins>new book &lt;b&gt;twice&lt;/b&gt;.\n\nThen rest.</ins> "
    )


def test_values_are_shown_in_place(editor_client, guide):
    guide.steps.filter(title="Read").update(effort_hours=12)
    response = editor_client.get(screen(guide, "compare", "?from=1&to=working-copy"))
    assert words_of(response, "values") == ["removed: 10 hours added: 12 hours"]


@pytest.mark.parametrize("steps", [1, 60])
def test_comparison_costs_the_same_for_one_step_more_and_for_sixty(
    superuser_client, guide, steps, django_assert_num_queries
):
    StepFactory.create_batch(steps, stage=guide.stages.first())
    with django_assert_num_queries(13):
        response = superuser_client.get(screen(guide, "compare", "?from=1&to=working-copy"))
    assert len(response.context["comparison"].steps) == steps


# --- Who may look ------------------------------------------------------------------------------


@pytest.fixture(params=["editions", "compare"])
def address(request, guide):
    return screen(guide, request.param, "?from=1&to=1")


def test_screens_of_editions_are_open_to_an_editor(editor_client, address):
    assert editor_client.get(address).status_code == 200


def test_screens_of_editions_are_closed_to_staff_without_a_role(newcomer_client, address):
    assert newcomer_client.get(address).status_code == 403


def test_screens_of_editions_lead_a_visitor_to_the_log_in(visitor, address):
    assert visitor.get(address)["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("name", ["editions", "compare"])
def test_screens_of_a_guide_that_is_not_there_are_not_found(editor_client, db, name):
    guide = GuideFactory.build()
    assert editor_client.get(screen(guide, name, "?from=1&to=1")).status_code == 404


# --- An edition by itself ----------------------------------------------------------------------


def test_page_of_an_edition_leads_to_the_screens_of_its_guide(superuser_client, guide):
    page = reverse("admin:guides_edition_change", args=[guide.editions.get().pk])
    response = superuser_client.get(page)
    assert links_on(response, "/compare/?") == ["?from=1&to=working-copy"]
    assert screen(guide, "editions") in LINK.findall(response.content.decode())

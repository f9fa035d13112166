"""The screens of what wants an editor's eyes: old figures, contradictions, links."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from facts.models import LinkCheck
from tests.factories import GuideFactory, OutlookFactory, SalaryFactory, SourceFactory

pytestmark = pytest.mark.django_db

OLD, CONTRADICTIONS, LINKS, CHECK = (
    reverse(f"admin:facts_{name}") for name in ("old", "contradictions", "links", "check_links")
)


# --- Old figures -------------------------------------------------------------------------------


def test_old_figures_are_listed_by_source(editor_client):
    last, first = SourceFactory(publisher="Zeta"), SourceFactory(publisher="alpha")
    undated, old = SalaryFactory(source=first), OutlookFactory(source=first, year=2000)
    other = SalaryFactory(source=last, year=2010)
    SalaryFactory(source=last, year=timezone.localdate().year)
    page = editor_client.get(OLD)
    assert [row.figure for row in page.context["rows"]] == [old, undated, other]
    assert page.context["rows"][0].address == reverse("admin:facts_outlook_change", args=[old.pk])


def test_old_figures_are_those_of_a_career(editor_client):
    wanted = SalaryFactory(guide=GuideFactory(slug="baker"))
    SalaryFactory()
    page = editor_client.get(OLD, {"career": "baker"})
    assert [row.figure for row in page.context["rows"]] == [wanted]


@pytest.mark.parametrize("screen", [OLD, CONTRADICTIONS])
@pytest.mark.parametrize("career", ["nobody", "\x00", "x" * 5000])
def test_career_that_is_none_is_refused(editor_client, screen, career):
    page = editor_client.get(screen, {"career": career})
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"career"}


@pytest.mark.parametrize("asked", ["0", "x", "999", ""])
def test_page_that_is_none_is_the_first_or_last(editor_client, asked):
    SalaryFactory()
    assert editor_client.get(OLD, {"page": asked}).status_code == 200


def test_old_figures_cost_the_same_whatever_their_number(editor_client, django_assert_num_queries):
    for _ in range(2):
        SalaryFactory(), OutlookFactory()
        with django_assert_num_queries(7):
            editor_client.get(OLD)
        SalaryFactory(), OutlookFactory()


# --- Contradictions ----------------------------------------------------------------------------


@pytest.fixture
def baker():
    return GuideFactory(slug="baker", title="Baker")


def pairs(page):
    return [(pair.lower.words, pair.higher.words) for pair in page.context["pairs"]]


def test_contradictions_are_listed(editor_client, baker):
    (
        SalaryFactory(guide=baker, amount=100),
        SalaryFactory(guide=baker, amount=110),
        SalaryFactory(guide=baker, amount=130),
    )
    page = editor_client.get(CONTRADICTIONS)
    assert pairs(page) == [("$100 a year", "$130 a year")]
    assert "30 percent apart: Baker, United States" in page.content.decode()


def test_editor_types_another_threshold(editor_client, baker):
    SalaryFactory(guide=baker, amount=100), SalaryFactory(guide=baker, amount=110)
    assert pairs(editor_client.get(CONTRADICTIONS)) == []
    assert pairs(editor_client.get(CONTRADICTIONS, {"percent": ""})) == []
    assert pairs(editor_client.get(CONTRADICTIONS, {"percent": "9.5"})) == [("$100 a year", "$110 a year")]
    assert pairs(editor_client.get(CONTRADICTIONS, {"percent": "5", "career": "baker"})) != []


@pytest.mark.parametrize("percent", ["-1", "much", "NaN", "1e9", "1001", "\x00", "٥" * 300])
def test_threshold_that_is_none_is_refused(editor_client, percent):
    page = editor_client.get(CONTRADICTIONS, {"percent": percent})
    assert (page.status_code, page.context["form"].errors.keys()) == (422, {"percent"})


def test_contradictions_cost_the_same_whatever_their_number(editor_client, django_assert_num_queries, baker):
    for first in (1, 10):
        for amount in (100, 200, 300):
            SalaryFactory(guide=baker, amount=amount * first)
        with django_assert_num_queries(6):
            editor_client.get(CONTRADICTIONS)


# --- Links -------------------------------------------------------------------------------------


def checked(source, verdict, **fields):
    now = timezone.now()
    since = None if verdict == "works" else now - timedelta(days=9)
    said = {"url": source.url, "checked_at": now, "failing_since": since}
    return LinkCheck.objects.create(source=source, verdict=verdict, **{**said, **fields})


def test_links_are_listed_dead_ones_first(editor_client):
    works, unclear, dead, new, changed = (
        SourceFactory(publisher=name, url=f"https://{name}.example/") for name in "abcde"
    )
    SourceFactory()
    checked(works, "works")
    checked(unclear, "unclear")
    checked(dead, "dead", status=404, error="There is no such page any more.")
    checked(changed, "dead", url="https://before.example/")
    page = editor_client.get(LINKS)
    assert [(source, check and check.verdict) for source, check in page.context["rows"]] == [
        (dead, "dead"),
        (unclear, "unclear"),
        (works, "works"),
        (new, None),
        (changed, None),
    ]
    assert page.context["dead"] == 1
    assert "There is no such page any more." in page.content.decode()


def test_links_cost_the_same_whatever_their_number(editor_client, django_assert_num_queries):
    for _ in range(2):
        checked(SourceFactory(url="https://a.example/"), "works")
        with django_assert_num_queries(9):
            editor_client.get(LINKS)
        checked(SourceFactory(url="https://a.example/"), "dead")


def test_button_has_links_looked_at_in_the_background(editor_client):
    SourceFactory(url="https://a.example/")
    response = editor_client.post(CHECK, follow=True)
    assert [task.task_path for task in DBTaskResult.objects.all()] == ["facts.tasks.check_links"]
    assert response.context["is_checking"]
    assert "The links will be looked at." in response.content.decode()
    editor_client.post(CHECK)
    assert DBTaskResult.objects.count() == 1


def test_button_is_for_those_who_may_change_figures(newcomer, newcomer_client, editor):
    newcomer.user_permissions.set(editor.groups.get().permissions.filter(codename="view_salary"))
    assert not newcomer_client.get(LINKS).context["may_check"]
    assert newcomer_client.post(CHECK).status_code == 403
    assert DBTaskResult.objects.count() == 0


def test_list_of_sources_leads_to_their_links(editor_client):
    page = editor_client.get(reverse("admin:guides_source_changelist"))
    assert f'<a href="{LINKS}">Links</a>' in page.content.decode()

"""Guides in the studio: every screen, who may open it, and what saving does."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from guides.models import Guide
from tests.factories import (
    GuideFactory,
    PictureFactory,
    SectionFactory,
    SourceFactory,
    StageFactory,
    StepFactory,
    UserFactory,
    guide_with_path,
    published_guide,
    step_of,
)
from tests.guides.studio import fields_of, form_of, of_guide, screen

STEPS = reverse("admin:guides_step_changelist")


# --- Screens -----------------------------------------------------------------------------------


@pytest.fixture
def addresses(guide):
    """The addresses of all screens of guides."""
    edition = guide.editions.get()
    parts = [guide.sections.get(), guide.stages.first(), guide.steps.first()]
    things = [guide, *parts, SourceFactory(), PictureFactory()]
    lists = [reverse(f"admin:guides_{thing._meta.model_name}_changelist") for thing in [*things, edition]]
    adding = [reverse(f"admin:guides_{thing._meta.model_name}_add") for thing in things]
    kinds = ("change", "history", "delete")
    return [
        *lists,
        *adding,
        *(screen(thing, kind) for thing in things for kind in kinds),
        screen(edition),
        of_guide(guide, "outline"),
        of_guide(guide, "publish"),
    ]


def test_screens_are_open_to_an_editor(editor_client, guide, addresses):
    statuses = {address: editor_client.get(address).status_code for address in addresses}
    closed = {address for address, status in statuses.items() if status != 200}
    assert closed == {screen(guide, "delete"), of_guide(guide, "publish")}  # these are for publishers


def test_screens_are_open_to_a_publisher(publisher_client, addresses):
    assert {publisher_client.get(address).status_code for address in addresses} == {200}


def test_screens_lead_a_visitor_to_the_log_in(visitor, addresses):
    found = {visitor.get(address)["Location"] for address in addresses}
    assert found == {f"{reverse('admin:login')}?next={address}" for address in addresses}


def test_screens_lead_a_learner_away(learner_client, addresses):
    assert {learner_client.get(address).status_code for address in addresses} == {302}


def test_screens_are_closed_to_staff_without_permission(visitor, addresses):
    visitor.force_login(UserFactory(is_staff=True))
    statuses = {address: visitor.get(address).status_code for address in addresses}
    assert set(statuses.values()) == {403}


@pytest.mark.parametrize("steps", [1, 60])
def test_step_list_costs_the_same_for_one_step_and_for_sixty(editor_client, steps, django_assert_num_queries):
    stage = StageFactory()
    StepFactory.create_batch(steps, stage=stage)
    with django_assert_num_queries(9):  # two of them for what an editor may do
        response = editor_client.get(STEPS, {"guide__id__exact": stage.guide_id, "retired": "no"})
    assert len(response.context["cl"].result_list) == steps


@pytest.mark.parametrize("guides", [1, 3])
def test_guide_list_costs_the_same_for_one_guide_and_for_three(
    editor_client, guides, django_assert_num_queries
):
    for _ in range(guides):
        published_guide()
    with django_assert_num_queries(7):
        editor_client.get(reverse("admin:guides_guide_changelist"))


@pytest.mark.parametrize("guides", [1, 3])
def test_edition_list_costs_the_same_for_one_edition_and_for_three(
    editor_client, guides, django_assert_num_queries
):
    for _ in range(guides):
        published_guide()
    with django_assert_num_queries(8):
        editor_client.get(reverse("admin:guides_edition_changelist"))


def test_guide_list_says_which_edition_the_public_reads(editor_client, guide):
    hidden = published_guide(slug="hidden")
    Guide.objects.filter(pk=hidden.pk).update(unpublished_at=timezone.now())
    guide_with_path()
    content = editor_client.get(reverse("admin:guides_guide_changelist")).content.decode()
    words = ("edition 1", "edition 1, hidden", "nothing yet")
    assert [content.count(f'"field-edition">{word}<') for word in words] == [1, 1, 1]


def test_guide_list_writes_dates_with_the_day_first(editor_client, guide):
    Guide.objects.update(changed_at=datetime(2026, 11, 3, 14, 5, tzinfo=UTC))
    content = editor_client.get(reverse("admin:guides_guide_changelist")).content.decode()
    assert content.count("3 November 2026, 14:05") == 1


def test_guide_list_leads_to_the_screens_that_one_may_open(editor_client, publisher_client, guide):
    ways = [of_guide(guide, "outline"), of_guide(guide, "publish")]
    lists = [
        client.get(reverse("admin:guides_guide_changelist")).content.decode()
        for client in (editor_client, publisher_client)
    ]
    assert [[f'href="{way}"' in content for way in ways] for content in lists] == [
        [True, False],
        [True, True],
    ]


def test_retired_steps_are_listed_apart(editor_client, guide):
    step_of(guide, "Read").retire()
    found = {
        choice: [step.title for step in editor_client.get(STEPS, {"retired": choice}).context["cl"].queryset]
        for choice in ("no", "yes")
    }
    assert found == {"no": ["Try", "Watch", "Build"], "yes": ["Read"]}


# --- Changes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["section", "stage", "step"])
def test_saving_a_part_raises_the_version_and_names_who_did(editor_client, editor, guide, part):
    thing = getattr(guide, f"{part}s").first()
    fields = fields_of(editor_client.get(screen(thing)))
    assert editor_client.post(screen(thing), {**fields, "title": "Renamed"}).status_code == 302
    thing.refresh_from_db()
    after = Guide.objects.get(pk=guide.pk)
    assert (thing.title, after.version, after.changed_by) == ("Renamed", guide.version + 1, editor)


def test_saving_a_guide_raises_the_version(editor_client, editor, guide):
    fields = fields_of(editor_client.get(screen(guide)))
    editor_client.post(screen(guide), {**fields, "title": "Renamed"})
    after = Guide.objects.get(pk=guide.pk)
    assert (after.title, after.version, after.changed_by) == ("Renamed", guide.version + 1, editor)


def test_saving_changes_nothing_that_the_public_reads(editor_client, visitor, guide):
    fields = fields_of(editor_client.get(screen(guide)))
    editor_client.post(screen(guide), {**fields, "title": "Renamed"})
    assert "Renamed" not in visitor.get(reverse("guide", args=[guide.slug])).content.decode()


def test_stage_of_another_guide_is_refused(editor_client, guide):
    step = step_of(guide, "Read")
    fields = {**fields_of(editor_client.get(screen(step))), "stage": StageFactory().pk}
    response = editor_client.post(screen(step), fields)
    assert form_of(response).errors == {
        "stage": ["Select a valid choice. That choice is not one of the available choices."]
    }


def test_slug_of_another_step_is_refused(editor_client, guide):
    step = step_of(guide, "Read")
    fields = {**fields_of(editor_client.get(screen(step))), "slug": "try"}
    response = editor_client.post(screen(step), fields)
    errors = response.context["adminform"].form.errors
    assert errors == {"slug": ["Another step of this guide has this slug."]}


def test_reserved_slug_is_refused(editor_client, guide):
    fields = {**fields_of(editor_client.get(screen(guide))), "slug": "compare"}
    response = editor_client.post(screen(guide), fields)
    assert response.context["adminform"].form.non_field_errors() == [
        "These slugs are taken by pages of the site: compare, facets, match."
    ]


@pytest.mark.parametrize("part", ["section", "stage", "step"])
def test_part_stays_with_its_guide(editor_client, guide, part):
    thing = getattr(guide, f"{part}s").first()
    fields = {**fields_of(editor_client.get(screen(thing))), "guide": GuideFactory().pk}
    editor_client.post(screen(thing), fields)
    thing.refresh_from_db()
    assert thing.guide == guide


def test_section_is_given_the_steps_that_it_explains(editor_client, guide):
    section = guide.sections.get()
    fields = {**fields_of(editor_client.get(screen(section))), "steps": [step_of(guide, "Read").pk]}
    editor_client.post(screen(section), fields)
    assert [step.title for step in section.steps.all()] == ["Read"]
    assert Guide.objects.get(pk=guide.pk).version == guide.version + 1


def test_section_explains_steps_of_its_own_guide_alone(editor_client, guide):
    foreign = step_of(published_guide(slug="other", title="Other"), "Read")
    section = guide.sections.get()
    answer = editor_client.post(
        f"/admin/guides/section/{section.pk}/change/",
        {"title": "T", "slug": "t", "position": 0, "kind": "work", "body": "B", "steps": [foreign.pk]},
    )
    assert "Only steps of this guide can be named here, not “Read”." in answer.content.decode()


@pytest.mark.parametrize("kind", ["section", "stage"])
def test_slug_that_is_taken_is_told_where_it_is_typed(editor_client, guide, kind):
    make = {"section": SectionFactory, "stage": StageFactory}[kind]
    one, other = make(guide=guide), make(guide=guide)
    address = f"/admin/guides/{kind}/{one.pk}/change/"
    typed = {"title": "T", "slug": other.slug, "position": 0, "kind": "work", "body": "", "summary": ""}
    answer = editor_client.post(address, typed)
    assert f"Another {kind} of this guide has this slug." in answer.content.decode()

"""Guides in the studio: every screen, publishing, retiring, and what may not be deleted."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from guides.models import Guide, Section, Step
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

STEPS = reverse("admin:guides_step_changelist")


def screen(thing, kind="change"):
    return reverse(f"admin:guides_{thing._meta.model_name}_{kind}", args=[thing.pk])


def publish_page(guide):
    return reverse("admin:guides_guide_publish", args=[guide.pk])


def said(response):
    """Return the messages of the page that an answer leads to."""
    return [str(message) for message in response.context["messages"]]


def logged(thing):
    """Return what the studio's log says of `thing`, the latest first."""
    return [entry.get_change_message() for entry in LogEntry.objects.filter(object_id=str(thing.pk))]


def fields_of(response):
    """Return what the form of a page would send, unchanged."""
    form = response.context["adminform"].form
    values = {bound.html_name: bound.value() for bound in form}
    return {name: "" if value is None else value for name, value in values.items() if value is not False}


def act(client, action, *steps):
    form = {"action": action, "_selected_action": [step.pk for step in steps]}
    return client.post(STEPS, form, follow=True)


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
        publish_page(guide),
    ]


def test_screens_are_open_to_an_editor(editor_client, guide, addresses):
    statuses = {address: editor_client.get(address).status_code for address in addresses}
    closed = {address for address, status in statuses.items() if status != 200}
    held = [guide, guide.steps.first()]  # what was published is never deleted
    assert closed == {screen(thing, "delete") for thing in held}


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
    with django_assert_num_queries(7):
        response = editor_client.get(STEPS, {"guide__id__exact": stage.guide_id, "retired": "no"})
    assert len(response.context["cl"].result_list) == steps


@pytest.mark.parametrize("guides", [1, 3])
def test_guide_list_costs_the_same_for_one_guide_and_for_three(
    editor_client, guides, django_assert_num_queries
):
    for _ in range(guides):
        published_guide()
    with django_assert_num_queries(5):
        editor_client.get(reverse("admin:guides_guide_changelist"))


@pytest.mark.parametrize("guides", [1, 3])
def test_edition_list_costs_the_same_for_one_edition_and_for_three(
    editor_client, guides, django_assert_num_queries
):
    for _ in range(guides):
        published_guide()
    with django_assert_num_queries(6):
        editor_client.get(reverse("admin:guides_edition_changelist"))


def test_guide_list_says_which_edition_the_public_reads(editor_client, guide):
    hidden = published_guide()
    Guide.objects.filter(pk=hidden.pk).update(unpublished_at=hidden.changed_at)
    guide_with_path()
    content = editor_client.get(reverse("admin:guides_guide_changelist")).content.decode()
    assert [content.count(f'"field-edition">{word}<') for word in ("1", "1, hidden", "never published")] == [
        1,
        1,
        1,
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


def test_order_is_changed_in_the_list(editor_client, guide):
    step = step_of(guide, "Read")
    row = {"form-0-id": step.pk, "form-0-position": 5000}
    management = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1}
    address = f"{STEPS}?q=read"
    editor_client.post(address, {**management, **row, "_save": "Save"})
    step.refresh_from_db()
    assert step.position == 5000
    assert Guide.objects.get(pk=guide.pk).version == guide.version + 1


def test_stage_of_another_guide_is_refused(editor_client, guide):
    step = step_of(guide, "Read")
    fields = {**fields_of(editor_client.get(screen(step))), "stage": StageFactory().pk}
    response = editor_client.post(screen(step), fields)
    errors = response.context["adminform"].form.errors
    assert errors == {"stage": ["This stage belongs to another guide."]}


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


# --- Deleting ----------------------------------------------------------------------------------


def test_published_step_is_not_deleted(editor_client, guide):
    step = step_of(guide, "Read")
    assert editor_client.post(screen(step, "delete"), {"post": "yes"}).status_code == 403
    assert Step.objects.filter(pk=step.pk).exists()


def test_published_steps_are_not_deleted_together(editor_client, guide):
    steps = list(guide.steps.all())
    form = {"action": "delete_selected", "_selected_action": [step.pk for step in steps], "post": "yes"}
    content = editor_client.post(STEPS, form).content.decode()
    assert "Read: it was published, so retire it instead" in content
    assert guide.steps.count() == 4


@pytest.mark.parametrize(("button", "is_live"), [("_retire", False), ("_put_back", True)])
def test_step_is_retired_and_put_back_on_its_own_screen(editor_client, guide, button, is_live):
    step = step_of(guide, "Read")
    if is_live:
        step.retire()
    fields = fields_of(editor_client.get(screen(step)))
    editor_client.post(screen(step), {**fields, button: "yes"})
    step.refresh_from_db()
    assert (step.retired_at is None) == is_live


def test_step_that_was_never_published_is_deleted(editor_client, guide):
    step = StepFactory(stage=guide.stages.first())
    editor_client.post(screen(step, "delete"), {"post": "yes"})
    assert not Step.objects.filter(pk=step.pk).exists()
    assert Guide.objects.get(pk=guide.pk).version == guide.version + 1


def test_sections_are_deleted_together(editor_client, editor, guide):
    SectionFactory(guide=guide)
    form = {"action": "delete_selected", "_selected_action": [part.pk for part in guide.sections.all()]}
    editor_client.post(reverse("admin:guides_section_changelist"), {**form, "post": "yes"})
    after = Guide.objects.get(pk=guide.pk)
    assert (Section.objects.count(), after.version, after.changed_by) == (0, guide.version + 1, editor)


def test_published_guide_is_not_deleted(editor_client, guide):
    editor_client.post(screen(guide, "delete"), {"post": "yes"})
    assert Guide.objects.filter(pk=guide.pk).exists()


def test_edition_is_neither_changed_nor_deleted(editor_client, guide):
    edition = guide.editions.get()
    statuses = [
        editor_client.post(screen(edition), {"title": "x"}).status_code,
        editor_client.post(screen(edition, "delete"), {"post": "yes"}).status_code,
        editor_client.get(reverse("admin:guides_edition_add")).status_code,
    ]
    assert statuses == [403, 403, 403]


# --- Retiring ----------------------------------------------------------------------------------


def test_steps_are_retired_together(editor_client, editor, guide):
    read, build = step_of(guide, "Read"), step_of(guide, "Build")
    response = act(editor_client, "retire", read, build)
    assert said(response) == ["Retired: 2. The public sees it at the next edition."]
    assert set(guide.steps.live().values_list("title", flat=True)) == {"Try", "Watch"}
    assert (logged(read), logged(build)) == (["Retired."], ["Retired."])
    assert Guide.objects.get(pk=guide.pk).changed_by == editor


def test_retired_step_keeps_its_day(editor_client, guide):
    step = step_of(guide, "Read")
    step.retire()
    assert said(act(editor_client, "retire", step)) == ["Retired: 0. The public sees it at the next edition."]
    assert step_of(guide, "Read").retired_at == step.retired_at


def test_step_is_put_back(editor_client, guide):
    step = step_of(guide, "Read")
    step.retire()
    response = act(editor_client, "put_back", step)
    assert said(response) == ["Read is on the path again at the next edition."]
    assert step_of(guide, "Read").retired_at is None
    assert logged(step) == ["Put back on the path."]


def test_step_whose_slug_was_taken_is_not_put_back(editor_client, guide):
    step = step_of(guide, "Read")
    step.retire()
    StepFactory(stage=step.stage, title="Read again", slug="read")
    response = act(editor_client, "put_back", step)
    assert said(response) == ["Read: Another step of this guide has this slug."]
    assert step_of(guide, "Read").retired_at == step.retired_at


# --- Publishing --------------------------------------------------------------------------------


def test_publish_page_says_what_the_public_reads(editor_client, guide):
    context = editor_client.get(publish_page(guide)).context
    assert (context["newest"].number, context["is_changed"], context["findings"]) == (1, False, [])


def test_publish_page_without_a_change_has_no_button(editor_client, guide):
    content = editor_client.get(publish_page(guide)).content.decode()
    assert "Nothing has changed since. There is nothing to publish." in content
    assert 'value="Publish"' not in content


def test_publish_page_of_a_changed_guide_has_a_button(editor_client, guide):
    guide.steps.filter(title="Read").update(title="Read more")
    assert 'value="Publish"' in editor_client.get(publish_page(guide)).content.decode()


def test_publish_page_of_a_hidden_guide_has_a_button(editor_client, guide):
    Guide.objects.filter(pk=guide.pk).update(unpublished_at=guide.changed_at)
    content = editor_client.get(publish_page(guide)).content.decode()
    assert "It is hidden; publishing shows the guide again." in content
    editor_client.post(publish_page(guide))
    assert Guide.objects.get(pk=guide.pk).unpublished_at is None


def test_publish_page_links_each_finding_to_where_it_is_mended(editor_client):
    guide = guide_with_path()
    empty = StageFactory(guide=guide, title="Empty")
    section = SectionFactory(guide=guide, title="Pay", body="So much [@nobody].")
    step = StepFactory(stage=guide.stages.first(), title="Choose", choice="Way", route="Only")
    findings = dict(editor_client.get(publish_page(guide)).context["findings"])
    assert {finding.message[:14]: link for finding, link in findings.items()} == {
        "The stage “Emp": screen(empty),
        "The choice “Wa": screen(step),
        "“Pay” cites [@": screen(section),
    }


def test_publish_page_links_each_dead_end_to_where_it_is_mended(editor_client):
    guide = guide_with_path()
    section = SectionFactory(guide=guide, title="Pay", body="![](picture:oven)")
    guide.steps.filter(title="Read").update(body="[x](#nowhere)")
    findings = editor_client.get(publish_page(guide)).context["findings"]
    assert {finding.message: link for finding, link in findings} == {
        "“Pay” shows picture:oven, which is no picture. Add it, or mend the slug.": screen(section),
        f"“Read” links to /guides/{guide.slug}/#nowhere, which is not there.": screen(step_of(guide, "Read")),
    }


def test_publish_page_advises_beside_the_button(editor_client):
    guide = guide_with_path()
    section = SectionFactory(guide=guide, title="Pay", body="It pays $5.")
    response = editor_client.get(publish_page(guide))
    ((finding, link),) = response.context["advice"]
    assert (finding.message, link) == ("In “Pay” no source stands beside: It pays $5.", screen(section))
    content = response.content.decode()
    assert ('value="Publish"' in content, "Before readers ask" in content) == (True, True)


def test_publish_page_without_advice_gives_none(editor_client, guide):
    assert "Before readers ask" not in editor_client.get(publish_page(guide)).content.decode()


def test_publish_page_names_a_guide_that_has_the_address(editor_client, guide):
    Guide.objects.filter(pk=guide.pk).update(slug="moved")
    other = guide_with_path(slug="data-baker")
    [(finding, link)] = editor_client.get(publish_page(other)).context["findings"]
    assert (finding.message, link) == (
        "The public still reads “Data baker” at the address “data-baker”. "
        "Publish that guide at its new one first, or change the slug of this guide.",
        "",
    )


def test_publishing_makes_an_edition_with_its_author_and_note(editor_client, editor):
    guide = guide_with_path(title="Beekeeper")
    response = editor_client.post(publish_page(guide), {"note": "The first"}, follow=True)
    edition = guide.editions.get()
    assert (edition.number, edition.author, edition.note) == (1, editor, "The first")
    assert said(response) == ['Edition 1 is live: <a href="/guides/beekeeper/">see it</a>.']
    assert logged(guide) == ["Published edition 1."]


def test_publishing_is_refused_with_the_findings(editor_client):
    guide = GuideFactory()
    StageFactory(guide=guide, title="Empty")
    response = editor_client.post(publish_page(guide), follow=True)
    assert said(response) == [
        "The stage “Empty” has no step. Add one, or take the stage away.",
        "The path asks for nothing. Add a step that is not optional.",
    ]
    assert (guide.editions.count(), logged(guide)) == (0, [])


def test_publishing_cuts_a_note_that_is_too_long(editor_client):
    guide = guide_with_path()
    editor_client.post(publish_page(guide), {"note": "x" * 500})
    assert guide.editions.get().note == "x" * 300


def test_publishing_is_refused_to_those_who_may_not(visitor, guide):
    visitor.force_login(UserFactory(is_staff=True))
    guide.steps.filter(title="Read").update(title="Read more")
    assert visitor.post(publish_page(guide)).status_code == 403
    assert guide.editions.count() == 1


def test_publish_page_of_no_guide_is_not_found(editor_client):
    address = reverse("admin:guides_guide_publish", args=["00000000-0000-4000-8000-000000000000"])
    assert editor_client.get(address).status_code == 404


def test_fields_of_a_list_have_names(editor_client, guide):
    html = editor_client.get("/admin/guides/step/").content.decode()
    assert html.count('aria-label="Position"') == guide.steps.count()


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

"""Deleting in the studio: what was published stays, and the page says what to do instead."""

import pytest
from django.urls import reverse

from guides.models import Credit, Guide, Picture, Section, Source, Stage, Step
from tests.factories import (
    PictureFactory,
    SectionFactory,
    SourceFactory,
    StageFactory,
    StepFactory,
    guide_with_path,
    step_of,
)
from tests.guides.studio import of_guide, screen

STEPS = reverse("admin:guides_step_changelist")


def reasons(response):
    """Return why nothing was deleted."""
    return [str(reason) for reason in response.context["protected"]]


def delete(client, thing):
    return client.post(screen(thing, "delete"), {"post": "yes"})


def delete_together(client, *things):
    """Take the action of the list that deletes `things`, and confirm it."""
    form = {"action": "delete_selected", "_selected_action": [thing.pk for thing in things], "post": "yes"}
    return client.post(reverse(f"admin:guides_{things[0]._meta.model_name}_changelist"), form)


def test_published_step_is_not_deleted(publisher_client, guide):
    step = step_of(guide, "Read")
    answer = publisher_client.post(screen(step, "delete"), {"post": "yes"})
    retiring = f"{of_guide(guide, 'retire')}?step={step.pk}"
    assert reasons(answer) == [
        f'Read: it was published, so retire it instead. <a href="{retiring}">Retire…</a>'
    ]
    assert Step.objects.filter(pk=step.pk).exists()


def test_published_steps_are_not_deleted_together(editor_client, guide):
    steps = list(guide.steps.all())
    form = {"action": "delete_selected", "_selected_action": [step.pk for step in steps], "post": "yes"}
    content = editor_client.post(STEPS, form).content.decode()
    assert "Read: it was published, so retire it instead" in content
    assert guide.steps.count() == 4


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


def test_published_guide_is_not_deleted(publisher_client, guide):
    answer = publisher_client.post(screen(guide, "delete"), {"post": "yes"})
    way = f'<a href="{of_guide(guide, "publish")}">Publishing</a>'
    assert reasons(answer) == [f"Data baker: it was published, so unpublish it instead. {way}"]
    assert Guide.objects.filter(pk=guide.pk).exists()


def test_edition_is_neither_changed_nor_deleted(editor_client, guide):
    edition = guide.editions.get()
    statuses = [
        editor_client.post(screen(edition), {"title": "x"}).status_code,
        editor_client.post(screen(edition, "delete"), {"post": "yes"}).status_code,
        editor_client.get(reverse("admin:guides_edition_add")).status_code,
    ]
    assert statuses == [403, 403, 403]


# --- Stages, sources, pictures, guides ---------------------------------------------------------


def test_stage_with_steps_is_not_deleted(editor_client, guide):
    stage = guide.stages.get(title="Learn")
    why = "Learn: it has 3 steps. Move or retire what is in it first."
    assert reasons(delete(editor_client, stage)) == [why]
    assert reasons(delete_together(editor_client, stage, StageFactory(guide=guide))) == [why]
    assert guide.stages.count() == 3


@pytest.mark.parametrize("how", [delete, delete_together])
def test_retired_steps_do_not_keep_an_empty_stage(editor_client, guide, how):
    stage, build = guide.stages.get(title="Work"), step_of(guide, "Build")
    build.retire()
    how(editor_client, stage)
    build.refresh_from_db()
    after = Guide.objects.get(pk=guide.pk)
    assert (Stage.objects.filter(pk=stage.pk).exists(), build.stage) == (False, None)
    assert after.version == guide.version + 1


def test_step_that_counts_for_another_is_not_deleted(publisher_client, guide):
    step = StepFactory(stage=guide.stages.first(), title="New")
    Credit.objects.record(old=[step_of(guide, "Read")], new=[step])
    [why] = reasons(delete(publisher_client, step))
    assert why.startswith("New: other steps count for it, so retire it instead.")


def test_editor_is_not_led_to_a_screen_that_is_closed(editor_client, guide):
    [why] = reasons(delete(editor_client, step_of(guide, "Read")))
    assert why == "Read: it was published, so retire it instead."


def test_page_of_a_published_step_offers_no_deletion(publisher_client, guide):
    new = StepFactory(stage=guide.stages.first())
    pages = [publisher_client.get(screen(step)).text for step in (step_of(guide, "Read"), new)]
    assert ["deletelink" in page for page in pages] == [False, True]


def test_published_guides_are_not_deleted_together(publisher_client, guide):
    other = guide_with_path()
    assert len(reasons(delete_together(publisher_client, guide, other))) == 1
    assert Guide.objects.count() == 2


def test_guide_that_was_never_published_is_deleted(publisher_client, db):
    delete(publisher_client, guide_with_path())
    assert (Guide.objects.count(), Step.objects.count(), Section.objects.count()) == (0, 0, 0)


def test_source_that_a_text_cites_is_not_deleted(editor_client):
    source = SourceFactory(key="union")
    section = SectionFactory(title="Pay", body="Much [@union].")
    StepFactory(stage=StageFactory(guide=section.guide), title="Ask", sources=[source])
    StepFactory(stage=StageFactory(guide=section.guide), title="Other", body="Of [@union-two].")
    assert reasons(delete(editor_client, source)) == [
        "Pay: it cites [@union], so take it out there first",
        "Ask: it names union as a source, so take it out there first",
    ]
    assert Source.objects.count() == 1


def test_source_that_an_edition_cites_is_not_deleted(editor_client):
    source = SourceFactory(key="union")
    guide = published_guide_with("Much [@union].")
    guide.sections.update(body="Nothing.")
    why = "Data baker, edition 1: it cites [@union], and what was published stays"
    assert reasons(delete(editor_client, source)) == [why]
    assert reasons(delete_together(editor_client, source)) == [why]


def test_picture_that_an_edition_shows_is_not_deleted(editor_client):
    picture = PictureFactory(slug="oven")
    guide = published_guide_with("![](picture:oven)")
    guide.sections.update(body="Nothing.")
    assert reasons(delete(editor_client, picture)) == [
        "Data baker, edition 1: it shows oven, and what was published stays"
    ]
    assert Picture.objects.count() == 1


def test_source_that_nothing_names_is_deleted(editor_client, guide):
    source = SourceFactory()
    delete(editor_client, source)
    assert not Source.objects.filter(pk=source.pk).exists()


def published_guide_with(body):
    """Return a published guide with a section of this text."""
    guide = guide_with_path(title="Data baker")
    guide.sections.update(body=body)
    guide.publish(by=None)
    return guide

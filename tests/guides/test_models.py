"""What the database and the forms do not let into a guide, and the little that its models do."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from guides.models import Credit, CreditStep, Guide, Step
from portal.slugs import RESERVED
from tests.factories import (
    CertificationFactory,
    CourseFactory,
    GuideFactory,
    ProviderFactory,
    SectionFactory,
    SkillFactory,
    SourceFactory,
    StageFactory,
    StepFactory,
    guide_with_path,
    step_of,
)


def assert_refused(constraint, make):
    """See that the database, by this constraint, refuses what `make` stores."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make()
    assert constraint in str(refused.value) or str(refused.value).startswith("UNIQUE constraint failed")


@pytest.fixture
def draft(db):
    return guide_with_path()


@pytest.fixture
def stage(draft):
    return draft.stages.first()


# --- Slugs -------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", RESERVED)
@pytest.mark.parametrize(
    ("factory", "constraint"),
    [
        (GuideFactory, "guide_slug_is_free"),
        (SkillFactory, "skill_slug_is_free"),
        (ProviderFactory, "provider_slug_is_free"),
        (CourseFactory, "course_slug_is_free"),
        (CertificationFactory, "certification_slug_is_free"),
    ],
)
def test_a_reserved_slug_is_refused(db, factory, constraint, slug):
    assert_refused(constraint, lambda: factory(slug=slug))


def test_a_reserved_slug_is_told_in_the_form(db):
    with pytest.raises(ValidationError, match="These slugs are taken by pages of the site"):
        GuideFactory.build(slug="match").full_clean()


def test_a_slug_of_two_guides_is_refused(draft):
    assert_refused("guides_guide_slug", lambda: GuideFactory(slug=draft.slug))


def test_a_slug_of_two_sections_is_refused(draft):
    assert_refused("section_slug_once_a_guide", lambda: SectionFactory(guide=draft, slug="overview"))


def test_a_slug_of_two_stages_is_refused(draft):
    assert_refused("stage_slug_once_a_guide", lambda: StageFactory(guide=draft, slug="learn"))


def test_a_slug_of_two_steps_is_refused_across_stages(draft):
    assert_refused("step_slug_once_a_guide", lambda: StepFactory(stage=draft.stages.last(), slug="read"))


def test_a_slug_of_two_steps_is_told_in_the_form(stage):
    with pytest.raises(ValidationError, match=r"Another step of this guide has this slug\."):
        StepFactory.build(stage=stage, guide=stage.guide, slug="read").full_clean()


def test_a_key_of_two_sources_is_refused(db):
    SourceFactory(key="bls")
    assert_refused("guides_source_key", lambda: SourceFactory(key="bls"))


def test_guides_may_use_the_same_slugs_within(draft):
    other = guide_with_path()
    assert step_of(other, "Read").slug == step_of(draft, "Read").slug


def test_the_slug_of_a_retired_step_is_free(stage):
    step_of(stage.guide, "Read").retire()
    assert StepFactory(stage=stage, slug="read").slug == "read"


def test_two_retired_steps_may_share_a_slug(stage):
    step_of(stage.guide, "Read").retire()
    StepFactory(stage=stage, slug="read").retire()
    assert Step.objects.filter(slug="read").count() == 2


def test_a_retired_step_does_not_come_back_under_a_slug_that_is_taken(stage):
    step = step_of(stage.guide, "Read")
    step.retire()
    StepFactory(stage=stage, slug="read")
    assert_refused("step_slug_once_a_guide", lambda: Step.objects.filter(pk=step.pk).update(retired_at=None))


# --- Steps -------------------------------------------------------------------------------------


@pytest.mark.parametrize("fields", [{"route": "Degree"}, {"choice": "Ground"}])
def test_a_route_and_a_choice_go_together(stage, fields):
    assert_refused("step_route_with_choice", lambda: StepFactory(stage=stage, **fields))


def test_a_step_of_a_choice_is_not_optional(stage):
    assert_refused(
        "step_choice_not_optional",
        lambda: StepFactory(stage=stage, choice="Ground", route="Degree", optional=True),
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"route": "Degree"}, "A choice needs a route, and a route needs its choice."),
        ({"choice": "C", "route": "R", "optional": True}, "A step of a choice cannot be optional."),
    ],
)
def test_a_wrong_choice_is_told_in_the_form(stage, fields, message):
    step = StepFactory.build(stage=stage, guide=stage.guide, **fields)
    with pytest.raises(ValidationError) as refused:
        step.full_clean()
    assert refused.value.messages == [message]


def test_a_step_of_the_path_needs_a_stage(draft):
    assert_refused("step_has_a_stage", lambda: StepFactory(stage=None, guide=draft))


def test_a_retired_step_needs_no_stage(draft):
    assert StepFactory(stage=None, guide=draft, retired_at=timezone.now()).stage is None


def test_a_stage_of_another_guide_is_refused(draft):
    step = StepFactory.build(stage=StageFactory(), guide=draft)
    with pytest.raises(ValidationError) as refused:
        step.full_clean()
    assert refused.value.message_dict == {"stage": ["This stage belongs to another guide."]}


def test_retire_takes_a_step_off_the_path(draft):
    step_of(draft, "Read").retire()
    assert [step.title for step in draft.steps.live()] == ["Try", "Watch", "Build"]


def test_retire_writes_no_other_column(draft):
    step = step_of(draft, "Read")
    Step.objects.filter(pk=step.pk).update(title="Renamed meanwhile")
    step.retire()
    assert Step.objects.get(pk=step.pk).title == "Renamed meanwhile"


@pytest.mark.parametrize("codes", ["", "15-1221", "15-1221, 15-2051", "15-1221,15-2051"])
def test_occupation_codes_of_the_form(db, codes):
    GuideFactory.build(occupation_codes=codes).full_clean()


@pytest.mark.parametrize("codes", ["15", "15-1221,", "15-1221 15-2051", "a5-1221", "15-1221\n"])
def test_other_occupation_codes_are_told_in_the_form(db, codes):
    with pytest.raises(ValidationError, match="Write codes like 15-1221"):
        GuideFactory.build(occupation_codes=codes).clean_fields()


# --- The version -------------------------------------------------------------------------------


def test_touch_raises_the_version_and_notes_who_did_it(draft, editor):
    draft.touch(by=editor)
    found = Guide.objects.get(pk=draft.pk)
    assert (found.version, found.changed_by) == (2, editor)
    assert found.changed_at > draft.changed_at


def test_touch_by_two_who_read_the_same_version_raises_it_twice(draft, editor, publisher):
    first, second = Guide.objects.get(pk=draft.pk), Guide.objects.get(pk=draft.pk)
    first.touch(by=editor)
    second.touch(by=publisher)
    assert Guide.objects.get(pk=draft.pk).version == 3


def test_touch_of_one_guide_leaves_another_alone(draft):
    other = GuideFactory()
    draft.touch(by=None)
    assert Guide.objects.get(pk=other.pk).version == 1


# --- Credit ------------------------------------------------------------------------------------


def test_credit_records_both_sides(draft, editor):
    read, attempt, build = (step_of(draft, title) for title in ("Read", "Try", "Build"))
    credit = Credit.objects.record(old=[read], new=[attempt, build], by=editor)
    assert set(credit.steps.values_list("step", "side")) == {
        (read.pk, "old"),
        (attempt.pk, "new"),
        (build.pk, "new"),
    }
    assert credit.recorded_by == editor


def test_credit_takes_a_step_that_is_named_twice_once(draft):
    read, build = step_of(draft, "Read"), step_of(draft, "Build")
    assert Credit.objects.record(old=[read, read], new=[build]).steps.count() == 2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ([], ["Read"], "Credit needs a step on each side."),
        (["Read"], [], "Credit needs a step on each side."),
        ([], [], "Credit needs a step on each side."),
        (["Read"], ["Read"], "A step cannot count for itself."),
        (["Read", "Try"], ["Build", "Try"], "A step cannot count for itself."),
    ],
)
def test_credit_refuses_sides_that_make_no_sense(draft, old, new, message):
    sides = [[step_of(draft, title) for title in side] for side in (old, new)]
    with pytest.raises(ValidationError) as refused:
        Credit.objects.record(old=sides[0], new=sides[1])
    assert refused.value.messages == [message]
    assert (Credit.objects.count(), CreditStep.objects.count()) == (0, 0)

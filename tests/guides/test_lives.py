"""The lives of steps: retiring, putting back, what takes their place, and what is the same elsewhere."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from guides.editing import Outdated
from guides.lives import Part, drop, free_slug, put_back, retire, same_as, succeed
from guides.models import Credit, CreditStep, Guide, Step
from tests.factories import (
    CourseFactory,
    SectionFactory,
    SkillFactory,
    StageFactory,
    StepFactory,
    guide_with_path,
    published_guide,
    step_of,
)


def version_of(guide):
    return Guide.objects.values_list("version", flat=True).get(pk=guide.pk)


def path_of(guide):
    """Return the titles of the path of the working copy, in its order."""
    steps = guide.steps.live().order_by("stage__position", "position", "slug")
    return list(steps.values_list("title", flat=True))


def split(guide, title, *parts):
    return succeed(guide, [step_of(guide, title)], [Part(part) for part in parts], by=None)


def merge(guide, titles, part):
    return succeed(guide, [step_of(guide, title) for title in titles], [Part(part)], by=None)


# --- Retiring and coming back ------------------------------------------------------------------


def test_retire_takes_steps_off_the_path(guide, publisher):
    retire(guide, [step_of(guide, "Read"), step_of(guide, "Try")], by=publisher)
    assert path_of(guide) == ["Watch", "Build"]


def test_retire_raises_the_version_once(guide, publisher):
    retire(guide, [step_of(guide, "Read"), step_of(guide, "Try")], by=publisher)
    found = Guide.objects.get(pk=guide.pk)
    assert (found.version, found.changed_by) == (guide.version + 1, publisher)


def test_retire_of_a_retired_step_changes_nothing(guide):
    step = step_of(guide, "Read")
    retire(guide, [step], by=None)
    with pytest.raises(ValidationError, match="no longer on the path"):
        retire(guide, [step, step_of(guide, "Try")], by=None)
    assert path_of(guide) == ["Try", "Watch", "Build"]


def test_retire_of_another_guides_step_is_refused(guide):
    foreign = StepFactory()
    with pytest.raises(ValidationError, match="no longer on the path"):
        retire(guide, [foreign], by=None)
    assert Step.objects.live().filter(pk=foreign.pk).exists()


def test_an_older_version_is_refused_and_nothing_changes(guide, publisher):
    retire(guide, [step_of(guide, "Read")], by=publisher, version=guide.version)
    with pytest.raises(Outdated, match=f"changed by {publisher}"):
        retire(guide, [step_of(guide, "Try")], by=None, version=guide.version)
    assert path_of(guide) == ["Try", "Watch", "Build"]


def test_put_back_ends_the_stage(guide):
    step = step_of(guide, "Read")
    retire(guide, [step], by=None)
    put_back(guide, step, by=None)
    assert path_of(guide) == ["Try", "Watch", "Read", "Build"]


def test_put_back_of_a_step_without_a_stage_goes_into_the_last_one(guide):
    step = step_of(guide, "Read")
    retire(guide, [step], by=None)
    Step.objects.filter(pk=step.pk).update(stage=None)
    put_back(guide, step, by=None)
    assert path_of(guide) == ["Try", "Watch", "Build", "Read"]


def test_put_back_where_the_slug_is_taken_is_refused(guide):
    step = step_of(guide, "Read")
    retire(guide, [step], by=None)
    StepFactory(stage=guide.stages.first(), title="Read")
    with pytest.raises(ValidationError, match="has this slug"):
        put_back(guide, step, by=None)
    assert Step.objects.get(pk=step.pk).retired_at is not None


# --- Taking the place of others ----------------------------------------------------------------


def test_split_puts_the_parts_where_the_step_stood(guide):
    split(guide, "Try", "Try a little", "Try more")
    assert path_of(guide) == ["Read", "Try a little", "Try more", "Watch", "Build"]


def test_merge_puts_the_step_where_the_first_one_stood(guide):
    merge(guide, ["Try", "Build"], "Make")
    assert path_of(guide) == ["Read", "Make", "Watch"]


def test_succeed_records_what_counts_for_what(guide, publisher):
    old = step_of(guide, "Try")
    new = succeed(guide, [old], [Part("One"), Part("Two")], by=publisher)
    credit = Credit.objects.get()
    sides = set(credit.steps.values_list("step", "side"))
    assert credit.recorded_by == publisher
    assert sides == {(old.pk, "old"), (new[0].pk, "new"), (new[1].pk, "new")}


def test_the_new_step_says_what_its_part_says(guide):
    part = Part("Practise", body="Each day.", done_when="a week is over.", effort_hours=7)
    [new] = succeed(guide, [step_of(guide, "Try")], [part], by=None)
    found = Step.objects.get(pk=new.pk)
    said = (found.title, found.slug, found.body, found.done_when, found.effort_hours)
    assert said == ("Practise", "practise", "Each day.", "a week is over.", 7)


def test_the_new_step_keeps_the_place_of_the_old_one(guide):
    Step.objects.filter(pk=step_of(guide, "Try").pk).update(choice="How", route="Alone")
    [new] = split(guide, "Try", "Practise")
    found = Step.objects.get(pk=new.pk)
    assert (found.choice, found.route, found.optional) == ("How", "Alone", False)


def test_the_new_step_may_have_the_title_of_the_old_one(guide):
    new = split(guide, "Try", "Try", "Try again")
    assert [step.slug for step in new] == ["try", "try-again"]


def test_the_new_steps_name_what_the_old_ones_named(guide):
    skill, course = SkillFactory(), CourseFactory()
    step_of(guide, "Read").skills.add(skill)
    step_of(guide, "Try").courses.add(course)
    [new] = merge(guide, ["Read", "Try"], "Study")
    assert (list(new.skills.all()), list(new.courses.all())) == ([skill], [course])


def test_what_named_an_old_step_names_the_new_ones(guide):
    section = SectionFactory(guide=guide)
    section.steps.add(step_of(guide, "Try"))
    step_of(guide, "Build").after.add(step_of(guide, "Try"))
    new = split(guide, "Try", "One", "Two")
    assert set(new) <= set(section.steps.all())
    assert set(new) <= set(step_of(guide, "Build").after.all())


def test_a_merged_step_does_not_come_after_itself(guide):
    step_of(guide, "Build").after.add(step_of(guide, "Try"))
    [new] = merge(guide, ["Try", "Build"], "Make")
    assert list(new.after.all()) == []


@pytest.mark.parametrize("title", ["", "   ", "x" * 121])
def test_a_part_that_cannot_be_a_step_changes_nothing(guide, title):
    with pytest.raises(ValidationError):
        split(guide, "Try", "Good", title)
    assert path_of(guide) == ["Read", "Try", "Watch", "Build"]
    assert not Credit.objects.exists()


def test_succeed_with_nothing_on_a_side_is_refused(guide):
    with pytest.raises(ValidationError, match="each side"):
        succeed(guide, [step_of(guide, "Try")], [], by=None)


# --- The same in another guide -----------------------------------------------------------------


def test_same_as_raises_the_version_of_both_guides(guide):
    other = published_guide(title="Other")
    same_as(step_of(guide, "Read"), step_of(other, "Read"), by=None)
    assert (version_of(guide), version_of(other)) == (guide.version + 1, other.version + 1)


def test_same_as_within_a_guide_is_refused(guide):
    with pytest.raises(ValidationError, match="merge the steps"):
        same_as(step_of(guide, "Read"), step_of(guide, "Try"), by=None)


def test_same_as_twice_is_refused(guide):
    steps = step_of(guide, "Read"), step_of(published_guide(title="Other"), "Read")
    same_as(*steps, by=None)
    with pytest.raises(ValidationError, match="already"):
        same_as(*reversed(steps), by=None)
    assert CreditStep.objects.count() == 2


def test_same_as_is_no_obstacle_to_a_split_of_the_two(guide):
    one, other = step_of(guide, "Read"), step_of(published_guide(title="Other"), "Read")
    Credit.objects.record(old=[one], new=[other, step_of(guide, "Try")])
    assert same_as(one, other, by=None).steps.count() == 2


def test_same_as_over_an_older_version_is_refused(guide):
    other = step_of(published_guide(title="Other"), "Read")
    with pytest.raises(Outdated):
        same_as(step_of(guide, "Read"), other, by=None, version=guide.version + 1)


# --- Dropping ----------------------------------------------------------------------------------


def test_drop_deletes_what_nothing_holds(db):
    step = step_of(guide_with_path(), "Read")
    drop(step)
    assert not Step.objects.filter(title="Read").exists()


def test_drop_retires_what_was_published(guide):
    drop(step_of(guide, "Read"))
    assert step_of(guide, "Read").retired_at is not None


def test_drop_retires_what_counts_for_another(db):
    guide = guide_with_path()
    split(guide, "Read", "Skim", "Study")
    drop(step_of(guide, "Skim"))
    assert step_of(guide, "Skim").retired_at is not None


@pytest.mark.parametrize(
    "delete",
    [
        lambda guide: step_of(guide, "Read").delete(),
        lambda guide: guide.steps.all().delete(),
        lambda guide: guide.delete(),
        lambda guide: Guide.objects.all().delete(),
    ],
)
def test_what_was_published_is_not_deleted(guide, delete):
    with pytest.raises(ProtectedError, match=r"never deleted; (retire|unpublish) it"):
        delete(guide)
    assert path_of(guide) == ["Read", "Try", "Watch", "Build"]


def test_what_was_never_published_is_deleted(db):
    Guide.objects.filter(pk=guide_with_path().pk).delete()
    assert not Step.objects.exists()


def test_free_slug_avoids_those_on_the_path_and_those_of_pages(guide):
    StepFactory(stage=StageFactory(guide=guide), title="Read", slug="read-2")
    slugs = [free_slug(guide, title) for title in ("Read", "Compare", "!?", "New")]
    assert slugs == ["read-3", "compare-2", "step", "new"]


@pytest.mark.parametrize("model", [Guide, Step])
def test_a_manager_deletes_nothing(model):
    assert not hasattr(model.objects, "delete")

"""Restoring an edition: the working copy says again what it said, and nobody loses a step."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from courses.models import Certification, Course, Provider, Skill
from guides.document import Content, canonical
from guides.editing import Outdated
from guides.editions import document_of
from guides.lives import Part, put_back, retire, succeed
from guides.models import Edition, Guide, Picture, Section, Source, Stage, Step
from guides.publishing import is_changed
from guides.restoring import RestoringRefused, rehearse, restore
from guides.working_copy import content_of
from tests.factories import (
    CertificationFactory,
    CourseFactory,
    PictureFactory,
    ProviderFactory,
    SectionFactory,
    SkillFactory,
    SourceFactory,
    StageFactory,
    StepFactory,
    guide_with_path,
    published_guide,
    step_of,
)
from tests.guides.folders import another_database

TITLES = ["Read", "Try", "Watch", "Build"]


def first(guide):
    return guide.editions.get(number=1)


def says(edition):
    """Return what `edition` says, without its history."""
    document = document_of(edition.sha256)
    return {name: document[name] for name in Content.__annotations__}


def said(guide):
    return content_of(Guide.objects.get(pk=guide.pk))


def path_of(guide):
    return [step["title"] for stage in said(guide)["stages"] for step in stage["steps"]]


@pytest.fixture
def rich(db):
    """A published guide that names one of everything."""
    guide = published_guide(title="Baker", occupation_codes="51-3011")
    provider, platform = ProviderFactory(name="Oven Academy"), ProviderFactory(name="Loaves online")
    read, build = step_of(guide, "Read"), step_of(guide, "Build")
    read.skills.set([SkillFactory(name="Kneading")])
    read.courses.set(
        [CourseFactory(title="Bread", provider=provider, platform=platform, url="https://a.example/")]
    )
    read.certifications.set([CertificationFactory(title="Journeyman", issuer=provider)])
    read.sources.set([SourceFactory(key="flour", cited_by=[SourceFactory(key="crumb")])])
    build.after.set([read])
    section = SectionFactory(
        guide=guide, title="Ovens", body="![](picture:oven) [@crumb]", checked_on="2026-11-20"
    )
    section.steps.set([build])
    PictureFactory(slug="oven")
    guide.publish(by=None)
    return guide


# --- What comes back ---------------------------------------------------------------------------


def test_restore_brings_back_all_that_an_edition_says(rich):
    edition = rich.editions.get(number=2)
    Guide.objects.filter(pk=rich.pk).update(title="Other", slug="other", summary="Other", occupation_codes="")
    rich.sections.all().delete()
    retire(rich, [step_of(rich, "Watch")], by=None)
    Step.objects.filter(title="Read").update(body="Other", effort_hours=None, position=9)
    step_of(rich, "Read").skills.clear()
    step_of(rich, "Build").after.clear()
    StepFactory(stage=StageFactory(guide=rich, title="New"), title="New")
    restore(edition, by=None)
    assert said(rich) == says(edition)


def test_restore_publishes_nothing(rich):
    retire(rich, [step_of(rich, "Watch")], by=None)
    rich.publish(by=None)
    restore(first(rich), by=None)
    assert (rich.editions.count(), is_changed(rich)) == (3, True)


def test_restore_of_the_current_edition_leaves_nothing_to_publish(rich):
    Step.objects.filter(title="Read").update(title="Edited", body="Edited\r\n")
    restore(rich.editions.get(number=2), by=None)
    assert not is_changed(rich)


def test_restore_brings_retired_steps_back_as_who_they_are(guide):
    watch = step_of(guide, "Watch")
    retire(guide, [watch], by=None)
    restore(first(guide), by=None)
    assert path_of(guide) == TITLES
    assert step_of(guide, "Watch").pk == watch.pk


def test_restore_retires_what_was_published_since(guide):
    StepFactory(stage=guide.stages.first(), title="Bake")
    guide.publish(by=None)
    restore(first(guide), by=None)
    assert path_of(guide) == TITLES
    assert step_of(guide, "Bake").retired_at is not None


def test_restore_deletes_what_nobody_has_seen(guide):
    StepFactory(stage=guide.stages.first(), title="Bake")
    restore(first(guide), by=None)
    assert not guide.steps.filter(title="Bake").exists()


def test_restore_retires_the_parts_of_a_split_and_keeps_their_credit(guide):
    succeed(guide, [step_of(guide, "Read")], [Part("Skim"), Part("Study")], by=None)
    restore(first(guide), by=None)
    assert path_of(guide) == TITLES
    assert [step.credits.count() for step in guide.steps.filter(title__in=["Read", "Skim", "Study"])] == [
        1,
        1,
        1,
    ]


def test_restore_lets_two_steps_swap_their_slugs_back(guide):
    for title, slug in (("Read", "x"), ("Try", "read"), ("Read", "try")):
        guide.steps.filter(title=title).update(slug=slug)
    restore(first(guide), by=None)
    assert [step_of(guide, title).slug for title in ("Read", "Try")] == ["read", "try"]


def test_restore_lets_a_stage_come_back_whose_slug_was_taken(guide):
    learn = guide.stages.get(slug="learn")
    other = StageFactory(guide=guide, title="Another", slug="another")
    guide.steps.filter(stage=learn).update(stage=other)
    learn.delete()
    Stage.objects.filter(pk=other.pk).update(slug="learn")
    guide.publish(by=None)
    restore(first(guide), by=None)
    assert said(guide) == says(first(guide))


def test_restore_lets_a_step_come_back_whose_slug_was_taken(guide):
    retire(guide, [step_of(guide, "Read")], by=None)
    StepFactory(stage=guide.stages.first(), title="Another", slug="read")
    guide.publish(by=None)
    restore(first(guide), by=None)
    assert path_of(guide) == TITLES


def test_restore_keeps_what_retired_steps_name_and_what_names_them(guide):
    watch, build = step_of(guide, "Watch"), step_of(guide, "Build")
    build.after.set([watch])
    section = SectionFactory(guide=guide, title="Why")
    section.steps.set([watch])
    retire(guide, [watch], by=None)
    edition = guide.publish(by=None)
    restore(edition, by=None)
    put_back(guide, watch, by=None)
    assert [step.title for step in build.after.all()] == ["Watch"]
    assert [step.title for step in section.steps.all()] == ["Watch"]


def test_restore_leaves_other_guides_alone(guide):
    other = published_guide()
    before = said(other)
    restore(first(guide), by=None)
    assert said(other) == before


# --- What guides share -------------------------------------------------------------------------


def test_restore_leaves_what_guides_share_as_it_is(rich):
    Skill.objects.update(name="Kneading dough")
    Course.objects.update(title="Bread for all", url="")
    Source.objects.update(title="Edited")
    Picture.objects.update(alt="Edited")
    restore(rich.editions.get(number=2), by=None)
    assert Skill.objects.get().name == "Kneading dough"
    assert (Course.objects.get().title, Course.objects.get().url) == ("Bread for all", "")
    assert set(Source.objects.values_list("title", flat=True)) == {"Edited"}
    assert Picture.objects.get().alt == "Edited"


def test_restore_makes_again_what_was_deleted(rich):
    for model in (Skill, Course, Certification, Source, Picture, Provider):
        model.objects.all().delete()
    restore(rich.editions.get(number=2), by=None)
    assert said(rich) == says(rich.editions.get(number=2))
    course = Course.objects.get()
    assert (course.provider.name, course.platform.name) == ("Oven Academy", "Loaves online")
    assert Certification.objects.get().issuer == course.provider


def test_restore_gives_a_provider_that_is_made_again_a_slug_of_its_own(rich):
    for model in (Course, Certification, Provider):
        model.objects.all().delete()
    ProviderFactory(name="Another", slug="oven-academy")
    restore(rich.editions.get(number=2), by=None)
    assert set(Provider.objects.values_list("name", "slug")) == {
        ("Another", "oven-academy"),
        ("Oven Academy", "oven-academy-2"),
        ("Loaves online", "loaves-online"),
    }


# --- What is refused ---------------------------------------------------------------------------


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Guide, Section, Stage, Step, Edition)]


def test_restore_over_an_edit_that_nobody_has_seen_is_refused(guide):
    before = everything()
    with pytest.raises(Outdated):
        restore(first(guide), by=None, version=guide.version + 1)
    assert everything() == before


def test_restore_raises_the_version(guide, publisher):
    restore(first(guide), by=publisher, version=guide.version)
    now = Guide.objects.get(pk=guide.pk)
    assert (now.version, now.changed_by) == (guide.version + 1, publisher)


def test_restore_of_a_slug_that_another_guide_took_is_refused(guide):
    Guide.objects.filter(pk=guide.pk).update(slug="moved")
    guide_with_path(title="Thief", slug="data-baker")
    before = everything()
    with pytest.raises(
        RestoringRefused,
        match=r"^The slug “data-baker” belongs to the guide “Thief” now\. Give that guide another",
    ):
        restore(first(guide), by=None)
    assert everything() == before


def test_restore_of_a_section_that_another_guide_has_is_refused(guide):
    section = guide.sections.get()
    other = published_guide(title="Thief")
    Section.objects.filter(pk=section.pk).update(guide=other, slug="stolen")
    before = everything()
    with pytest.raises(RestoringRefused, match="“Overview” belongs to the guide “Thief” now"):
        restore(first(guide), by=None)
    assert everything() == before


# --- Looking first -----------------------------------------------------------------------------


def test_rehearsal_shows_what_restoring_makes(rich):
    edition = rich.editions.get(number=2)
    retire(rich, [step_of(rich, "Watch")], by=None)
    Skill.objects.all().delete()
    stored, rows = said(rich), everything()
    before, after = rehearse(edition)
    assert (before, after) == (stored, says(edition))
    assert (said(rich), everything(), Skill.objects.count()) == (stored, rows, 0)


# --- Any history -------------------------------------------------------------------------------


@given(data=st.data())
@hypothesis_settings(max_examples=25)
def test_any_edition_can_be_restored_and_no_step_is_lost(db, data):
    with another_database():
        guide = published_guide()
        for _ in range(data.draw(st.integers(1, 4))):
            data.draw(st.sampled_from([add, drop_one, rename, split, restore_any]))(data, guide)
            guide.publish(by=None)
        shown = set(Step.objects.published().values_list("pk", flat=True))
        edition = data.draw(st.sampled_from(list(guide.editions.all())))
        restore(edition, by=None)
        assert canonical(said(guide)) == canonical(says(edition))
        assert shown <= set(guide.steps.values_list("pk", flat=True))


def add(data, guide):
    StepFactory(stage=data.draw(st.sampled_from(list(guide.stages.all()))))


def some_step(data, guide):
    return data.draw(st.sampled_from(list(guide.steps.live().filter(optional=False))))


def drop_one(data, guide):
    learn = guide.steps.live().filter(stage__title="Learn")
    if learn.count() > 1:
        retire(guide, [data.draw(st.sampled_from(list(learn)))], by=None)


def rename(data, guide):
    step = some_step(data, guide)
    Step.objects.filter(pk=step.pk).update(title="Renamed", body="Anew", slug=f"renamed-{step.pk}")


def split(data, guide):
    succeed(guide, [some_step(data, guide)], [Part("One"), Part("Two")], by=None)


def restore_any(data, guide):
    restore(data.draw(st.sampled_from(list(guide.editions.all()))), by=None)


# --- Queries -----------------------------------------------------------------------------------


def queries_of_restoring(count):
    """Return how many queries it takes to restore a guide of which `count` steps were rewritten since."""
    guide = published_guide()
    stage = guide.stages.first()
    for _ in range(count):
        StepFactory(
            stage=stage, skills=[SkillFactory()], sources=[SourceFactory()], courses=[CourseFactory()]
        )
    edition = guide.publish(by=None)
    guide.steps.filter(stage=stage).update(body="Edited")
    for field in ("skills", "sources", "courses"):
        getattr(Step, field).through.objects.all().delete()
    for _ in range(count):
        StepFactory(stage=stage)
    document_of(edition.sha256)
    with CaptureQueriesContext(connection) as queries:
        restore(edition, by=None)
    return len(queries)


@pytest.mark.parametrize("count", [1, 3])
def test_restoring_takes_a_number_of_queries_that_does_not_depend_on_the_steps(db, count):
    assert queries_of_restoring(count) == 48

"""The outline of a guide: what may be asked, what is written, and in what words it is told."""

from dataclasses import replace

import pytest

from guides.editing import Outdated
from guides.models import Guide, Section, Stage, Step
from guides.outline import Outline, OutlineRefused, Path, arrange, arrange_sections, remove_stage, stand
from guides.outline.order import NotTheSame
from tests.factories import SectionFactory, StageFactory, StepFactory, UserFactory, guide_with_path, step_of


@pytest.fixture
def copy(db):
    """A working copy: “Read”, “Try” and “Watch” in “Learn”, then “Build” in “Work”."""
    return guide_with_path()


def outline_of(guide):
    return Path.of(guide).outline


def stage_of(guide, title):
    return guide.stages.get(title=title)


def titles(guide):
    """Return the titles of the steps of each stage, in order."""
    return {stage.title: [step.title for step in stage.steps.live()] for stage in guide.stages.all()}


def asking(guide, title, **asked):
    """Return the outline of `guide` with the step called `title` asking for something else."""
    outline, step = outline_of(guide), step_of(guide, title)
    rows = [replace(row, **asked) if row.step == step.pk else row for row in outline.rows]
    return replace(outline, rows=tuple(rows))


def moving(guide, title, by):
    return outline_of(guide).with_step_moved(step_of(guide, title).pk, by)


def words(changes):
    return [change.words for change in changes]


def refused(guide, outline, **more):
    """Return why an outline is refused, and at which steps or stages; nothing is written."""
    before = titles(guide)
    with pytest.raises(OutlineRefused) as caught:
        arrange(guide, outline, by=None, **more)
    assert (titles(guide), Guide.objects.get(pk=guide.pk).version) == (before, guide.version)
    return [(finding.message, finding.where) for finding in caught.value.findings]


# --- Moving ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "by", "expected"),
    [
        ("Try", -1, {"Learn": ["Try", "Read", "Watch"], "Work": ["Build"]}),
        ("Try", 1, {"Learn": ["Read", "Watch", "Try"], "Work": ["Build"]}),
        ("Watch", 1, {"Learn": ["Read", "Try"], "Work": ["Watch", "Build"]}),
        ("Build", -1, {"Learn": ["Read", "Try", "Watch", "Build"], "Work": []}),
        ("Read", -1, {"Learn": ["Read", "Try", "Watch"], "Work": ["Build"]}),
        ("Build", 1, {"Learn": ["Read", "Try", "Watch"], "Work": ["Build"]}),
    ],
)
def test_step_moves_a_place_and_across_the_border_of_its_stage(copy, title, by, expected):
    arrange(copy, moving(copy, title, by), by=None)
    assert titles(copy) == expected


def test_step_moves_into_an_empty_stage_before_the_one_behind_it(copy):
    middle = StageFactory(guide=copy, title="Middle")
    arrange(copy, outline_of(copy).with_stage_moved(middle.pk, -1), by=None)
    arrange(copy, moving(copy, "Build", -1), by=None)
    assert titles(copy) == {"Learn": ["Read", "Try", "Watch"], "Middle": ["Build"], "Work": []}


@pytest.mark.parametrize(("title", "by"), [("Work", -1), ("Learn", 1)])
def test_stage_moves_with_its_steps(copy, title, by):
    arrange(copy, outline_of(copy).with_stage_moved(stage_of(copy, title).pk, by), by=None)
    assert list(titles(copy).items()) == [("Work", ["Build"]), ("Learn", ["Read", "Try", "Watch"])]


@pytest.mark.parametrize(("title", "by"), [("Learn", -1), ("Work", 1)])
def test_stage_stays_at_either_end(copy, title, by):
    moved = outline_of(copy).with_stage_moved(stage_of(copy, title).pk, by)
    assert arrange(copy, moved, by=None) == []


@pytest.mark.parametrize(
    ("title", "to", "expected"),
    [
        ("Read", "Work", {"Learn": ["Try", "Watch"], "Work": ["Read", "Build"]}),
        ("Build", "Learn", {"Learn": ["Read", "Try", "Watch", "Build"], "Work": []}),
    ],
)
def test_step_takes_the_nearest_place_in_another_stage(copy, title, to, expected):
    arrange(copy, asking(copy, title, stage=stage_of(copy, to).pk), by=None)
    assert titles(copy) == expected


# --- Writing -----------------------------------------------------------------------------------


def test_arranging_raises_the_version_once_and_names_who_did(copy):
    person = UserFactory()
    arrange(copy, replace(moving(copy, "Try", -1)), by=person, new_stage="Later")
    after = Guide.objects.get(pk=copy.pk)
    assert (after.version, after.changed_by) == (copy.version + 1, person)


def test_an_outline_that_changes_nothing_is_not_written(copy):
    assert arrange(copy, outline_of(copy), by=UserFactory()) == []
    after = Guide.objects.get(pk=copy.pk)
    assert (after.version, after.changed_by) == (copy.version, None)


def test_only_rows_that_change_are_written(copy):
    for position, title in enumerate(["Read", "Try", "Watch"]):
        Step.objects.filter(guide=copy, title=title).update(position=position)
    arrange(copy, moving(copy, "Watch", -1), by=None)
    assert [(step.title, step.position) for step in stage_of(copy, "Learn").steps.all()] == [
        ("Read", 0),
        ("Watch", 1),
        ("Try", 2),
    ]


def test_positions_with_gaps_stay_where_the_order_stays(copy):
    Step.objects.filter(guide=copy, title="Watch").update(position=4000)
    arrange(copy, asking(copy, "Read", optional=True), by=None)
    assert step_of(copy, "Watch").position == 4000


@pytest.mark.parametrize("others", [0, 57])
def test_arranging_costs_the_same_for_three_steps_and_for_sixty(copy, others, django_assert_num_queries):
    StepFactory.create_batch(others, stage=StageFactory(guide=copy))
    outline = asking(copy, "Read", optional=True)
    with django_assert_num_queries(10):  # three of them savepoints, two the stages and steps
        arrange(copy, outline, by=None)


def test_an_older_version_is_refused(copy):
    with pytest.raises(Outdated, match="was changed while you worked on it, so nothing was done"):
        arrange(copy, moving(copy, "Try", -1), by=None, version=copy.version + 1)
    assert titles(copy)["Learn"] == ["Read", "Try", "Watch"]


def test_text_of_a_step_survives_an_arrangement(copy):
    Step.objects.filter(guide=copy, title="Read").update(body="Much.", done_when="read")
    arrange(copy, asking(copy, "Read", choice="Way", route="Books"), by=None)
    step = step_of(copy, "Read")
    assert (step.body, step.done_when, step.choice, step.route) == ("Much.", "read", "Way", "Books")


# --- Words -------------------------------------------------------------------------------------


def test_changes_are_told_in_words(copy):
    outline = asking(copy, "Watch", optional=False, choice="Way", route="Films")
    changes = arrange(copy, outline.with_step_moved(step_of(copy, "Try").pk, -1), by=None)
    assert words(changes) == [
        "“Watch”: optional no, choice “Way”, route “Films”.",
        "“Try” stands before “Read” now.",
    ]


def test_change_of_a_step_has_its_values_before_and_after(copy):
    [change] = arrange(copy, asking(copy, "Watch", stage=stage_of(copy, "Work").pk), by=None)
    assert (change.step, change.before, change.after) == (
        step_of(copy, "Watch"),
        {"stage": "Learn"},
        {"stage": "Work"},
    )


def test_a_far_move_is_told_as_one(copy):
    outline = moving(copy, "Watch", -1)
    outline = outline.with_step_moved(step_of(copy, "Watch").pk, -1)
    assert words(arrange(copy, outline, by=None)) == ["“Watch” stands before “Read” now."]


def test_moved_stage_is_told(copy):
    outline = outline_of(copy).with_stage_moved(stage_of(copy, "Work").pk, -1)
    assert words(arrange(copy, outline, by=None)) == ["“Work” stands before “Learn” now."]


# --- Refusing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (
            {"choice": "Way"},
            "has a choice but no route. Name the route that it is part of, or clear the choice.",
        ),
        (
            {"route": "Books"},
            "has a route but no choice. Name the choice that it is a route of, or clear the route.",
        ),
        (
            {"choice": "Way", "route": "Books", "optional": True},
            "is part of a choice, so it cannot be optional. Clear one of the two.",
        ),
        (
            {"choice": "x" * 121, "route": "Books"},
            "has a choice or a route of more than 120 signs. Shorten it.",
        ),
    ],
)
def test_step_that_asks_for_the_impossible_is_named(copy, asked, why):
    read = step_of(copy, "Read")
    assert refused(copy, asking(copy, "Read", **asked)) == [(f"“Read” {why}", str(read.pk))]


STRANGE = "These are not the stages and steps of this guide. Open the page anew."


def test_an_outline_without_a_step_is_refused(copy):
    outline = outline_of(copy)
    assert refused(copy, replace(outline, rows=outline.rows[1:])) == [(STRANGE, "")]


def test_an_outline_with_a_step_twice_is_refused(copy):
    outline = outline_of(copy)
    assert refused(copy, replace(outline, rows=(*outline.rows, outline.rows[0]))) == [(STRANGE, "")]


def test_an_outline_without_a_stage_is_refused(copy):
    empty = StageFactory(guide=copy)
    outline = outline_of(copy)
    without = tuple(stage for stage in outline.stages if stage != empty.pk)
    assert refused(copy, replace(outline, stages=without)) == [(STRANGE, "")]


def test_an_outline_with_a_retired_step_is_refused(copy):
    outline = outline_of(copy)
    step_of(copy, "Read").retire()
    assert refused(copy, outline) == [(STRANGE, "")]


def test_a_stage_of_another_guide_is_refused(copy):
    foreign = StageFactory().pk
    assert refused(copy, asking(copy, "Read", stage=foreign)) == [(STRANGE, "")]
    assert refused(copy, outline_of(copy), without=foreign) == [(STRANGE, "")]


# --- Stages that come and go -------------------------------------------------------------------


def test_a_new_stage_comes_last_with_a_slug_of_its_own(copy):
    changes = arrange(copy, outline_of(copy), by=None, new_stage="Work")
    assert words(changes) == ["Added the stage “Work”."]
    assert [(stage.title, stage.slug) for stage in copy.stages.all()] == [
        ("Learn", "learn"),
        ("Work", "work"),
        ("Work", "work-2"),
    ]


def test_a_title_of_signs_alone_makes_a_slug(copy):
    arrange(copy, outline_of(copy), by=None, new_stage="…")
    assert copy.stages.last().slug == "stage"


def test_a_title_that_is_too_long_is_refused(copy):
    assert refused(copy, outline_of(copy), new_stage="x" * 121) == [
        ("The title of a stage has 120 signs at most.", "")
    ]


def test_an_empty_stage_is_removed(copy):
    empty = StageFactory(guide=copy, title="Empty")
    changes = arrange(copy, outline_of(copy), by=None, without=empty.pk)
    assert words(changes) == ["Removed the stage “Empty”."]
    assert list(titles(copy)) == ["Learn", "Work"]


def test_a_stage_that_the_outline_empties_is_removed(copy):
    work = stage_of(copy, "Work")
    arrange(copy, moving(copy, "Build", -1), by=None, without=work.pk)
    assert titles(copy) == {"Learn": ["Read", "Try", "Watch", "Build"]}


def test_a_stage_with_steps_is_not_removed(copy):
    work = stage_of(copy, "Work")
    assert refused(copy, outline_of(copy), without=work.pk) == [
        ("“Work” has steps. Move or retire them first.", str(work.pk))
    ]


def test_retired_steps_do_not_hold_their_stage(copy):
    build = step_of(copy, "Build")
    build.retire()
    remove_stage(build.stage)
    build.refresh_from_db()
    assert (build.stage, build.retired_at is None) == (None, False)


# --- Places and sections -----------------------------------------------------------------------


def test_a_new_step_stands_before_another(copy):
    step = StepFactory(stage=stage_of(copy, "Learn"), title="New")
    stand(step, before=step_of(copy, "Try").pk)
    assert titles(copy)["Learn"] == ["Read", "New", "Try", "Watch"]


def test_a_new_step_stands_last_where_the_other_has_gone(copy):
    step = StepFactory(stage=stage_of(copy, "Learn"), title="New", position=0)
    stand(step, before=step_of(copy, "Build").pk)
    assert titles(copy)["Learn"] == ["Read", "Try", "Watch", "New"]


def test_a_new_stage_stands_last(copy):
    stage = StageFactory(guide=copy, title="New", position=0)
    stand(stage)
    assert list(titles(copy)) == ["Learn", "Work", "New"]


def test_the_first_of_its_kind_stands_at_nought(db):
    stage = StageFactory(position=7)
    stand(stage)
    assert Stage.objects.get().position == 0


@pytest.fixture
def sections(copy):
    """Three sections of the working copy, in order."""
    return [
        copy.sections.get(),
        SectionFactory(guide=copy, title="Pay"),
        SectionFactory(guide=copy, title="Words"),
    ]


def test_sections_are_put_in_order(copy, sections):
    order = [sections[index].pk for index in (2, 0, 1)]
    assert arrange_sections(copy, order, by=None) == ["“Words” stands before “Overview” now."]
    assert list(copy.sections.values_list("pk", flat=True)) == order
    assert Guide.objects.get(pk=copy.pk).version == copy.version + 1


def test_sections_that_are_in_order_are_left(copy, sections):
    assert arrange_sections(copy, [section.pk for section in sections], by=None) == []
    assert Guide.objects.get(pk=copy.pk).version == copy.version


def test_sections_of_another_guide_are_refused(copy, sections):
    with pytest.raises(NotTheSame):
        arrange_sections(copy, [SectionFactory().pk, *(part.pk for part in sections[1:])], by=None)
    assert Section.objects.filter(guide=copy).count() == 3


def test_sections_over_an_older_version_are_refused(copy, sections):
    with pytest.raises(Outdated):
        arrange_sections(copy, [part.pk for part in sections[::-1]], by=None, version=copy.version + 1)


def test_outline_of_an_empty_guide_is_empty(db):
    assert Path.of(StageFactory.create(title="Alone").guide).outline.rows == ()
    assert Outline((), ()).path == []

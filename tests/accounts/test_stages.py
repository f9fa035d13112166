"""The stages of a path as its page shows them."""

import re

import pytest

from accounts.paths import editions_for, path_on
from accounts.recording import Saying, record
from accounts.rows import step_html
from accounts.stages import stages_for_visitors, stages_of
from guides.models import Credit
from guides.progress import State
from tests.factories import (
    CertificationFactory,
    CourseFactory,
    GuideFactory,
    SectionFactory,
    SkillFactory,
    SourceFactory,
    StageFactory,
    StepFactory,
    step_of,
)


def seen_by(user, guide):
    return stages_of(path_on(editions_for(user).get(guide=guide), user))


def seen_by_visitors(guide):
    return stages_for_visitors(guide.editions.latest("number").sha256)


def row_of(guide, title, state=State.TODO, **fields):
    """Return the row of a step of the newest edition."""
    edition = guide.editions.latest("number")
    return step_html(edition.sha256, str(step_of(guide, title).pk), state, **fields)


def done(user, guide, *titles):
    record(user, [Saying(step_of(guide, title).pk, State.DONE) for title in titles])


@pytest.fixture
def crossroads(db):
    """A published guide of one stage: a choice of two routes, one of two steps, and a step after it."""
    guide = GuideFactory(title="Crossroads")
    stage = StageFactory(guide=guide, title="Study")
    StepFactory(stage=stage, title="Degree", choice="How to study", route="At a school", effort_hours=900)
    StepFactory(stage=stage, title="Books", choice="How to study", route="Alone", effort_hours=300)
    StepFactory(stage=stage, title="Projects", choice="How to study", route="Alone", effort_hours=200)
    StepFactory(stage=stage, title="Apply", effort_hours=10)
    guide.publish(by=None)
    return guide


def test_stages_are_numbered_and_counted(learner, guide):
    done(learner, guide, "Read")
    stages = [
        (stage.number, stage.title, stage.met, stage.total, stage.hours) for stage in seen_by(learner, guide)
    ]
    assert stages == [(1, "Learn", 1, 2, 30), (2, "Work", 0, 1, 30)]


def test_stages_show_where_the_learner_goes_on(learner, guide):
    done(learner, guide, "Read", "Try")
    stages = [(stage.is_done, stage.is_here) for stage in seen_by(learner, guide)]
    assert stages == [(True, False), (False, True)]


def test_stages_of_a_path_that_is_done_go_on_with_what_is_optional(learner, guide):
    done(learner, guide, "Read", "Try", "Build")
    assert [stage.is_here for stage in seen_by(learner, guide)] == [True, False]
    done(learner, guide, "Watch")
    assert [stage.is_here for stage in seen_by(learner, guide)] == [False, False]


def test_stages_of_a_visitor_have_nothing_met(guide):
    stages = [(stage.met, stage.total, stage.is_here) for stage in seen_by_visitors(guide)]
    assert stages == [(0, 2, False), (0, 1, False)]


def test_stages_are_equal_while_nothing_changes(learner, guide):
    before = seen_by(learner, guide)
    done(learner, guide, "Build")
    after = seen_by(learner, guide)
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False]


def test_hours_are_those_of_the_shortest_route(crossroads):
    assert [stage.hours for stage in seen_by_visitors(crossroads)] == [510]


def test_choice_is_one_requirement_that_one_route_meets(learner, crossroads):
    done(learner, crossroads, "Books")
    assert seen_by(learner, crossroads)[0].met == 0
    done(learner, crossroads, "Projects")
    [stage] = seen_by(learner, crossroads)
    assert (stage.met, stage.total) == (1, 2)


def test_rows_of_a_choice_stand_below_its_headings(crossroads):
    [stage] = seen_by_visitors(crossroads)
    kinds = [re.search(r'<li class="(\w+)', row)[1] for row in stage.rows]
    assert kinds == ["choice", "route", "step", "route", "step", "step", "choice", "step"]
    rows = [stage.rows[index] for index in (0, 1, 3, 6)]
    assert [re.sub(r"<[^>]+>", "", row).strip() for row in rows] == [
        "How to study: one of these 2 routes is enough",
        "At a school",
        "Alone all 2 steps",
        "And these",
    ]


def test_choice_with_another_step_inside_stands_together_once(db):
    stage = StageFactory()
    for title, choice in (("A", "Which"), ("B", ""), ("C", "Which"), ("D", "")):
        StepFactory(stage=stage, title=title, choice=choice, route=choice and title)
    stage.guide.publish(by=None)
    [shown] = seen_by_visitors(stage.guide)
    titles = [re.findall(r'<span class="title">(.*?)<', row) for row in shown.rows]
    assert [title for row in titles for title in row] == ["A", "C", "B", "D"]


@pytest.mark.parametrize("state", list(State))
def test_row_presses_the_button_of_its_state(guide, state):
    pressed = re.findall(r'value="(\w+)" aria-pressed="true"', row_of(guide, "Read", state))
    assert pressed == [state.value]


@pytest.mark.parametrize(("state", "reached"), [("todo", "done"), ("doing", "done"), ("done", "todo")])
def test_tick_of_a_row_names_the_state_that_it_reaches(guide, state, reached):
    row = row_of(guide, "Read", State(state))
    assert re.search(r'<button class="tick"[^>]* name="state" value="(\w+)"', row)[1] == reached


def test_row_of_a_visitor_has_no_button(guide):
    row = row_of(guide, "Read", None)
    assert (row.count("<button"), row.count("<form"), row.count("signup")) == (0, 0, 1)


@pytest.mark.parametrize(
    ("title", "state", "badges"),
    [
        ("Read", "todo", []),
        ("Read", "doing", ["in progress"]),
        ("Read", "skipped", ["skipped"]),
        ("Watch", "todo", ["optional"]),
        ("Watch", "doing", ["in progress"]),
    ],
)
def test_row_has_one_badge_at_most(guide, title, state, badges):
    assert re.findall(r'<span class="badge[^>]*>([^<]+)<', row_of(guide, title, State(state))) == badges


def test_row_names_what_it_is_counted_from(learner, guide):
    new = StepFactory(stage=guide.stages.get(slug="work"), title="Study")
    Credit.objects.record(old=[step_of(guide, "Read")], new=[new])
    guide.publish(by=None)
    row = row_of(guide, "Study", State.DONE, counted_from=(str(step_of(guide, "Read").pk),))
    assert re.search(r"Counted from ([^:]+):", row)[1] == "Read"


def test_row_names_all_that_helps(guide):
    step = StepFactory(
        stage=guide.stages.get(slug="work"),
        title="Study",
        done_when="it is understood",
        effort_hours=1200,
        after=[step_of(guide, "Read")],
        skills=[SkillFactory(name="Baking")],
        courses=[CourseFactory(title="Bread")],
        certifications=[CertificationFactory(title="Master of bread")],
        sources=[SourceFactory(publisher="Guild of bakers", key="guild")],
    )
    guide.publish(by=None)
    facts = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", row_of(guide, step.title))
    assert [(fact, re.sub(r"<[^>]+>", "", text)) for fact, text in facts] == [
        ("Done when", "it is understood"),
        ("Effort", "about 1,200 hours, our estimate"),
        ("Skills", "Baking"),
        ("Better after", "Read"),
        ("Courses", "Bread"),
        ("Certifications", "Master of bread"),
        ("Backed by", "Guild of bakers"),
    ]


def test_row_names_the_sections_that_explain_it(guide):
    for title in ("Pay", "Ways in"):
        SectionFactory(guide=guide, title=title).steps.add(step_of(guide, "Read"))
    guide.publish(by=None)
    (more,) = re.findall(r"<dt>Read more</dt><dd>(.*?)</dd>", row_of(guide, "Read"))
    assert re.findall(r'href="(.*?)">(.*?)<', more) == [
        (f"/guides/{guide.slug}/#pay", "Pay"),
        (f"/guides/{guide.slug}/#ways-in", "Ways in"),
    ]
    assert "Read more" not in row_of(guide, "Try")


def test_row_without_a_source_says_so(guide):
    facts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", row_of(guide, "Read")))
    assert facts["Backed by"] == "no source: our own addition"


def test_row_escapes_what_staff_wrote(guide):
    StepFactory(stage=guide.stages.first(), title="<b>x</b>", slug="bold", body="<script>x</script>")
    guide.publish(by=None)
    row = row_of(guide, "<b>x</b>")
    assert (row.count("<b>x"), row.count("<script")) == (0, 0)


def test_stage_of_optional_steps_alone_is_not_done_by_itself(learner, guide):
    StepFactory(stage=StageFactory(guide=guide, title="Extra"), optional=True)
    edition = guide.publish(by=None)
    extra = stages_of(path_on(edition, learner))[-1]
    assert (extra.met, extra.total, extra.is_done) == (0, 0, False)

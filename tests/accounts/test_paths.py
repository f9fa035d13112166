"""Which paths and steps somebody may read, and where they stand on them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Enrolment
from accounts.paths import editions_for, path_on, paths_of, remaining, steps_for
from accounts.recording import Saying, follow, record
from guides.models import Guide
from guides.progress import State
from tests.factories import StageFactory, StepFactory, guide_with_path, published_guide, step_of


def hide(guide):
    Guide.objects.filter(pk=guide.pk).update(unpublished_at=timezone.now())


def say(user, guide, title, state=State.DONE):
    record(user, [Saying(step_of(guide, title).pk, state)])


# --- Editions ---------------------------------------------------------------------------------


@pytest.fixture
def visitor_user():
    return AnonymousUser()


@pytest.mark.parametrize("reader", ["visitor_user", "learner", "editor"])
def test_everybody_reads_what_is_public(request, guide, reader):
    assert list(editions_for(request.getfixturevalue(reader))) == [guide.editions.get()]


@pytest.mark.parametrize("reader", ["visitor_user", "learner", "editor"])
def test_nobody_reads_a_draft(request, db, reader):
    guide_with_path()
    assert list(editions_for(request.getfixturevalue(reader))) == []


def test_hidden_guide_is_read_by_those_who_follow_it(guide, visitor_user, learner, other_learner):
    follow(learner, guide.pk)
    hide(guide)
    counts = [editions_for(user).count() for user in (visitor_user, learner, other_learner)]
    assert counts == [0, 1, 0]


def test_hidden_guide_is_not_read_by_those_who_left_it(guide, learner):
    follow(learner, guide.pk)
    learner.enrolments.leave()
    hide(guide)
    assert list(editions_for(learner)) == []


def test_edition_says_whether_it_is_followed(guide, learner):
    before = editions_for(learner).get().is_followed
    follow(learner, guide.pk)
    assert (before, editions_for(learner).get().is_followed) == (False, True)


def test_edition_is_not_followed_because_somebody_else_follows(guide, learner, other_learner):
    follow(other_learner, guide.pk)
    assert editions_for(learner).get().is_followed is False


def test_newest_edition_is_read(guide, learner):
    Guide.objects.filter(pk=guide.pk).update(title="New")
    guide.publish(by=None)
    assert [edition.number for edition in editions_for(learner)] == [2]


# --- Steps ------------------------------------------------------------------------------------


def titles(steps):
    return sorted(step.title for step in steps)


def test_published_steps_may_be_spoken_of(guide, learner):
    assert titles(steps_for(learner)) == ["Build", "Read", "Try", "Watch"]


def test_step_that_is_not_yet_published_may_not_be_spoken_of(guide, learner):
    StepFactory(stage=guide.stages.first(), title="New")
    assert titles(steps_for(learner)) == ["Build", "Read", "Try", "Watch"]


def test_retired_step_may_be_spoken_of(guide, learner):
    step_of(guide, "Try").retire()
    guide.publish(by=None)
    assert titles(steps_for(learner)) == ["Build", "Read", "Try", "Watch"]


def test_step_of_several_editions_is_found_once(guide, learner):
    Guide.objects.filter(pk=guide.pk).update(title="New")
    guide.publish(by=None)
    assert steps_for(learner).count() == 4


def test_steps_of_a_hidden_guide_are_for_those_who_follow_it(guide, learner, other_learner):
    follow(learner, guide.pk)
    hide(guide)
    assert (steps_for(learner).count(), steps_for(other_learner).count()) == (4, 0)


# --- Paths ------------------------------------------------------------------------------------


def test_path_is_measured_by_the_states_of_its_reader(guide, learner, other_learner):
    say(learner, guide, "Read")
    edition = guide.editions.get()
    assert [path_on(edition, user).progress.percent for user in (learner, other_learner)] == [33, 0]


def test_paths_are_those_that_are_followed(guide, learner, other_learner):
    left, other = published_guide(), published_guide()
    for each in (left, guide):
        follow(learner, each.pk)
    follow(other_learner, other.pk)
    learner.enrolments.filter(guide=left).leave()
    assert [path.edition.guide for path in paths_of(learner)] == [guide]


def test_paths_have_the_latest_first(guide, learner):
    other = published_guide()
    for each in (guide, other):
        follow(learner, each.pk)
    assert [path.edition.guide for path in paths_of(learner)] == [other, guide]


def test_paths_keep_a_hidden_guide(guide, learner):
    follow(learner, guide.pk)
    hide(guide)
    assert [path.edition for path in paths_of(learner)] == [guide.editions.get()]


def test_path_that_is_not_completed_says_so(guide, learner):
    say(learner, guide, "Read")
    assert [(path.completed_at, path.completed_in) for path in paths_of(learner)] == [(None, None)]


def test_path_says_when_it_was_completed_and_in_which_edition(guide, learner, other_learner):
    for title in ("Read", "Try", "Build"):
        say(learner, guide, title)
    follow(other_learner, guide.pk)
    StepFactory(stage=guide.stages.first(), title="New")
    guide.publish(by=None)
    (path,) = paths_of(learner)
    assert (path.edition.number, path.completed_in) == (2, 1)
    assert path.completed_at == learner.enrolments.get().completed_at


@pytest.mark.parametrize("count", [1, 3])
def test_paths_cost_two_queries(learner, django_assert_num_queries, count):
    for _ in range(count):
        follow(learner, published_guide().pk)
    paths_of(learner)  # reads the documents, which are kept
    with django_assert_num_queries(2):
        assert len(paths_of(learner)) == count


def test_paths_of_nobody_are_none(learner):
    assert paths_of(learner) == []


# --- Following --------------------------------------------------------------------------------


def test_following_twice_changes_nothing(guide, learner):
    first = follow(learner, guide.pk)
    assert follow(learner, guide.pk) == first
    assert Enrolment.objects.get().followed_at == first.followed_at


def test_following_again_keeps_when_it_began(guide, learner):
    first = follow(learner, guide.pk)
    learner.enrolments.leave()
    again = follow(learner, guide.pk)
    assert (again, again.left_at, again.followed_at) == (first, None, first.followed_at)


# --- What is left -----------------------------------------------------------------------------


def left_on(guide, user):
    """Return what is left for `user`: the titles of requirements and of their steps."""
    path = path_on(guide.editions.order_by("-number")[0], user)
    return [(left["title"], [step["title"] for step in left["steps"]]) for left in remaining(path)]


def test_remaining_is_everything_at_first(guide, learner):
    assert left_on(guide, learner) == [("Read", ["Read"]), ("Try", ["Try"]), ("Build", ["Build"])]


def test_remaining_leaves_out_what_is_done(guide, learner):
    say(learner, guide, "Try")
    assert left_on(guide, learner) == [("Read", ["Read"]), ("Build", ["Build"])]


def test_remaining_keeps_what_was_skipped(guide, learner):
    say(learner, guide, "Read", State.SKIPPED)
    assert left_on(guide, learner)[0] == ("Read", ["Read"])


def test_remaining_of_a_choice_names_the_open_steps_of_all_routes(learner):
    stage = StageFactory(title="Ground")
    for title, route in (("Degree", "Degree"), ("Mathematics", "Own"), ("Programming", "Own")):
        StepFactory(stage=stage, title=title, choice="Ground", route=route)
    stage.guide.publish(by=None)
    say(learner, stage.guide, "Mathematics")
    assert left_on(stage.guide, learner) == [("Ground", ["Degree", "Programming"])]


def test_remaining_names_no_retired_step(learner):
    stage = StageFactory(title="Ground")
    for route in ("Degree", "Own", "Third"):
        StepFactory(stage=stage, title=route, choice="Ground", route=route)
    stage.guide.publish(by=None)
    step_of(stage.guide, "Own").retire()
    stage.guide.publish(by=None)
    assert left_on(stage.guide, learner) == [("Ground", ["Degree", "Third"])]


def test_remaining_is_nothing_when_all_is_done(guide, learner):
    for title in ("Read", "Try", "Build"):
        say(learner, guide, title)
    assert left_on(guide, learner) == []

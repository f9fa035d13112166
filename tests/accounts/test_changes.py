"""What a new edition changes on a path for one learner."""

import pytest

from accounts.changes import changes_of, origins
from guides.progress import State
from tests.guides.documents import edition, step

DONE = State.DONE


def names(steps):
    return [entry["id"] for entry in steps]


def done(*steps):
    return dict.fromkeys(steps, DONE)


def after(before, *stages, credits=()):
    return edition(*stages, after=before, credits=credits)


# --- Steps -------------------------------------------------------------------------------------


def test_nothing_is_to_be_told_of_a_path_that_is_the_same():
    before = edition(["a", "b"])
    changes = changes_of(before, after(before, ["b"], ["a"]), done("a"))
    assert (bool(changes), changes.words, changes.why) == (False, "", "")


def test_new_steps_are_those_that_were_not_there():
    before = edition(["a"])
    assert names(changes_of(before, after(before, ["x", "a", "y"]), {}).added) == ["x", "y"]


def test_retired_steps_are_those_that_are_not_there_any_more():
    before = edition(["a", "b", "c"])
    assert names(changes_of(before, after(before, ["b"]), {}).retired) == ["a", "c"]


def test_step_that_came_back_is_new_to_who_saw_the_path_without_it():
    first = edition(["a", "b"])
    second = after(first, ["a"])
    assert names(changes_of(second, after(second, ["a", "b"]), {}).added) == ["b"]


def test_step_that_came_and_went_between_two_looks_is_nothing_to_tell():
    first = edition(["a"])
    second = after(first, ["a", "b"])
    assert not changes_of(first, after(second, ["a"]), {})


@pytest.mark.parametrize("fields", [{"title": "New"}, {"body": "New"}, {"done_when": "it is new"}])
def test_rewritten_steps_have_other_words(fields):
    before = edition(["a", "b"])
    changes = changes_of(before, after(before, [step("a", **fields), "b"]), {})
    assert (names(changes.rewritten), changes.words) == (["a"], "1 step rewritten")


@pytest.mark.parametrize("fields", [{"slug": "new"}, {"after": ["b"]}, {"effort_hours": 9}])
def test_step_with_the_same_words_is_not_rewritten(fields):
    before = edition(["a", "b"])
    assert not changes_of(before, after(before, [step("a", **fields), "b"]), {})


@pytest.mark.parametrize("fields", [{"optional": True}, {"choice": "one", "route": "x"}])
def test_step_that_is_asked_for_in_another_way_is_told(fields):
    before = edition(["a", "b"])
    changes = changes_of(before, after(before, [step("a", **fields), "b"]), {})
    assert (names(changes.asked), changes.words) == (["a"], "1 step asked for in another way")


def test_words_count_each_kind():
    before = edition(["a", "b", "c", "d"])
    new = after(before, [step("a", title="New"), step("b", optional=True), "c", "x", "y"])
    words = "2 new steps, 1 retired, 1 rewritten, 1 asked for in another way"
    assert changes_of(before, new, {}).words == words


# --- Credit ------------------------------------------------------------------------------------


def counted(changes):
    return [(entry.step["id"], entry.done) for entry in changes.counted]


def test_step_that_counts_from_a_retired_one_is_told():
    before = edition(["a", "b"])
    new = after(before, ["x", "y", "b"], credits=[{"old": ["a"], "new": ["x", "y"]}])
    assert counted(changes_of(before, new, done("a"))) == [("x", ("A",)), ("y", ("A",))]
    assert counted(changes_of(before, new, {})) == []


def test_step_that_counts_from_several_names_them_all():
    before = edition(["a", "b"])
    new = after(before, ["x"], credits=[{"old": ["a", "b"], "new": ["x"]}])
    assert counted(changes_of(before, new, done("a", "b"))) == [("x", ("A", "B"))]
    assert counted(changes_of(before, new, done("a"))) == []


def test_step_that_counts_by_a_detour_names_what_the_learner_did():
    first = edition(["a", "b"])
    old_to_mid, mid_to_new = {"old": ["a"], "new": ["m"]}, {"old": ["m"], "new": ["x"]}
    second = after(first, ["m", "b"], credits=[old_to_mid])
    third = after(second, ["x", "b"], credits=[old_to_mid, mid_to_new])
    assert counted(changes_of(first, third, done("a"))) == [("x", ("A",))]


def test_step_that_counted_before_is_not_told_again():
    first = edition(["a", "b"])
    credit = {"old": ["a"], "new": ["x"]}
    second = after(first, ["x", "b"], credits=[credit])
    assert counted(changes_of(second, after(second, ["x", "b", "c"], credits=[credit]), done("a"))) == []


def test_step_that_the_learner_did_does_not_count_from_another():
    before = edition(["a", "b"])
    new = after(before, ["a", "b"], credits=[{"old": ["a"], "new": ["b"]}])
    assert not changes_of(before, new, done("a", "b"))


def test_credit_alone_is_told():
    before = edition(["a", "b"])
    new = after(before, ["a", "b"], credits=[{"old": ["a"], "new": ["b"]}])
    assert changes_of(before, new, done("a")).words == "1 step counted from what you did"


def test_origins_of_a_step_that_was_done_are_itself():
    assert origins("a", {}) == ["a"]


def test_origins_go_through_all_that_was_counted_on_the_way():
    assert origins("x", {"x": ("m", "n"), "m": ("a",), "n": ("a", "b")}) == ["a", "b"]


# --- The percent -------------------------------------------------------------------------------


def percents(changes):
    return changes.was, changes.percent, changes.why


def test_percent_falls_when_the_path_asks_for_more():
    before = edition(["a", "b"])
    changes = changes_of(before, after(before, ["a", "b", "c"]), done("a"))
    assert percents(changes) == (50, 33, "the path has 1 more requirement")


def test_percent_rises_when_the_path_asks_for_less():
    before = edition(["a", "b", "c", "d"])
    changes = changes_of(before, after(before, ["a", "b"]), done("a"))
    assert percents(changes) == (25, 50, "the path has 2 fewer requirements")


def test_percent_rises_by_what_is_counted():
    before = edition(["a", "b", "c"])
    new = after(before, ["a", "b", "c"], credits=[{"old": ["a"], "new": ["b"]}])
    assert percents(changes_of(before, new, done("a"))) == (33, 66, "you meet 1 more")


def test_percent_names_both_reasons():
    before = edition(["a", "b"])
    new = after(before, ["x", "y", "z", "b"], credits=[{"old": ["a"], "new": ["x", "y", "z"]}])
    why = "the path has 2 more requirements, and you meet 2 more"
    assert percents(changes_of(before, new, done("a"))) == (50, 75, why)


def test_percent_falls_when_what_was_met_is_optional_now():
    before = edition(["a", "b"])
    changes = changes_of(before, after(before, [step("a", optional=True), "b"]), done("a"))
    why = "the path has 1 fewer requirement, and 1 that you had met is no longer asked for"
    assert percents(changes) == (50, 0, why)


def test_percent_that_stays_needs_no_reason():
    before = edition(["a", "b"])
    assert percents(changes_of(before, after(before, ["a", "x"]), {})) == (0, 0, "")


def test_percent_stays_when_a_step_that_was_done_is_retired():
    before = edition(["a", "b"])
    assert percents(changes_of(before, after(before, ["b"]), done("a"))) == (50, 50, "")

"""Which steps of two paths are the same."""

import pytest

from guides.sameness import likes_of, pairs_of, same_steps


def credit(old, new):
    return {"old": list(old), "new": list(new)}


def test_records_of_one_and_one_are_pairs():
    credits = [credit("a", "b"), credit("c", "de"), credit("fg", "h")]
    assert pairs_of(credits) == [("a", "b")]


@pytest.mark.parametrize(
    ("pairs", "same"),
    [
        ([], {}),
        ([("a", "x")], {"a": "x"}),
        ([("x", "a")], {"a": "x"}),
        ([("a", "m"), ("x", "m")], {"a": "x"}),  # through a step of a third guide
        ([("a", "m"), ("n", "x")], {}),
        ([("a", "x"), ("b", "y"), ("a", "x")], {"a": "x", "b": "y"}),
    ],
)
def test_steps_are_the_same_through_any_number_of_pairs(pairs, same):
    assert same_steps(["a", "b"], ["x", "y"], pairs) == same


def test_step_of_both_paths_is_the_same_without_a_record():
    assert same_steps(["a", "b"], ["b"], []) == {"b": "b"}


def test_likes_stand_for_each_other():
    likes = likes_of([("a", "b"), ("c", "d"), ("d", "a")])
    assert len({likes[step] for step in "abcd"}) == 1

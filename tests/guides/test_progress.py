"""Progress is pure: these tests need no database."""

import copy
import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guides.checks import findings_of
from guides.document import Document
from guides.history import live_steps
from guides.progress import NEXT, Progress, State, progress_of
from guides.requirements import hours_of, requirements_of
from tests.guides.documents import content as content_of
from tests.guides.documents import edition as document_of
from tests.guides.documents import step as step_of
from tests.guides.histories import VERBS, History, histories_with_sayings

WITHOUT_CREDIT = [verb for verb in VERBS if verb not in ("replace", "split", "merge", "credit")]
# Without steps that leave their choice: those may count twice, in a past route and by themselves.
STEADY = [verb for verb in VERBS if verb not in ("back", "choose", "ungroup", "credit")]
DONE, TODO, DOING, SKIPPED = State.DONE, State.TODO, State.DOING, State.SKIPPED


def done_on(document: Document, said: dict[str, State]) -> set[str]:
    progress = progress_of(document, said)
    return {step for step, state in progress.states.items() if state == DONE}


def choice(name: str, route: str, **given):
    return step_of(name, choice="choice", route=route, **given)


# --- Requirements ------------------------------------------------------------------------------


def test_percent_of_an_untouched_path_is_zero():
    progress = progress_of(document_of([step_of("a"), step_of("b")]), {})

    assert (progress.percent, progress.met, progress.total) == (0, 0, 2)


def test_percent_is_the_floor():
    document = document_of([step_of("a"), step_of("b"), step_of("c")])

    assert progress_of(document, {"a": DONE}).percent == 33
    assert progress_of(document, {"a": DONE, "b": DONE}).percent == 66


def test_percent_of_a_path_that_is_done_is_a_hundred():
    progress = progress_of(document_of([step_of("a")], [step_of("b")]), {"a": DONE, "b": DONE})

    assert (progress.percent, progress.remaining, progress.next) == (100, (), ())


def test_optional_steps_are_no_requirements():
    document = document_of([step_of("a"), step_of("b", optional=True)])

    assert progress_of(document, {"a": DONE}).percent == 100
    assert progress_of(document, {"b": DONE}).percent == 0


@pytest.mark.parametrize(
    ("done", "percent"),
    [(["x"], 100), (["y1"], 0), (["y1", "y2"], 100), (["x", "y1", "y2"], 100)],
)
def test_choice_is_met_by_one_complete_route(done, percent):
    document = document_of([choice("x", "short"), choice("y1", "long"), choice("y2", "long")])

    assert progress_of(document, dict.fromkeys(done, DONE)).percent == percent


def test_skipped_step_leaves_next_and_stays_in_remaining():
    progress = progress_of(document_of([step_of("a"), step_of("b")]), {"a": SKIPPED})

    assert progress.next == ("b",)
    assert [requirement.title for requirement in progress.remaining] == ["A", "B"]


def test_choice_is_named_by_its_own_title_in_remaining():
    progress = progress_of(document_of([choice("x", "short"), choice("y", "long")]), {})

    assert [requirement.title for requirement in progress.remaining] == ["choice"]


def test_hours_are_those_of_the_shortest_way():
    stages = content_of(
        [
            step_of("a", effort_hours=5),
            step_of("b", effort_hours=None),
            step_of("c", effort_hours=100, optional=True),
            choice("x", "short", effort_hours=20),
            choice("y", "long", effort_hours=30),
        ]
    )["stages"]

    assert hours_of(stages) == 25


# --- Next --------------------------------------------------------------------------------------


def test_next_begins_with_what_is_in_hand():
    progress = progress_of(document_of([step_of("a"), step_of("b")], [step_of("c")]), {"c": DOING})

    assert progress.next == ("c", "a", "b")


def test_next_puts_off_what_should_come_later():
    document = document_of([step_of("a", after=["b"]), step_of("b")])

    assert progress_of(document, {}).next == ("b", "a")
    assert progress_of(document, {"b": SKIPPED}).next == ("a",)


def test_next_proposes_the_beginning_of_each_route_then_the_route_begun():
    document = document_of([choice("x", "short"), choice("y1", "long"), choice("y2", "long")])

    assert progress_of(document, {}).next == ("x", "y1")
    assert progress_of(document, {"y1": DONE}).next == ("y2",)


def test_next_of_a_met_choice_does_not_ask_for_its_other_routes():
    document = document_of([choice("x", "short"), choice("y", "long")], [step_of("z", after=["y"])])

    assert progress_of(document, {"x": DONE}).next == ("z",)


def test_next_proposes_optional_steps_when_nothing_is_left():
    document = document_of([step_of("a"), step_of("b", optional=True)])

    assert progress_of(document, {}).next == ("a",)
    assert progress_of(document, {"a": DONE}).next == ("b",)


# --- Credit ------------------------------------------------------------------------------------


def test_credit_counts_in_both_directions():
    document = document_of([step_of("a"), step_of("b")], credits=[{"old": ["a"], "new": ["b"]}])

    assert done_on(document, {"a": DONE}) == {"a", "b"}
    assert done_on(document, {"b": DONE}) == {"a", "b"}


def test_credit_says_what_a_step_is_counted_from():
    document = document_of([step_of("a"), step_of("b")], credits=[{"old": ["a"], "new": ["b"]}])

    assert dict(progress_of(document, {"a": DONE}).counted_from) == {"b": ("a",)}


def test_credit_of_a_merge_asks_for_all_of_the_old_steps():
    document = document_of([step_of("n")], credits=[{"old": ["a", "b"], "new": ["n"]}])

    assert progress_of(document, {"a": DONE}).percent == 0
    assert progress_of(document, {"a": DONE, "b": DONE}).percent == 100


@pytest.mark.parametrize("own", [TODO, DOING, SKIPPED])
def test_own_word_stands_over_credit(own):
    document = document_of([step_of("a"), step_of("b")], credits=[{"old": ["a"], "new": ["b"]}])

    progress = progress_of(document, {"a": DONE, "b": own})

    assert (progress.state("b"), progress.percent) == (own, 50)


def test_credit_in_a_circle_ends_and_gives_nothing_by_itself():
    credits = [{"old": ["a"], "new": ["b"]}, {"old": ["b"], "new": ["c"]}, {"old": ["c"], "new": ["a"]}]
    document = document_of([step_of("a"), step_of("b"), step_of("c")], credits=credits)

    assert done_on(document, {}) == set()
    assert done_on(document, {"b": DONE}) == {"a", "b", "c"}


# --- Retired steps -----------------------------------------------------------------------------


def after(document: Document, *stages, credits=()) -> Document:
    return document_of(*stages, after=document, credits=credits)


def standing(progress: Progress) -> tuple[int, int]:
    return progress.met, progress.total


def test_retired_step_stays_a_met_requirement_of_who_did_it():
    later = after(document_of([step_of("a"), step_of("b")]), [step_of("b")])

    assert standing(progress_of(later, {"a": DONE})) == (1, 2)
    assert standing(progress_of(later, {})) == (0, 1)


def test_replaced_step_and_its_successor_count_once():
    credits = [{"old": ["a"], "new": ["n"]}]
    later = after(document_of([step_of("a"), step_of("b")]), [step_of("n"), step_of("b")], credits=credits)

    assert standing(progress_of(later, {"a": DONE})) == (1, 2)


def test_replaced_step_counts_again_when_the_learner_declines_the_credit():
    credits = [{"old": ["a"], "new": ["n"]}]
    later = after(document_of([step_of("a"), step_of("b")]), [step_of("n"), step_of("b")], credits=credits)

    assert standing(progress_of(later, {"a": DONE, "n": TODO})) == (1, 3)


def test_successors_in_a_row_count_once():
    credits = [{"old": ["a"], "new": ["n"]}, {"old": ["n"], "new": ["m"]}]
    second = after(
        document_of([step_of("a"), step_of("b")]), [step_of("n"), step_of("b")], credits=credits[:1]
    )
    third = after(second, [step_of("m"), step_of("b")], credits=credits)
    fourth = after(third, [step_of("b")], credits=credits)

    assert [standing(progress_of(each, {"a": DONE})) for each in (second, third, fourth)] == [(1, 2)] * 3


def test_half_done_merge_keeps_what_was_done():
    credits = [{"old": ["a", "b"], "new": ["n"]}]
    later = after(document_of([step_of("a"), step_of("b")]), [step_of("n")], credits=credits)

    assert standing(progress_of(later, {"a": DONE})) == (1, 2)
    assert standing(progress_of(later, {"a": DONE, "b": DONE})) == (1, 1)


def test_retired_route_still_serves_its_choice():
    first = document_of([choice("x", "one"), choice("y", "two"), choice("z", "three")])
    later = after(first, [choice("y", "two"), choice("z", "three")])

    assert progress_of(later, {"x": DONE}).percent == 100


def test_retired_route_that_was_half_done_counts_for_nothing():
    first = document_of([choice("x1", "one"), choice("x2", "one"), choice("y", "two"), choice("z", "three")])
    later = after(first, [choice("y", "two"), choice("z", "three")])

    assert standing(progress_of(later, {"x1": DONE})) == (0, 1)


def test_route_that_lost_a_step_is_complete_without_it():
    first = document_of([choice("x1", "one"), choice("x2", "one"), choice("y", "two")])
    later = after(first, [choice("x2", "one"), choice("y", "two")])

    assert progress_of(later, {"x2": DONE}).percent == 100


def test_steps_that_counted_side_by_side_go_on_doing_so_when_one_retires():
    credits = [{"old": ["a"], "new": ["n"]}]
    first = document_of([step_of("a"), step_of("n"), step_of("b")], credits=credits)
    later = after(first, [step_of("n"), step_of("b")], credits=credits)

    assert standing(progress_of(first, {"a": DONE})) == (2, 3)
    assert standing(progress_of(later, {"a": DONE})) == (2, 3)


def test_step_put_back_is_an_ordinary_requirement_again():
    second = after(document_of([step_of("a"), step_of("b")]), [step_of("b")])
    third = after(second, [step_of("a"), step_of("b")])

    assert standing(progress_of(third, {"a": DONE})) == (1, 2)
    assert third["past_requirements"] == []
    assert third["since"] == {"a": 3, "b": 1}  # since it is on the path again


def test_step_put_back_in_place_of_its_replacement_counts_once():
    credits = [{"old": ["a"], "new": ["n"]}]
    second = after(document_of([step_of("a"), step_of("b")]), [step_of("n"), step_of("b")], credits=credits)
    third = after(second, [step_of("a"), step_of("b")], credits=credits)

    assert standing(progress_of(third, {"a": DONE})) == (1, 2)
    assert standing(progress_of(third, {"n": DONE})) == (1, 2)


def test_step_replaced_by_an_optional_one_goes_on_counting():
    credits = [{"old": ["a"], "new": ["n"]}]
    later = after(
        document_of([step_of("a"), step_of("b")]),
        [step_of("n", optional=True), step_of("b")],
        credits=credits,
    )

    assert standing(progress_of(later, {"a": DONE})) == (1, 2)


def test_step_replaced_outside_its_choice_counts_once():
    first = document_of([choice("x", "one"), choice("y", "two"), choice("z", "three")])
    credits = [{"old": ["x"], "new": ["n"]}]
    later = after(first, [choice("y", "two"), choice("z", "three")], [step_of("n")], credits=credits)

    assert standing(progress_of(later, {"x": DONE})) == (1, 2)


def test_longer_route_in_place_of_a_completed_one_asks_for_nothing_more():
    credits = [{"old": ["x"], "new": ["n"]}]
    later = after(
        document_of([choice("x", "one"), choice("y", "two")]),
        [choice("n", "one"), choice("m", "one"), choice("y", "two")],
        credits=credits,
    )

    assert progress_of(later, {"x": DONE}).percent == 100


def test_choice_that_was_met_by_a_replaced_route_goes_on_counting_when_it_is_retired():
    credits = [{"old": ["x"], "new": ["n"]}]
    first = document_of([choice("x", "one"), choice("y", "two"), choice("z", "three")], [step_of("b")])
    second = after(
        first,
        [choice("n", "one"), choice("y", "two"), choice("z", "three")],
        [step_of("b")],
        credits=credits,
    )
    third = after(second, [step_of("b")], credits=credits)

    assert [standing(progress_of(each, {"x": DONE})) for each in (second, third)] == [(1, 2)] * 2


def test_steps_merged_into_a_route_are_not_lost_when_the_route_is_shortened():
    credits = [{"old": ["a", "b"], "new": ["n"]}]
    others = [step_of(f"o{number}") for number in range(8)]
    ground = [choice("n", "one"), choice("m", "one"), choice("y", "two")]
    second = after(document_of([step_of("a"), step_of("b"), *others]), ground, others, credits=credits)
    third = after(second, [ground[0], ground[2]], others, credits=credits)
    said = {"a": DONE, "b": DONE}

    assert progress_of(third, said).percent >= progress_of(second, said).percent


# --- What always holds -------------------------------------------------------------------------


@given(histories_with_sayings())
def test_percent_is_from_0_to_100_and_100_means_all(drawn):
    history, said = drawn
    for document in history.editions:
        progress = progress_of(document, said)

        assert 0 <= progress.met <= progress.total
        assert progress.percent == 100 * progress.met // progress.total
        assert (progress.percent == 100) == (not progress.remaining)


@given(histories_with_sayings())
def test_doing_one_route_of_each_requirement_reaches_exactly_100(drawn):
    history, said = drawn
    for document in history.editions:
        for requirement in requirements_of(document["stages"]):
            said |= dict.fromkeys(requirement.routes[-1], DONE)

        assert progress_of(document, said).percent == 100


@given(histories_with_sayings())
def test_no_edition_takes_a_done_step_away(drawn):
    history, said = drawn
    ever = [done_on(document, said) for document in history.editions]

    assert all(before <= later for before, later in itertools.pairwise(ever))


@given(histories_with_sayings())
def test_retiring_lowers_nobodys_percent(drawn):
    history, said = drawn
    percents = [progress_of(document, said).percent for document in history.editions]
    for verb, before, later in zip(history.verbs[1:], percents, percents[1:], strict=False):
        assert verb not in ("retire", "retire choice", "rename", "move") or later >= before


def pick(data, steps):
    assume(steps)
    return data.draw(st.sampled_from(steps))


def standing_after(history: History, said: dict[str, State]) -> tuple[int, int]:
    history.publish("test")
    return standing(progress_of(history.editions[-1], said))


@given(histories_with_sayings(STEADY), st.data())
def test_replacing_a_step_changes_nobodys_standing(drawn, data):
    history, said = drawn
    before = standing(progress_of(history.editions[-1], said))
    history.replace([pick(data, history.live())], 1)

    assert standing_after(history, said) == before


@given(histories_with_sayings(STEADY), st.data())
def test_taking_a_replacement_back_changes_nobodys_standing(drawn, data):
    history, said = drawn
    before = standing(progress_of(history.editions[-1], said))
    old = pick(data, history.plain())
    (new,) = history.replace([old], 1)
    history.publish("replace")
    history.retire(new)
    history.content["stages"][0]["steps"].append(old)

    assert standing_after(history, said) == before


@given(histories_with_sayings(STEADY), st.data())
def test_split_step_counts_for_each_part(drawn, data):
    history, said = drawn
    progress = progress_of(history.editions[-1], said)
    old = pick(data, history.plain())
    history.replace([old], 2)

    was_done = progress.state(old["id"]) == DONE
    assert standing_after(history, said) == (progress.met + was_done, progress.total + 1)


@given(histories_with_sayings(STEADY), st.data())
def test_merged_steps_count_once(drawn, data):
    history, said = drawn
    progress = progress_of(history.editions[-1], said)
    old = pick(data, list(itertools.combinations(history.plain(), 2)))
    history.replace(list(old), 1)

    were_done = all(progress.state(step["id"]) == DONE for step in old)
    assert standing_after(history, said)[0] == progress.met - were_done


@given(histories_with_sayings(WITHOUT_CREDIT), st.data())
def test_putting_back_what_was_just_retired_changes_nobodys_standing(drawn, data):
    history, said = drawn
    before = standing(progress_of(history.editions[-1], said))
    content = copy.deepcopy(history.content)
    history.retire(pick(data, history.live()))
    assume(not findings_of(history.content))
    history.publish("retire")
    history.content = content

    assert standing_after(history, said) == before


@given(histories_with_sayings(("retire", "replace", "rename")))
def test_retiring_and_replacing_lower_nobody_who_does_not_decline(drawn):
    history, said = drawn
    kept = {step: state for step, state in said.items() if state == DONE}
    percents = [progress_of(document, kept).percent for document in history.editions]

    assert percents == sorted(percents)


@given(histories_with_sayings())
def test_next_names_steps_of_the_path_that_are_open(drawn):
    history, said = drawn
    for document in history.editions:
        progress = progress_of(document, said)

        assert len(progress.next) == len(set(progress.next)) <= NEXT
        assert set(progress.next) <= live_steps(document)
        assert {progress.state(step) for step in progress.next} <= {TODO, DOING}


@given(histories_with_sayings(), st.sampled_from(list(State)))
def test_own_word_is_the_effective_state(drawn, state):
    history, said = drawn
    step = history.live()[0]["id"]

    assert progress_of(history.editions[-1], said | {step: state}).state(step) == state


@given(histories_with_sayings(WITHOUT_CREDIT))
def test_more_done_steps_never_lower_the_percent(drawn):
    history, said = drawn
    document = history.editions[-1]
    for step in sorted(live_steps(document)):
        before = progress_of(document, said).percent
        said |= {step: DONE}

        assert progress_of(document, said).percent >= before


@given(histories_with_sayings(), st.data())
def test_skipped_required_step_is_not_next_and_remains(drawn, data):
    history, said = drawn
    step = pick(data, history.plain())["id"]
    progress = progress_of(history.editions[-1], said | {step: SKIPPED})

    assert step not in progress.next
    assert step in {requirement.key for requirement in progress.remaining}


@given(histories_with_sayings())
def test_next_names_something_while_a_requirement_is_open(drawn):
    history, said = drawn
    said = {step: state for step, state in said.items() if state in (DONE, DOING)}
    progress = progress_of(history.editions[-1], said)

    assert bool(progress.next) or progress.remaining == ()


@given(histories_with_sayings())
def test_credit_gives_the_least_that_its_records_ask_for(drawn):
    history, said = drawn
    document = history.editions[-1]
    grounded = {step for step, state in said.items() if state == DONE}
    for step, sources in progress_of(document, said).counted_from.items():  # in the order of their finding
        assert grounded.issuperset(sources)
        grounded.add(step)

    records = [(credit["old"], credit["new"]) for credit in document["credits"]]
    for have, gives in [*records, *((new, old) for old, new in records)]:
        assert not grounded.issuperset(have) or grounded.issuperset(set(gives) - said.keys())

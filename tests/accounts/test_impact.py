"""What an edition would mean for those who follow its path."""

import json
import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.impact import impact_of
from accounts.impact.changes import OTHERWISE, Changes
from accounts.impact.components import components_of
from accounts.impact.figures import CreditFigures, StepFigures
from accounts.impact.measuring import standings_of
from accounts.impact.patterns import Group
from accounts.models import Enrolment, StepState, User
from guides.document import CreditDocument, Document, steps_of, titles_of
from guides.history import live_steps
from guides.models import Guide, Step
from guides.progress import State, progress_of
from tests.factories import GuideFactory
from tests.guides.documents import edition as document_of
from tests.guides.documents import step as step_of
from tests.guides.histories import FOREIGN, histories, sayings

DONE, TODO, DOING, SKIPPED = State.DONE, State.TODO, State.DOING, State.SKIPPED
NAMES = [*"abcdefghijklmnopqrstuvwxyz", *(f"s{number}" for number in range(1, 81)), *FOREIGN]


def id_of(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def stored(document: Document) -> Document:
    """Return `document` with the ids of stored steps in the place of names."""
    text = re.sub(r'"([a-z]|[sf]\d+)"', lambda found: f'"{id_of(found[1])}"', json.dumps(document))
    return json.loads(text)


@dataclass
class World:
    """A guide whose steps may be anything that tests name, and people."""

    guide: Guide

    def say(self, *everybody: dict[str, State], follow: bool = True, left: bool = False) -> None:
        """Store learners, a new one for each of the words; they follow the path if not said otherwise."""
        now = timezone.now()
        users = User.objects.bulk_create(User(email=f"{uuid.uuid4()}@example.org") for _ in everybody)
        if follow:
            Enrolment.objects.bulk_create(
                Enrolment(user=user, guide=self.guide, left_at=now if left else None) for user in users
            )
        StepState.objects.bulk_create(
            StepState(user=user, step_id=id_of(name), state=state, changed_at=now)
            for user, said in zip(users, everybody, strict=True)
            for name, state in said.items()
        )

    def forget(self) -> None:
        """Remove what all learners said, and whom they follow."""
        StepState.objects.all().delete()
        Enrolment.objects.all().delete()

    def impact(self, before: Document | None, after: Document, **options):
        return impact_of(self.guide, before and stored(before), stored(after), **options)


@pytest.fixture
def world(db):
    guide = GuideFactory()
    retired_at = timezone.now()
    Step.objects.bulk_create(
        Step(pk=id_of(name), guide=guide, slug=name, title=name.upper(), retired_at=retired_at)
        for name in NAMES
    )
    return World(guide)


def credit(old: str, new: str) -> CreditDocument:
    """Return a credit record; each letter is a step."""
    return {"old": [*old], "new": [*new]}


def done(names: Iterable[str]) -> dict[str, State]:
    return dict.fromkeys(names, DONE)


# --- The same as asking everybody -------------------------------------------------------------


@given(st.data())
def test_impact_is_that_of_asking_each_learner(world, data):
    history = data.draw(histories())
    before, after = (data.draw(st.sampled_from(history.editions)) for _ in range(2))
    everybody = data.draw(st.lists(sayings(history), max_size=5))
    everybody += [done(live_steps(edition)) for edition in history.editions]
    world.forget()
    world.say(*everybody)
    world.say(data.draw(sayings(history)), left=True)
    world.say(data.draw(sayings(history)), follow=False)

    impact = world.impact(before, after)

    stood = [(progress_of(before, said), progress_of(after, said)) for said in everybody]
    each = Counter((had.percent, have.percent) for had, have in stood)
    assert impact.changes == {change: count for change, count in each.items() if change[0] != change[1]}
    assert (impact.followers, impact.worked_out) == (len(everybody), len(everybody))
    figures = impact.figures
    assert figures.retired == told(steps_of(before), [had for had, _ in stood], unless=steps_of(after))
    assert figures.required == told(required(after), [have for _, have in stood], unless=required(before))
    assert set(figures.counted) == counted(after, stood)


def told(steps, stood, *, unless):
    known = {step["id"] for step in unless}
    return tuple(
        StepFigures(
            title=step["title"],
            done=sum(progress.state(step["id"]) == DONE for progress in stood),
            doing=sum(progress.state(step["id"]) == DOING for progress in stood),
        )
        for step in steps
        if step["id"] not in known
    )


def required(document):
    return [step for step in steps_of(document) if not step["optional"]]


def counted(after, stood):
    given_anew = Counter(
        (step, sources)
        for had, have in stood
        for step, sources in have.counted_from.items()
        if step not in had.counted_from
    )
    titles = defaultdict(lambda: "a step of another guide", titles_of(after))
    return {
        CreditFigures(titles[step], tuple(titles[source] for source in sources), learners)
        for (step, sources), learners in given_anew.items()
        if step in live_steps(after)
    }


@given(st.data())
def test_every_fall_and_rise_has_a_reason(world, data):
    history = data.draw(histories())
    before, after = data.draw(st.sampled_from([*pairwise(history.editions)] or [history.editions * 2]))
    world.forget()
    world.say(done(live_steps(before)), *(done([step]) for step in live_steps(before)))

    reasons = [reason for shift in world.impact(before, after).shifts for reason in shift.reasons]

    assert OTHERWISE not in reasons


# --- Queries ----------------------------------------------------------------------------------


@pytest.mark.parametrize("learners", [1, 3])
@pytest.mark.parametrize("steps", [3, 60])
def test_impact_costs_two_queries(world, django_assert_num_queries, learners, steps):
    names = [f"s{number}" for number in range(1, steps + 1)]
    before = document_of(names)
    after = document_of(names[1:], after=before)
    world.say(*[done(names[:2])] * learners)
    with django_assert_num_queries(2):  # who follows, and what they said
        impact = world.impact(before, after)
    assert impact.figures.retired == (StepFigures("S1", learners, 0),)


def test_impact_of_new_words_alone_costs_one_query(world, django_assert_num_queries):
    before = document_of(["a", "b"])
    after = document_of([step_of("b", title="Renamed"), "a"], after=before)
    world.say(done("a"))
    with django_assert_num_queries(1):  # who follows
        impact = world.impact(before, after)
    assert (impact.worked_out, impact.summary) == (
        1,
        "1 learner follows this path. Nobody's percent changes.",
    )


# --- Who is counted ---------------------------------------------------------------------------


def test_those_who_left_or_never_followed_are_not_counted(world):
    before = document_of(["a", "b"])
    world.say(done("a"), left=True)
    world.say(done("a"), follow=False)
    impact = world.impact(before, document_of(["b"], after=before))
    assert (impact.summary, impact.figures.retired) == (
        "Nobody follows this path.",
        (StepFigures("A", 0, 0),),
    )


def test_only_the_largest_groups_are_worked_out(world):
    before = document_of(["a", "b", "c"])
    world.say(done("a"), done("a"), done("bc"), {})
    impact = world.impact(before, document_of(["a", "b", "c", "d"], after=before), groups=1)
    assert (impact.followers, impact.worked_out, impact.changes) == (4, 3, {(33, 25): 2})
    assert impact.followed == "4 learners follow this path; what it means was worked out for 3 of them."


def test_what_is_not_known_of_everybody_is_not_said_of_everybody(world):
    before = document_of(["a", "b"])
    world.say(done("a"), done("a"), done("b"), {})
    assert world.impact(before, document_of(["b"], after=before), groups=1).summary == (
        "4 learners follow this path; what it means was worked out for 3 of them. "
        "2 completed “A”, which you retire: they keep it, and nobody's percent falls among these."
    )


def test_component_with_too_many_patterns_is_measured_in_part():
    before = document_of(["a", "b"])
    components = components_of(before, document_of(["a"], after=before))[:1]
    groups = [
        Group(0, 0, pattern, learners) for pattern, learners in ((1, 5), (0, 3), (1, 2), (2, 1), (0, 1))
    ]
    assert standings_of(components, groups, plain=1, patterns=2).learners == 10


def test_guide_may_be_given_by_its_id(world):
    world.say(done("a"))
    document = stored(document_of(["a"]))
    assert impact_of(world.guide.pk, document, document).followers == 1


def test_first_edition_raises_those_who_did_its_steps(world):
    world.say(done("a"), {})
    impact = world.impact(None, document_of(["a", "b"]))
    assert impact.changes == {(0, 50): 1}


def test_patterns_of_more_steps_than_a_number_holds_are_told_apart(world):
    names = [f"s{number}" for number in range(1, 41)]
    steps = [step_of(name, choice="choice", route=f"route {place // 20}") for place, name in enumerate(names)]
    before = document_of(steps, ["a"])
    after = document_of(steps[1:], ["a"], after=before)
    world.say(done(names[:20]), done(names[1:20]), done(names[20:]), done(names[20:39]))
    assert world.impact(before, after).changes == {(0, 50): 1}


def test_what_was_kept_of_an_earlier_edition_counts_before_and_after(world):
    first = document_of(["a", "b", "c"])
    before = document_of(["b", "c"], after=first)
    world.say(done("ab"), done("b"))
    assert world.impact(before, document_of(["b", "c", "d"], after=before)).changes == {
        (66, 50): 1,
        (50, 33): 1,
    }


# --- Steps ------------------------------------------------------------------------------------


def test_retired_step_says_who_did_it_and_who_is_doing_it(world):
    before = document_of(["a", step_of("b", optional=True)], ["c"])
    after = document_of(["c"], after=before)
    world.say(done("ab"), {"a": DOING, "b": SKIPPED}, {"a": TODO, "b": DOING}, {})
    impact = world.impact(before, after)
    assert impact.figures.retired == (StepFigures("A", 1, 1), StepFigures("B", 1, 1))
    assert impact.of_steps == [
        "“A” leaves the path: 1 completed it and keep it, 1 is in the midst of it.",
        "“B” leaves the path: 1 completed it and keep it, 1 is in the midst of it.",
    ]


def test_retired_step_that_nobody_did_says_so(world):
    before = document_of(["a", "b"])
    world.say(done("b"))
    impact = world.impact(before, document_of(["b"], after=before))
    assert impact.of_steps == ["“A” leaves the path: nobody completed it."]


def test_step_that_credit_gave_is_kept_when_it_is_retired(world):
    first = document_of(["a", "z"])
    before = document_of(["b", "z"], after=first, credits=[credit("a", "b")])
    after = document_of(["c", "z"], after=before, credits=[credit("a", "b"), credit("b", "c")])
    world.say(done("a"), done("b"))
    assert world.impact(before, after).figures.retired == (StepFigures("B", 2, 0),)


def test_newly_required_step_says_who_did_it_already(world):
    before = document_of(["a", step_of("b", optional=True)])
    world.say(done("b"), done("ab"), {"b": DOING})
    impact = world.impact(before, document_of(["a", "b", "c"], after=before))
    assert impact.of_steps == [
        "“B” is required now: 2 have done it already, 1 is in the midst of it.",
        "“C” is required now: nobody has done it already.",
    ]


def test_steps_that_credit_gives_say_what_they_are_counted_from(world):
    before = document_of(["a", "b", "z"])
    after = document_of(["c", "z"], after=before, credits=[credit("ab", "c")])
    world.say(done("ab"), done("ab"), done("a"))
    impact = world.impact(before, after)
    assert impact.figures.counted == (CreditFigures("C", ("A", "B"), 2),)
    assert impact.of_steps[-1] == "2 learners get “C” counted from “A” and “B”."


def test_step_that_credit_gave_before_is_not_told_again(world):
    before = document_of(["a", "b", "z"], credits=[credit("a", "b")])
    after = document_of(["a", "b", "c", "z"], after=before, credits=[credit("a", "b"), credit("b", "c")])
    world.say(done("a"))
    assert world.impact(before, after).figures.counted == (CreditFigures("C", ("B",), 1),)


def test_step_of_another_guide_is_called_so(world):
    before = document_of(["a", "z"])
    after = document_of(["a", "z"], after=before, credits=[credit(["f1"], "a")])
    world.say({"f1": DONE})
    assert world.impact(before, after).of_steps == [
        "1 learner gets “A” counted from “a step of another guide”."
    ]


# --- Percents ---------------------------------------------------------------------------------


def because(impact):
    """Return the reasons of what falls, and of what rises."""
    return list(impact.falls.reasons), list(impact.rises.reasons)


def test_retired_step_raises_those_who_had_not_done_it(world):
    before = document_of(["a", "b", "c"])
    world.say(done("a"), done("b"))
    impact = world.impact(before, document_of(["b", "c"], after=before))
    assert impact.changes == {(33, 50): 1}
    assert because(impact) == ([], ["“A” is no longer asked for"])


def test_required_step_lowers_those_who_have_not_done_it(world):
    before = document_of(["a", step_of("b", optional=True)])
    world.say(done("a"), done("b"))
    impact = world.impact(before, document_of(["a", "b"], after=before))
    assert impact.changes == {(100, 50): 1, (0, 50): 1}
    assert because(impact) == (
        ["the path asks for more: “B” is required now"],
        ["what they have done counts now: “B” is required"],
    )


def test_step_made_optional_lowers_those_who_have_done_it(world):
    before = document_of(["a", "b", "c"])
    world.say(done("ab"), done("a"))
    impact = world.impact(before, document_of(["a", step_of("b", optional=True), "c"], after=before))
    assert impact.changes == {(66, 50): 1, (33, 50): 1}
    assert because(impact) == (
        ["“B” is optional now and no longer counts as one of the requirements"],
        ["“B” is optional now"],
    )


def test_steps_made_optional_are_told_together(world):
    before = document_of(["a", "b", "c"])
    after = document_of([step_of("a", optional=True), step_of("b", optional=True), "c"], after=before)
    world.say(done("ab"))
    assert because(world.impact(before, after)) == (
        ["“A” and “B” are optional now and no longer count as requirements"],
        [],
    )


def test_merged_steps_lower_those_who_did_both(world):
    before = document_of(["a", "b", "y", "z"])
    after = document_of(["c", "y", "z"], after=before, credits=[credit("ab", "c")])
    world.say(done("aby"), done("a"))
    impact = world.impact(before, after)
    assert impact.changes == {(75, 66): 1}
    assert because(impact) == (["“A” and “B”, which were two, are one now: “C”"], [])


def test_step_retired_for_another_that_stays_gives_both_reasons(world):
    before = document_of(["a", "b", "y"])
    after = document_of(["b", "y"], after=before, credits=[credit("a", "b")])
    world.say(done("a"), done("y"))
    impact = world.impact(before, after)
    assert impact.changes == {(33, 66): 1, (33, 50): 1}
    assert because(impact) == ([], ["“A” counts for “B” now", "“A” is no longer asked for"])


def test_split_step_lowers_those_who_had_not_done_it(world):
    before = document_of(["a", "y", "z"])
    after = document_of(["b", "c", "y", "z"], after=before, credits=[credit("a", "bc")])
    world.say(done("y"), done("a"))
    impact = world.impact(before, after)
    assert impact.changes == {(33, 25): 1, (33, 50): 1}
    split = "“A”, which was one, is two now: “B” and “C”"
    assert because(impact) == ([split], [split])


def test_replaced_step_moves_nobody(world):
    before = document_of(["a", "z"])
    after = document_of(["b", "z"], after=before, credits=[credit("a", "b")])
    world.say(done("a"), done("z"), done("az"), {})
    assert world.impact(before, after).shifts == []


def test_new_step_that_takes_the_place_of_another_moves_those_who_set_it_aside(world):
    before = document_of(["a", step_of("b", optional=True), "z"])
    after = document_of(["b", "z"], after=before, credits=[credit("a", "b")])
    world.say(done("a") | {"b": SKIPPED})
    impact = world.impact(before, after)
    assert impact.changes == {(50, 33): 1}
    assert because(impact) == (["“B” takes the place of “A”"], [])


def test_steps_that_become_a_choice_say_so(world):
    before = document_of(["a", "b", "z"])
    choice = [step_of(name, choice="Ground", route=name) for name in "ab"]
    world.say(done("ab"), done("a"))
    impact = world.impact(before, document_of([*choice, "z"], after=before))
    assert impact.changes == {(66, 50): 1, (33, 50): 1}
    became = "“A” and “B”, which were two, are one now: “Ground”"
    assert because(impact) == ([became], [became])


def test_choice_with_other_routes_says_so(world):
    first, second, third = (step_of(name, choice="Ground", route=f"To {name}") for name in "abc")
    before = document_of([first, second, "z"])
    after = document_of([first, third | {"route": "To a"}, second, "z"], after=before)
    world.say(done("a"), done("b"))
    impact = world.impact(before, after)
    assert impact.changes == {(50, 0): 1}
    assert because(impact) == (["the choice “Ground” has other routes now"], [])


def test_new_credit_says_what_counts_for_what(world):
    before = document_of(["a", "b", "z"])
    after = document_of(["a", "b", "z"], after=before, credits=[credit("a", "b")])
    world.say(done("a"))
    assert because(world.impact(before, after)) == ([], ["“A” counts for “B” now"])


def test_reason_is_given_only_where_it_applies(world):
    before = document_of(["a", "b", "c"])
    after = document_of(["b", step_of("c", optional=True)], after=before)
    world.say(done("c"), done("ab"))
    impact = world.impact(before, after)
    assert impact.changes == {(33, 0): 1, (66, 100): 1}
    assert because(impact) == (
        ["“C” is optional now and no longer counts as one of the requirements"],
        ["“C” is optional now"],
    )


def test_change_that_nothing_explains_is_told_as_such():
    assert Changes().reasons(lower=True) == ["what was done is counted differently now"]


def test_very_many_titles_are_not_all_told(world):
    before = document_of(["a"])
    world.say(done("a"))
    impact = world.impact(before, document_of([*"abcdefg"], after=before))
    assert because(impact)[0] == ["the path asks for more: “B”, “C”, “D” and three others are required now"]


def test_those_who_reach_or_leave_a_hundred_are_told(world):
    before = document_of(["a", "b"])
    world.say(done("a"), done("a"), done("ab"))
    rises = world.impact(before, document_of(["a"], after=before))
    falls = world.impact(before, document_of(["a", "b", "c"], after=before))
    assert (rises.of_completion, falls.of_completion) == (
        ["2 learners reach 100 by it."],
        [
            "1 learner who stood at 100 does so no longer: "
            "they keep the date on which they completed the path."
        ],
    )


# --- In a sentence or two ---------------------------------------------------------------------


def test_summary_of_a_retired_step(world):
    before = document_of(["a", "z"])
    world.say(done("a"), done("a"), {})
    impact = world.impact(before, document_of(["z"], after=before))
    assert impact.lowers is False
    assert impact.summary == (
        "3 learners follow this path. 2 completed “A”, which you retire: they keep it, "
        "and nobody's percent falls."
    )


def test_summary_of_several_retired_steps(world):
    before = document_of(["a", "b", "z"])
    world.say(done("a"), done("b"))
    assert world.impact(before, document_of(["z"], after=before)).summary == (
        "2 learners follow this path. What they completed of the 2 steps that you retire they keep, "
        "and nobody's percent falls."
    )


def test_summary_of_what_falls(world):
    before = document_of(["a", "b"])
    world.say(done("a"), done("a"), done("ab"))
    impact = world.impact(before, document_of(["a", "b", "c"], after=before))
    assert impact.lowers is True
    assert impact.summary == (
        "3 learners follow this path. 3 learners' percent falls, by 17 to 34 points (2 by 17, 1 by 34), "
        "because the path asks for more: “C” is required now."
    )


def test_summary_of_a_fall_by_as_many_points(world):
    before = document_of(["a"])
    world.say(done("a"))
    assert world.impact(before, document_of(["a", "b"], after=before)).summary == (
        "1 learner follows this path. 1 learner's percent falls by 50 points, "
        "because the path asks for more: “B” is required now."
    )


def test_summary_gives_two_reasons_and_counts_the_others(world):
    steps = ["a", "b", "c", "d", "e", "f", "z"]
    before = document_of(steps)
    pairs = [credit("ab", "g"), credit("cd", "h"), credit("ef", "i")]
    world.say(done("abcdef"))
    assert world.impact(before, document_of([*"ghiz"], after=before, credits=pairs)).summary == (
        "1 learner follows this path. 1 learner's percent falls by 10 points, "
        "because “A” and “B”, which were two, are one now: “G”; "
        "“C” and “D”, which were two, are one now: “H”; and for 1 more."
    )


def test_summary_joins_two_reasons(world):
    before = document_of([*"abcdz"])
    after = document_of([*"ghz"], after=before, credits=[credit("ab", "g"), credit("cd", "h")])
    world.say(done("abcd"))
    assert world.impact(before, after).summary.partition("because ")[2] == (
        "“A” and “B”, which were two, are one now: “G”; and because "
        "“C” and “D”, which were two, are one now: “H”."
    )


def test_summary_of_what_rises(world):
    before = document_of(["a", "b"])
    world.say(done("a"))
    impact = world.impact(before, document_of(["a", step_of("b", optional=True)], after=before))
    assert impact.summary == (
        "1 learner follows this path. 1 learner's percent rises by 50 points, because “B” is optional now."
    )


# --- As editors see it ------------------------------------------------------------------------


def shown(impact):
    """Return the texts of the page's paragraphs, list items, captions and cells."""
    html = render_to_string("studio/impact.html", {"impact": impact})
    texts = re.findall(r"<(?:p|li|caption|t[hd])\b[^>]*>(.*?)</", html)
    return [unescape(text).strip() for text in texts]


def test_page_shows_what_falls(world):
    before = document_of(["a", "b"])
    world.say(done("a"), done("ab"))
    assert shown(world.impact(before, document_of(["a", "b", "c"], after=before))) == [
        "2 learners follow this path.",
        "2 learners' percent falls, by 17 to 34 points, because the path asks for more: “C” is required now.",
        "By how many points it falls",
        *("Points", "Learners", "17", "1", "34", "1"),
        "1 learner who stood at 100 does so no longer: they keep the date on which they completed the path.",
        "“C” is required now: nobody has done it already.",
    ]


def test_page_shows_that_nobody_falls(world):
    before = document_of(["a", "b"])
    world.say(done("a"), done("b"))
    assert shown(world.impact(before, document_of(["b"], after=before))) == [
        "2 learners follow this path. Nobody's percent falls.",
        "1 learner's percent rises by 50 points, because “A” is no longer asked for.",
        "1 learner reaches 100 by it.",
        "“A” leaves the path: 1 completed it and keep it.",
    ]


def test_page_for_nobody_says_so(world):
    before = document_of(["a", "b"])
    assert shown(world.impact(before, document_of(["b"], after=before))) == ["Nobody follows this path."]


def test_page_folds_what_becomes_of_very_many_steps(world):
    before = document_of([*"abcdefgz"])
    world.say(done("a"))
    html = render_to_string(
        "studio/impact.html", {"impact": world.impact(before, document_of(["z"], after=before))}
    )
    assert (html.count("<details>"), html.count("</details>"), html.count("<li>")) == (1, 1, 7)

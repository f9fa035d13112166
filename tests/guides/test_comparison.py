"""What differs between two states of a guide."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.comparison import compare
from guides.document import steps_of
from tests.guides.documents import content, edition, picture, section, source, step
from tests.guides.histories import histories

NAMES = {
    "skills": [{"slug": "sql", "name": "SQL"}, {"slug": "git", "name": "Git"}],
    "courses": [
        {"slug": "one", "title": "Course One", "by": ["Ann"], "url": ""},
        {"slug": "two", "title": "Course Two", "by": ["Bob"], "url": ""},
    ],
    "certifications": [{"slug": "cert", "title": "The Certificate", "by": ["Ann"], "url": ""}],
    "sources": [source("bls", title="Handbook")],
}


def told(parts):
    """Return which parts there are and what became of them."""
    return [(part.id, *part.verbs) for part in parts]


def values_of(part):
    """Return the fields of a part that changed, each with what is gone and what came."""
    return {change.field: (change.before, change.after) for change in part.changes}


def with_steps(**changes):
    """Return content with the steps a and b in one stage, a with these fields."""
    return {**content([step("a", **changes), "b"]), **deepcopy(NAMES)}


def with_sections(*sections, stages=(["a", "b"],)):
    return {**content(*stages), "sections": list(sections)}


# --- The whole ---------------------------------------------------------------------------------


def test_nothing_differs_from_itself():
    same = compare(content(["a"], ["b"]), content(["a"], ["b"]))
    assert (bool(same), same.is_empty, same.groups, same.summary) == (False, True, [], "Nothing changed")


def test_something_that_differs_is_true():
    comparison = compare(content(["a"]), content(["a", "b"]))
    assert (bool(comparison), comparison.is_empty) == (True, False)


def test_history_of_an_edition_is_no_difference():
    first = edition(["a", "b"])
    second = edition(["a", "b"], after=edition(["a", "b", "c"], after=first))
    assert compare(first, second).is_empty
    assert compare(second, content(["a", "b"])).is_empty


def test_everything_is_added_to_nothing():
    comparison = compare(None, with_sections(section("s")))
    assert comparison.summary == "2 steps added, 1 section added, 1 stage added, guide added"
    assert told(comparison.steps) == [("a", "added"), ("b", "added")]


def test_groups_are_only_those_with_parts():
    comparison = compare(content(["a"]), {**content(["a", "b"]), "title": "Another"})
    headings = [(group.heading, group.noun, len(group.parts)) for group in comparison.groups]
    assert headings == [("Steps", "step", 1), ("The guide", "guide", 1)]


# --- The guide's own fields --------------------------------------------------------------------


def test_guide_says_which_fields_changed():
    new = {**content(["a"]), "title": "Baker", "slug": "baker", "occupation_codes": ["15-1221", "15-2051"]}
    (guide,) = compare(content(["a"]), new).guide
    assert guide.verbs == ("renamed",)
    assert values_of(guide) == {
        "Title": (("Guide",), ("Baker",)),
        "Slug": (("guide",), ("baker",)),
        "Occupation codes": ((), ("15-1221, 15-2051",)),
    }


def test_order_of_occupation_codes_is_a_change():
    old, new = ({**content(["a"]), "occupation_codes": codes} for codes in (["1", "2"], ["2", "1"]))
    (guide,) = compare(old, new).guide
    assert (guide.verbs, values_of(guide)) == (("changed",), {"Occupation codes": (("1, 2",), ("2, 1",))})


def test_summary_of_the_guide_is_compared_word_by_word():
    old, new = ({**content(["a"]), "summary": f"Bakes {what} at night."} for what in ("bread", "cakes"))
    (guide,) = compare(old, new).guide
    assert (guide.verbs, values_of(guide)) == (("reworded",), {"Summary": (("bread",), ("cakes",))})


# --- Steps -------------------------------------------------------------------------------------


def test_step_is_added_at_its_place():
    (part,) = compare(content(["a"], ["b"]), content(["a", step("n", effort_hours=1)], ["b"])).steps
    assert (part.id, part.title, part.verbs) == ("n", "N", ("added",))
    assert values_of(part)["Place"] == ((), ("after “A” in “Stage 0”",))
    assert values_of(part)["Effort"] == ((), ("1 hour",))


def test_step_is_removed_from_its_place():
    (part,) = compare(content(["a"], ["b"]), content(["a"], [])).steps
    assert (part.id, part.title, part.verbs) == ("b", "B", ("removed",))
    assert values_of(part)["Place"] == (("first in “Stage 1”",), ())


def test_step_moves_to_another_stage():
    (part,) = compare(content(["a"], ["b", "c"]), content(["a", "c"], ["b"])).steps
    assert part.verbs == ("moved",)
    assert values_of(part) == {"Place": (("after “B” in “Stage 1”",), ("after “A” in “Stage 0”",))}


def test_step_moves_within_its_stage():
    (part,) = compare(content(["a", "b", "c"]), content(["c", "a", "b"])).steps
    assert (part.id, part.verbs) == ("c", ("moved",))
    assert values_of(part) == {"Place": (("after “B” in “Stage 0”",), ("first in “Stage 0”",))}


@pytest.mark.parametrize(
    "path",
    [["n", "a", "b", "c"], ["a", "n", "b", "c"], ["b", "c"], ["n", "c"]],
    ids=["before", "amid", "without", "instead"],
)
def test_what_comes_and_goes_moves_no_other_step(path):
    steps = compare(content(["a", "b", "c"]), content(path)).steps
    assert {verb for part in steps for verb in part.verbs} <= {"added", "removed"}


def test_step_is_moved_and_renamed_at_once():
    (part,) = compare(content(["a", "b"], []), content(["b"], [step("a", title="Alpha")])).steps
    assert (part.title, part.verbs) == ("Alpha", ("moved", "renamed"))


@pytest.mark.parametrize(
    ("field", "before", "after", "told"),
    [
        ("slug", "a", "x", {"Slug": (("a",), ("x",))}),
        ("effort_hours", None, 1, {"Effort": ((), ("1 hour",))}),
        ("effort_hours", 10, 0, {"Effort": (("10 hours",), ("0 hours",))}),
        ("optional", False, True, {"Optional": (("no",), ("yes",))}),
        ("choice", "one of them", "", {"Choice": (("one of them",), ())}),
        ("route", "x", "y", {"Route": (("x",), ("y",))}),
        ("after", [], ["b"], {"Better done after": ((), ("B",))}),
        ("after", ["gone"], [], {"Better done after": (("gone",), ())}),
        ("skills", ["sql"], ["git"], {"Skills": (("SQL",), ("Git",))}),
        ("courses", ["one"], ["one", "two"], {"Courses": ((), ("Course Two",))}),
        ("certifications", ["cert"], [], {"Certifications": (("The Certificate",), ())}),
        ("sources", [], ["bls"], {"Sources": ((), ("BLS: Handbook",))}),
    ],
)
def test_step_says_what_stood_in_a_field_before_and_after(field, before, after, told):
    (part,) = compare(with_steps(**{field: before}), with_steps(**{field: after})).steps
    assert (part.verbs, values_of(part)) == (("changed",), told)


@pytest.mark.parametrize(("field", "label"), [("body", "Text"), ("done_when", "Done when")])
def test_prose_of_a_step_is_compared_word_by_word(field, label):
    old, new = (with_steps(**{field: f"You know {what} well"}) for what in ("it", "this"))
    (part,) = compare(old, new).steps
    (change,) = part.changes
    assert (part.verbs, change.field, change.is_prose) == (("reworded",), label, True)
    assert [(piece.kind, piece.text) for piece in change.pieces] == [
        ("same", "You know "),
        ("removed", "it"),
        ("added", "this"),
        ("same", " well"),
    ]


def test_other_line_breaks_are_a_change_without_words():
    (part,) = compare(with_steps(body="One\ntwo"), with_steps(body="One\r\ntwo")).steps
    assert [(change.field, change.pieces) for change in part.changes] == [("Text", ())]
    assert part.verbs == ("changed",)


def test_text_that_was_all_deleted_is_removed():
    (part,) = compare(with_steps(body="One two"), with_steps(body="")).steps
    assert values_of(part) == {"Text": (("One two",), ())}


# --- Sections ----------------------------------------------------------------------------------


def test_sections_come_go_and_move():
    old = with_sections(section("a"), section("b"), section("c"))
    new = with_sections(section("c"), section("a"), section("n"))
    comparison = compare(old, new)
    assert told(comparison.sections) == [("n", "added"), ("b", "removed"), ("c", "moved")]
    assert values_of(comparison.sections[2]) == {"Place": (("after “B”",), ("first",))}


@pytest.mark.parametrize(
    ("field", "before", "after", "told"),
    [
        ("title", "Pay", "What it pays", {"Title": (("Pay",), ("What it pays",))}),
        ("kind", "pay", "ways-in", {"Kind": (("pay",), ("ways in",))}),
        ("checked_on", None, "2026-03-01", {"Last checked on": ((), ("1 March 2026",))}),
        ("steps", ["a"], ["b"], {"Steps that it explains": (("A",), ("B",))}),
        ("body", "Old words", "New words", {"Text": (("Old",), ("New",))}),
    ],
)
def test_section_says_what_changed(field, before, after, told):
    old, new = (with_sections(section("s", **{field: value})) for value in (before, after))
    (part,) = compare(old, new).sections
    assert values_of(part) == told


def test_section_does_not_change_with_the_order_of_the_steps_that_it_explains():
    old = with_sections(section("s", steps=["a", "b"]))
    new = with_sections(section("s", steps=["b", "a"]), stages=[["b", "a"]])
    assert compare(old, new).sections == ()


def test_section_from_before_sections_explained_steps_is_compared():
    old, new = with_sections(section("s")), with_sections(section("s", steps=["a"]))
    del old["sections"][0]["steps"]
    (part,) = compare(old, new).sections
    assert values_of(part) == {"Steps that it explains": ((), ("A",))}


# --- Stages ------------------------------------------------------------------------------------


def test_stages_come_and_go():
    old, new = content(["a"], ["b"]), content(["a"], ["b"])
    new["stages"][1]["id"] = "other"
    comparison = compare(old, new)
    assert told(comparison.stages) == [("other", "added"), ("stage-1", "removed")]
    assert told(comparison.steps) == [("b", "moved")]


def test_stages_move_with_their_steps():
    old, new = content(["a"], ["b"], ["c"]), content(["a"], ["b"], ["c"])
    new["stages"].insert(0, new["stages"].pop())
    comparison = compare(old, new)
    assert (told(comparison.stages), comparison.steps) == ([("stage-2", "moved")], ())


def test_stage_is_renamed_and_its_summary_reworded():
    old, new = content(["a"]), content(["a"])
    new["stages"][0].update(title="Begin", summary="At last.")
    (part,) = compare(old, new).stages
    assert part.verbs == ("renamed", "reworded")
    assert values_of(part) == {"Title": (("Stage 0",), ("Begin",)), "Summary": ((), ("At last.",))}


# --- What steps and texts name -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "old", "new", "verb", "told"),
    [
        (
            "sources",
            source("k", published="2024", accessed_on="2025-01-02"),
            source("k", published="2025", cited_by=["m"]),
            "changed",
            {
                "Published": (("2024",), ("2025",)),
                "Accessed on": (("2 January 2025",), ()),
                "Cited by": ((), ("m",)),
            },
        ),
        (
            "pictures",
            picture("p"),
            {**picture("p"), "files": [{"url": "/pictures/other.webp", "width": 480}]},
            "changed",
            {"Files": (("p-small.webp, p-large.webp",), ("other.webp",))},
        ),
        (
            "skills",
            {"slug": "sql", "name": "SQL"},
            {"slug": "sql", "name": "Databases"},
            "renamed",
            {"Name": (("SQL",), ("Databases",))},
        ),
        (
            "courses",
            {"slug": "c", "title": "C", "by": ["Ann"], "url": "https://a.example"},
            {"slug": "c", "title": "C", "by": ["Ann", "Bob"], "url": ""},
            "changed",
            {"By": (("Ann",), ("Ann, Bob",)), "Link": (("https://a.example",), ())},
        ),
        (
            "certifications",
            {"slug": "c", "title": "C", "by": [], "url": ""},
            {"slug": "c", "title": "D", "by": [], "url": ""},
            "renamed",
            {"Title": (("C",), ("D",))},
        ),
    ],
)
def test_entry_that_is_named_says_what_changed(kind, old, new, verb, told):
    comparison = compare({**content(["a"]), kind: [old]}, {**content(["a"]), kind: [new]})
    (part,) = getattr(comparison, kind)
    assert (part.verbs, values_of(part)) == ((verb,), told)
    assert comparison.summary == f"1 {kind.removesuffix('s')} {verb}"


def test_edition_from_before_pictures_has_none():
    old = content(["a"])
    del old["pictures"]
    assert compare(old, content(["a"])).is_empty
    assert told(compare(old, {**content(["a"]), "pictures": [picture("p")]}).pictures) == [("p", "added")]


# --- In a line ---------------------------------------------------------------------------------


def test_summary_counts_what_each_kind_did():
    old = {**content(["a", "b", "c", "gone"]), "sections": [section("s", "Old")]}
    changed = [step(name, body="New") for name in ("a", "b", "c")]
    new = {**content([*changed, "n", "m"]), "sections": [section("s", "New")]}
    assert compare(old, new).summary == "2 steps added, 1 removed, 3 reworded, 1 section reworded"


def test_summary_joins_what_became_of_the_guide():
    new = {**content(["a"]), "title": "Other", "summary": "New."}
    assert compare(content(["a"]), new).summary == "Guide renamed and reworded"


def test_summary_leaves_out_what_came_along():
    new = {**content([step("a", skills=["sql"])]), "skills": [{"slug": "sql", "name": "SQL"}]}
    assert compare(content(["a"]), new).summary == "1 step changed"


def test_summary_names_what_came_alone():
    new = {**content(["a"]), "sources": [source("bls")]}
    assert compare(content(["a"]), new).summary == "1 source added"


# --- Whatever editors do -----------------------------------------------------------------------


@st.composite
def neighbours(draw):
    """Draw two editions of one path."""
    editions = draw(histories()).editions
    return draw(st.sampled_from(editions)), draw(st.sampled_from(editions))


def stages_by_step(document):
    return {step["id"]: stage["id"] for stage in document["stages"] for step in stage["steps"]}


@given(histories())
def test_any_guide_is_the_same_as_itself(history):
    assert all(compare(document, deepcopy(document)).is_empty for document in history.editions)


@given(neighbours())
def test_comparison_is_empty_only_for_the_same_path(pair):
    old, new = pair
    assert compare(old, new).is_empty == (old["stages"] == new["stages"])


@given(neighbours())
def test_each_step_is_accounted_for_once(pair):
    old, new = ({step["id"]: step for step in steps_of(document)} for document in pair)
    parts = {part.id: part for part in compare(*pair).steps}
    came = {name for name, part in parts.items() if "added" in part.verbs}
    gone = {name for name, part in parts.items() if "removed" in part.verbs}
    kept = {name for name, part in parts.items() if part.is_kept}
    assert (came, gone) == (new.keys() - old.keys(), old.keys() - new.keys())
    assert len(parts) == len(compare(*pair).steps) == len(came) + len(gone) + len(kept)
    assert all(old[name] == new[name] for name in (old.keys() & new.keys()) - kept)


@given(neighbours())
def test_steps_that_did_not_move_keep_stage_and_order(pair):
    moved = {part.id for part in compare(*pair).steps if "moved" in part.verbs}
    both = stages_by_step(pair[0]).keys() & stages_by_step(pair[1]).keys()
    stayed = [
        [(step, stage) for step, stage in stages_by_step(document).items() if step in both - moved]
        for document in pair
    ]
    assert stayed[0] == stayed[1]


@given(st.permutations(range(6)))
def test_as_few_steps_move_as_explain_the_order(order):
    names = [f"s{number}" for number in order]
    steps = compare(content(sorted(names)), content(names)).steps
    assert len(steps) == 6 - longest(order)


def longest(numbers):
    """Return the length of the longest rising subsequence, found by trying."""
    best = []
    for place, number in enumerate(numbers):
        best.append(1 + max((best[i] for i in range(place) if numbers[i] < number), default=0))
    return max(best)

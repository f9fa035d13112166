"""What keeps a working copy from being published, each with the step, stage or section that it is about."""

from itertools import pairwise

from guides.checks import Finding, findings_of
from tests.guides.documents import content, step


def alternative(name, route, choice="Ground", **fields):
    return step(name, choice=choice, route=route, **fields)


def cited(body):
    """Return a working copy whose only step says `body`, with one source."""
    return {**content([step("read", body=body)]), "sources": [{"key": "known"}]}


def test_a_clean_path_has_no_finding():
    assert findings_of(content(["read", "try"], [step("watch", optional=True), "build"])) == []


def test_a_clean_choice_has_no_finding():
    ways = [alternative("degree", "Degree"), alternative("maths", "Own"), alternative("code", "Own")]
    assert findings_of(content(ways)) == []


def test_an_empty_stage_is_found():
    assert findings_of(content(["read"], [])) == [
        Finding("The stage “Stage 1” has no step. Add one, or take the stage away.", "stage-1")
    ]


def test_each_empty_stage_is_found():
    assert [finding.where for finding in findings_of(content([], ["read"], []))] == ["stage-0", "stage-2"]


def test_a_path_of_optional_steps_is_found():
    assert findings_of(content([step("watch", optional=True)])) == [
        Finding("The path asks for nothing. Add a step that is not optional.")
    ]


def test_a_path_without_stages_is_found():
    assert findings_of(content()) == [Finding("The path asks for nothing. Add a step that is not optional.")]


def test_a_choice_with_a_single_route_is_found():
    assert findings_of(content(["read", alternative("maths", "Own"), alternative("code", "Own")])) == [
        Finding(
            "The choice “Ground” has a single route, at the step “MATHS”. "
            "Add another route, or clear the choice.",
            "maths",
        )
    ]


def test_a_choice_across_stages_is_found():
    ways = [alternative("degree", "Degree"), alternative("maths", "Own")]
    assert findings_of(content(ways, [alternative("code", "Own")])) == [
        Finding(
            "The step “CODE” belongs to the choice “Ground” of another stage. "
            "Move it there, or name its choice otherwise.",
            "code",
        )
    ]


def test_an_optional_step_in_a_choice_is_found():
    ways = [alternative("degree", "Degree"), alternative("maths", "Own", optional=True)]
    assert findings_of(content(ways)) == [
        Finding("The step “MATHS” is optional, which a step of a choice cannot be.", "maths")
    ]


def test_advice_in_a_circle_is_found_with_the_steps_in_it():
    (finding,) = findings_of(content(["free", step("a", after=["b"]), step("b", after=["a"])]))
    assert finding.where in ("a", "b")
    assert finding.message in (
        "The advice of what comes first goes in a circle: “A” after “B” after “A”.",
        "The advice of what comes first goes in a circle: “B” after “A” after “B”.",
    )


def test_advice_in_a_long_circle_reads_in_the_direction_of_the_advice():
    circle = [step("a", after=["b"]), step("b", after=["c"]), step("c", after=["a"])]
    (finding,) = findings_of(content(circle))
    told = finding.message.split(": ")[1].rstrip(".").replace("“", "").replace("”", "").split(" after ")
    assert set(pairwise(told)) == {("A", "B"), ("B", "C"), ("C", "A")}


def test_a_step_after_itself_is_found():
    assert findings_of(content([step("a", after=["a"])])) == [
        Finding("The advice of what comes first goes in a circle: “A” after “A”.", "a")
    ]


def test_advice_across_stages_is_no_finding():
    assert findings_of(content([step("a", after=["b"])], ["b"])) == []


def test_a_known_citation_is_no_finding():
    assert findings_of(cited("As [@known] says.")) == []


def test_an_unknown_citation_in_a_step_is_found():
    assert findings_of(cited("As [@nobody] says.")) == [
        Finding("“READ” cites [@nobody], which is no source. Add the source, or mend the key.", "read")
    ]


def test_an_unknown_citation_in_a_section_is_found():
    section = {"id": "overview", "title": "Overview", "body": "As [@nobody] says."}
    assert findings_of({**content(["read"]), "sections": [section]}) == [
        Finding(
            "“Overview” cites [@nobody], which is no source. Add the source, or mend the key.", "overview"
        )
    ]


def test_each_unknown_citation_is_found_once():
    findings = findings_of(cited("[@zeta], [@alpha] and [@zeta] again, and [@known]."))
    assert [finding.message.split()[2] for finding in findings] == ["[@alpha],", "[@zeta],"]

"""What keeps a working copy from being published, each with the step, stage or section that it is about."""

from itertools import pairwise

import pytest

from guides.checks import Finding, advice_on, findings_of
from tests.guides.documents import content, picture, section, source, step


def alternative(name, route, choice="Ground", **fields):
    return step(name, choice=choice, route=route, **fields)


def cited(body):
    """Return a working copy whose only step says `body`, with one source."""
    return {**content([step("read", body=body)]), "sources": [source("known")]}


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
    overview = section("overview", "As [@nobody] says.")
    assert findings_of({**content(["read"]), "sections": [overview]}) == [
        Finding(
            "“OVERVIEW” cites [@nobody], which is no source. Add the source, or mend the key.", "overview"
        )
    ]


def test_each_unknown_citation_is_found_once():
    findings = findings_of(cited("[@zeta], [@alpha] and [@zeta] again, and [@known]."))
    assert [finding.message.split()[2] for finding in findings] == ["[@alpha],", "[@zeta],"]


# --- Pictures ----------------------------------------------------------------------------------


def showing(body, *pictures):
    """Return a working copy with a section that says `body`, and these pictures."""
    made = {**content(["read"]), "sections": [section("overview", body)]}
    return {**made, "pictures": [picture(slug) for slug in pictures]}


def test_a_known_picture_is_no_finding():
    assert findings_of(showing('![](picture:oven "C")', "oven")) == []


def test_an_unknown_picture_in_a_section_is_found():
    assert findings_of(showing("![](picture:oven)", "plan")) == [
        Finding("“OVERVIEW” shows picture:oven, which is no picture. Add it, or mend the slug.", "overview")
    ]


def test_an_unknown_picture_in_a_step_is_found():
    assert findings_of(content([step("read", body="![](picture:oven)")])) == [
        Finding("“READ” shows picture:oven, which is no picture. Add it, or mend the slug.", "read")
    ]


def test_each_unknown_picture_is_found_once():
    text = "![](picture:zeta) ![](picture:alpha) ![](picture:zeta) ![](picture:known)"
    findings = findings_of(showing(text, "known"))
    assert [finding.message.split()[2] for finding in findings] == ["picture:alpha,", "picture:zeta,"]


# --- Links -------------------------------------------------------------------------------------


def linking(*addresses):
    """Return a working copy whose section and step both lead to these addresses."""
    links = " ".join(f"[x]({address})" for address in addresses)
    body = f"### Day to day\n\nAPI\n: A door. [@bls]\n\nTable: Pay\n\n| a |\n|---|\n\n{links}"
    made = content([step("read", body=links)], ["build"])
    return {**made, "sections": [section("work", body), section("pay")], "sources": [source("bls")]}


LIVE = [
    *("#work", "#pay", "#path", "#sources", "#source-bls"),
    *("#work-day-to-day", "#term-api", "#work.table-1", "#work.cites-bls"),
    *("/guides/guide/#work", "/guides/guide/#term-api"),
    *("/guides/guide/path/#step-read", "/guides/guide/path/#step-build"),
    *("/guides/guide/path/#stage-stage-0", "/guides/guide/path/#stage-stage-1"),
]
ELSEWHERE = [
    *("/guides/guide/", "/guides/guide/path/", "/guides/guide/?a=b#nowhere", "/guides/other/#nowhere"),
    *("/courses/#nowhere", "/#nowhere", "guide/#nowhere", "?a=b#nowhere"),
    *("https://example.org/#nowhere", "https://example.org/guides/guide/#nowhere", "mailto:a@example.org"),
]
DEAD = [
    *("#nowhere", "#Work", "#work-day", "#term-nowhere", "#source-nobody", "#work-table-2", "#"),
    *("#step-read", "#stage-stage-0", "#read", "#a&b", '#\\"'),
    *("/guides/guide/#nowhere", "/guides/guide/#step-read"),
    *("/guides/guide/path/#nowhere", "/guides/guide/path/#step-nowhere", "/guides/guide/path/#read"),
    *("/guides/guide/path/#stage-nowhere", "/guides/guide/path/#work", "/guides/guide/path/#"),
]


@pytest.mark.parametrize("address", LIVE)
def test_a_link_to_what_is_there_is_no_finding(address):
    assert findings_of(linking(address)) == []


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_link_to_another_page_is_left_alone(address):
    assert findings_of(linking(address)) == []


@pytest.mark.parametrize("address", DEAD)
def test_a_link_to_what_is_not_there_is_found_in_each_text(address):
    assert [finding.where for finding in findings_of(linking(address))] == ["work", "read"]


def test_a_dead_link_is_named_as_it_leads():
    assert findings_of(linking("#nowhere")) == [
        Finding("“WORK” links to #nowhere, which is not there.", "work"),
        Finding("“READ” links to /guides/guide/#nowhere, which is not there.", "read"),
    ]


def test_each_dead_link_is_found_once():
    findings = findings_of(linking("#b", "#a", "#work", "#b"))
    assert [finding.message.split()[3] for finding in findings if finding.where == "work"] == ["#b,", "#a,"]


def test_a_dead_link_in_a_caption_is_found():
    findings = findings_of(showing('![](picture:oven "[x](#nowhere)")', "oven"))
    assert [finding.where for finding in findings] == ["overview"]


def test_a_link_in_code_is_no_link():
    assert findings_of(showing("`[x](#nowhere)`")) == []


def test_a_link_to_a_step_that_was_renamed_is_found():
    made = linking("/guides/guide/path/#step-build")
    made["stages"][1]["steps"][0]["slug"] = "make"
    assert [finding.where for finding in findings_of(made)] == ["work", "read"]


# --- Advice ------------------------------------------------------------------------------------


def test_advice_names_each_figure_without_a_source():
    made = {**content([step("read", body="It takes five years.")])}
    made["sections"] = [section("pay", "It pays $5. It paid $4 [@bls].\n\n| a |\n|---|\n| 7% |")]
    assert advice_on(made) == [
        Finding("In “PAY” no source stands beside: It pays $5.", "pay"),
        Finding("In “PAY” no source stands beside: 7%", "pay"),
        Finding("In “READ” no source stands beside: It takes five years.", "read"),
    ]


def test_advice_keeps_nobody_from_publishing():
    assert findings_of(showing("It pays $5.")) == []


def test_advice_on_what_is_clean_is_none():
    assert advice_on(cited("It pays $5 [@known].")) == []


def test_picture_named_with_its_suffix_is_found():
    made = {**content([step("read", body="![](picture:oven.webp)")]), "pictures": [picture("oven")]}
    assert findings_of(made) != []


@pytest.mark.parametrize("place", ["sources", "source-bls", "step-read-day-to-day", "step-read.cites-bls"])
def test_link_to_what_is_there_on_the_path_page(place):
    body = f"### Day to day\n\nSo [@bls]. [x](/guides/guide/path/#{place})"
    assert findings_of({**content([step("read", body=body)]), "sources": [source("bls")]}) == []


def test_link_to_the_skills():
    made = content([step("read", skills=["baking"], body="[x](#path-skills)")])
    assert findings_of({**made, "skills": [{"slug": "baking", "name": "Baking"}]}) == []


def test_link_to_sources_that_are_not_there():
    assert findings_of(content([step("read", body="[x](#sources)")])) != []


@pytest.mark.parametrize("slug", ["sources", "main", "path"])
def test_section_under_a_name_of_the_page_is_found(slug):
    made = {**content([step("read", body="So [@bls].")]), "sources": [source("bls")]}
    (finding,) = findings_of({**made, "sections": [section(slug)]})
    assert f"uses the name #{slug}, which stands elsewhere on the page too" in finding.message


def test_term_that_two_sections_explain_is_found():
    texts = [section("words", "API\n: One."), section("more", "API\n: Two.")]
    (finding,) = findings_of({**content(["read"]), "sections": texts})
    assert (finding.where, "#term-api" in finding.message) == (texts[1]["id"], True)


def test_terms_of_signs_are_told_apart():
    texts = [section("words", "C++\n: One.\n\nC#\n: Two.")]
    assert findings_of({**content(["read"]), "sections": texts}) == []

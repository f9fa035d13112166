"""What search engines are told of a guide."""

import json
import re

import pytest

from guides.linked_data import breadcrumbs, describe, describe_questions
from tests.factories import SectionFactory, SkillFactory, guide_with_path, step_of
from tests.guides.documents import content

SITE = "http://127.0.0.1:8000"


def with_questions(body, kind="questions"):
    section = {
        "id": "s",
        "slug": "s",
        "kind": kind,
        "title": "S",
        "body": body,
        "checked_on": None,
        "steps": [],
    }
    return {**content(["a"]), "sections": [section]}


def kinds(data):
    return [one["@type"] for one in data]


def questions_in(body, **fields):
    _, page = describe_questions(with_questions(body, **fields))
    assert page["@type"] == "FAQPage"
    return [(one["name"], one["acceptedAnswer"]["text"]) for one in page["mainEntity"]]


def test_guide_is_an_occupation_at_its_address():
    _, occupation = describe({**content(["a"]), "title": "Baker", "slug": "baker", "summary": "Bakes."})
    assert occupation == {
        "@context": "https://schema.org",
        "@type": "Occupation",
        "name": "Baker",
        "description": "Bakes.",
        "url": f"{SITE}/guides/baker/",
        "mainEntityOfPage": f"{SITE}/guides/baker/",
    }


def test_occupation_has_its_codes_and_skills():
    given = {**content(["a"]), "occupation_codes": ["15-1221"], "skills": [{"slug": "sql", "name": "SQL"}]}
    _, occupation = describe(given)
    assert [code["codeValue"] for code in occupation["occupationalCategory"]] == ["15-1221"]
    assert occupation["skills"] == ["SQL"]


def test_breadcrumbs_lead_from_the_list_down():
    items = breadcrumbs(content(["a"]), ("Path", "/guides/guide/path/"))["itemListElement"]
    assert [(item["position"], item["name"], item["item"]) for item in items] == [
        (1, "Guides", f"{SITE}/guides/"),
        (2, "Guide", f"{SITE}/guides/guide/"),
        (3, "Path", f"{SITE}/guides/guide/path/"),
    ]


def test_questions_are_headings_that_ask():
    body = "Before.\n\n### How long?\n\nTwo *days*.\n\nMore.\n\n### Notes\n\nNo.\n\n### How much?\n\nA lot."
    assert questions_in(body) == [("How long?", "Two days. More."), ("How much?", "A lot.")]


def test_answer_is_plain_text_without_citations():
    assert questions_in("### Pay?\n\n$5 & more [@bls], see [pay](#pay).") == [("Pay?", "$5 & more, see pay.")]


@pytest.mark.parametrize(("body", "kind"), [("No heading?", "questions"), ("### Why?\n\nSo.", "pay")])
def test_other_text_is_no_question(body, kind):
    assert kinds(describe_questions(with_questions(body, kind))) == ["BreadcrumbList"]


def scripts_of(html):
    return re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)


@pytest.fixture
def hostile(db):
    """A guide whose words try to end the script that carries them."""
    draft = guide_with_path(slug="data-baker", title="</script><script>alert(1)</script>")
    SectionFactory(guide=draft, kind="questions", body="### Is <!-- it & so on?\n\n</script><b>")
    step_of(draft, "Read").skills.add(SkillFactory(name="<script>"))
    draft.publish(by=None)
    return draft


def test_page_carries_its_data_and_nothing_breaks_out(hostile, visitor):
    html = visitor.get("/guides/data-baker/").content.decode()
    found = [json.loads(script) for script in scripts_of(html)]
    assert kinds(found) == ["BreadcrumbList", "Occupation"]
    assert found[1]["name"] == "</script><script>alert(1)</script>"
    assert "<script>alert" not in html


def test_path_carries_its_breadcrumbs(guide, visitor):
    html = visitor.get("/guides/data-baker/path/").content.decode()
    (data,) = [json.loads(script) for script in scripts_of(html)]
    assert [item["name"] for item in data["itemListElement"]] == ["Guides", "Data baker", "Path"]

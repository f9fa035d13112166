"""Careers side by side."""

import re
from datetime import date

import pytest
from django.core.cache import cache

from guides.models import Credit
from portal.careers.comparing import compare
from tests.factories import SalaryFactory, SectionFactory, SkillFactory, country, published_guide, step_of
from tests.guides.documents import edition, section

COMPARE = "/guides/compare/"


def credit(old, new):
    return {"old": old, "new": new}


def career(slug, *steps, skills=(), **fields):
    made = edition(list(steps))
    skills = [{"slug": name, "name": name.title()} for name in skills]
    return {**made, "slug": slug, "title": slug.title(), "skills": skills, **fields}


# --- The rule ----------------------------------------------------------------------------------


def test_skills_are_told_apart_by_who_asks_for_them():
    found = compare(
        [career("a", skills=["x", "y", "u"]), career("b", skills=["x", "y"]), career("c", skills=["x"])]
    )
    assert [skill["slug"] for skill in found.everywhere] == ["x"]
    assert [(titles, [skill["slug"] for skill in skills]) for titles, skills in found.pairs] == [
        ("A and B", ["y"])
    ]
    assert [[skill["slug"] for skill in each.only] for each in found.careers] == [["u"], [], []]


def test_steps_are_the_same_through_a_third_guide():
    found = compare(
        [
            career("a", "p", "q", credits=[credit(["p"], ["m"])]),
            career("b", "r", credits=[credit(["r"], ["m"])]),
        ]
    )
    [shared] = found.steps
    assert [(slug, own and own["id"]) for slug, own in shared.steps] == [("a", "p"), ("b", "r")]


def test_duties_are_what_that_section_lists():
    made = career("a", sections=[section("duties", "- Bake [@bls]\n- Sell")])
    assert [each.duties for each in compare([made, career("b")]).careers] == [("Bake", "Sell"), ()]


# --- The page ----------------------------------------------------------------------------------


@pytest.fixture
def cook(guide):
    made = published_guide(title="Cook", slug="cook")
    Credit.objects.record(old=[step_of(guide, "Read")], new=[step_of(made, "Read")])
    step_of(made, "Read").skills.add(SkillFactory(name="Tasting"))
    SectionFactory(guide=made, slug="duties", body="- Cook soup")
    for each in (guide, made):
        each.publish(by=None)
    return made


def shown(visitor, *slugs):
    return visitor.get(COMPARE, {"guide": slugs}).content.decode()


def test_page_offers_all_careers(visitor, guide, cook):
    page = shown(visitor)
    assert re.findall(r'name="guide" value="(.*?)"( checked)?', page) == [("cook", ""), ("data-baker", "")]


def test_page_shows_two_side_by_side(visitor, guide, cook):
    page = shown(visitor, "cook", "data-baker")
    assert "<li>Cook soup</li>" in page
    assert "Tasting" in page
    assert 'href="/guides/cook/path/#step-read"' in page
    assert 'href="/guides/data-baker/path/#step-read"' in page


def test_figure_stands_with_its_publisher_and_year(visitor, guide, cook):
    made = SalaryFactory(
        guide=cook, amount=50_000, year=2021, place=country(), retrieved_on=date(2026, 11, 20)
    )
    page = shown(visitor, "cook", "data-baker")
    assert "$50,000 a year" in page
    assert made.source.publisher in page
    assert "2021" in page
    assert "20 Nov 2026" in page
    assert "No source that we have says it." in page


def test_one_career_waits_for_another(visitor, guide, cook):
    page = shown(visitor, "cook")
    assert "One more, and you see both" in page
    assert 'value="cook" checked' in page


def test_what_does_not_fit_or_is_not_there_is_named(visitor, guide, cook):
    for number in (1, 2):
        published_guide(title=f"Other {number}", slug=f"other-{number}")
    page = shown(visitor, "cook", "data-baker", "other-1", "other-2", "<b>", "\0")
    assert "Left out: Other 2." in page
    assert "“&lt;b&gt;”" in page


@pytest.mark.parametrize("chosen", [2, 3])
def test_page_costs_a_visitor_two_queries_once_it_is_kept(
    visitor, guide, cook, chosen, django_assert_num_queries
):
    published_guide(slug="third")
    slugs = ["cook", "data-baker", "third"][:chosen]
    shown(visitor, *slugs)
    with django_assert_num_queries(2):
        shown(visitor, *slugs)


def test_page_of_two_is_not_that_of_a_made_up_one(visitor, guide, cook):
    assert "“cook data-baker”" in shown(visitor, "cook data-baker")
    assert "<li>Cook soup</li>" in shown(visitor, "cook", "data-baker")


def test_page_about_what_is_made_up_is_not_kept(visitor, guide, cook):
    kept = len(cache._cache)
    shown(visitor, "cook", "made-up")
    assert len(cache._cache) == kept

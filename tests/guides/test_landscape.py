"""What other guides have to do with one: near careers, and who names it."""

import pytest
from django.utils import timezone

from guides.editions import public_edition
from guides.landscape import neighbours
from guides.models import Credit, Guide
from tests.factories import SectionFactory, SkillFactory, published_guide, step_of


def near(slug):
    return neighbours(slug, public_edition(slug).landscape)


@pytest.fixture
def other(db):
    return published_guide(title="Cook", slug="cook", summary="Cooks.")


def test_guide_that_shares_nothing_is_no_neighbour(guide, other):
    assert near("data-baker") == []


def test_steps_and_skills_make_neighbours(guide, other):
    Credit.objects.record(old=[step_of(guide, "Read")], new=[step_of(other, "Read")])
    skill = SkillFactory()
    for each in (guide, other):
        step_of(each, "Build").skills.add(skill)
        each.publish(by=None)
    [found] = near("data-baker")
    assert (found.slug, found.title, found.summary, found.steps, found.skills) == (
        "cook",
        "Cook",
        "Cooks.",
        1,
        1,
    )


def test_nearest_comes_first(guide, other):
    third = published_guide(title="Farmer", slug="farmer")
    for title in ("Read", "Build"):
        Credit.objects.record(old=[step_of(guide, title)], new=[step_of(third, title)])
    Credit.objects.record(old=[step_of(guide, "Read")], new=[step_of(other, "Read")])
    for each in (guide, other, third):
        each.publish(by=None)
    assert [(each.slug, each.steps) for each in near("data-baker")] == [("farmer", 2), ("cook", 1)]


def test_guide_knows_who_leads_to_it(guide, other):
    SectionFactory(guide=other, title="Next door", body="See [bakers](/guides/data-baker/#pay).")
    other.publish(by=None)
    assert [(each.slug, each.links_from) for each in near("data-baker")] == [("cook", ("Next door",))]
    assert near("cook") == []


def test_landscape_changes_with_all_that_is_public(guide, other):
    seen = {public_edition("data-baker").landscape}
    other.publish(by=None, note="Again")
    step_of(other, "Read").skills.add(SkillFactory())
    other.publish(by=None)
    seen.add(public_edition("data-baker").landscape)
    Guide.objects.filter(pk=other.pk).update(unpublished_at=timezone.now())
    seen.add(public_edition("data-baker").landscape)
    assert len(seen) == 3


def test_hidden_guide_is_nobodys_neighbour(guide, other):
    SectionFactory(guide=other, body="[x](/guides/data-baker/)")
    other.publish(by=None)
    Guide.objects.filter(pk=other.pk).update(unpublished_at=timezone.now())
    assert near("data-baker") == []


def test_page_shows_what_lies_around(visitor, guide, other):
    Credit.objects.record(old=[step_of(guide, "Read")], new=[step_of(other, "Read")])
    SectionFactory(guide=other, title="Next door", body="See [bakers](/guides/data-baker/).")
    for each in (guide, other):
        each.publish(by=None)
    page = visitor.get("/guides/data-baker/").content.decode()
    assert '<a href="/guides/cook/">Cook</a></h3>' in page
    assert "1 step the same" in page
    assert "guide=data-baker&amp;guide=cook" in page
    assert 'Other guides lead here: <a href="/guides/cook/">Cook</a> (Next door).' in page


def test_page_follows_a_change_of_another_guide(visitor, guide, other):
    visitor.get("/guides/data-baker/")
    SectionFactory(guide=other, title="Next door", body="[bakers](/guides/data-baker/)")
    other.publish(by=None)
    assert "Next door" in visitor.get("/guides/data-baker/").content.decode()


@pytest.mark.parametrize("others", [1, 3])
def test_page_costs_a_visitor_two_queries_whatever_lies_around(
    visitor, guide, others, django_assert_num_queries
):
    for _ in range(others):
        published_guide()
    with django_assert_num_queries(2):
        visitor.get("/guides/data-baker/")

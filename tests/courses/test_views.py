"""The catalog's pages."""

import re

import pytest
from django.urls import reverse

from tests.factories import CertificationFactory, CourseFactory, ProviderFactory, SkillFactory

COURSES, CERTIFICATIONS = reverse("courses"), reverse("certifications")

LISTS = pytest.mark.parametrize(
    ("address", "make"), [(COURSES, CourseFactory), (CERTIFICATIONS, CertificationFactory)]
)


def titles(response):
    found = re.findall(r'<li id="[^"]+">\s*<div>\s*<h2>(.*?)</h2>', response.content.decode())
    return [re.sub(r"<[^>]+>", "", title) for title in found]


def line_of(response):
    """Return who offers the first entry, and where."""
    return re.findall(r"<span>([^<]*)</span>", response.content.decode().split('<p class="meta">')[1])


@LISTS
def test_entries_are_listed_by_title_for_everybody(visitor, learner_client, db, address, make):
    for title in ("bread", "Ale", "Cake"):
        make(title=title)
    for client in (visitor, learner_client):
        assert titles(client.get(address)) == ["Ale", "bread", "Cake"]


@LISTS
def test_empty_list_says_so(visitor, db, address, make):
    assert visitor.get(address).content.decode().count('<div class="empty">') == 1


@LISTS
@pytest.mark.parametrize("entries", [1, 3])
def test_list_costs_a_visitor_four_queries(visitor, db, address, make, entries, django_assert_num_queries):
    for _ in range(entries):
        make(skills=[SkillFactory(), SkillFactory()])
    with django_assert_num_queries(4):  # the count, the entries, their skills and figures
        assert len(titles(visitor.get(address))) == entries


@LISTS
@pytest.mark.parametrize("entries", [1, 3])
def test_list_costs_a_learner_six_queries(learner_client, address, make, entries, django_assert_num_queries):
    make.create_batch(entries)
    with django_assert_num_queries(6):  # and the session and the user
        learner_client.get(address)


@LISTS
def test_list_comes_in_pages_of_fifty(visitor, db, address, make):
    make.create_batch(51)
    pages = [len(titles(visitor.get(address, {"page": page}))) for page in (1, 2)]
    assert pages == [50, 1]


@LISTS
@pytest.mark.parametrize("page", ["0", "9", "first", "-1", "\x00"])
def test_page_that_is_not_there_gives_one_that_is(visitor, db, address, make, page):
    make()
    assert len(titles(visitor.get(address, {"page": page}))) == 1


@LISTS
def test_entry_is_linked_only_where_an_address_is_known(visitor, db, address, make):
    make(title="Ale", url="https://ale.example/")
    make(title="Bread")
    content = visitor.get(address).content.decode()
    assert '<h2><a href="https://ale.example/" rel="noopener">Ale</a></h2>' in content
    assert "<h2>Bread</h2>" in content


@LISTS
def test_entry_names_its_skills(visitor, db, address, make):
    make(skills=[SkillFactory(name="Mixing"), SkillFactory(name="Baking")])
    found = re.findall(r'<span class="badge">(\w+)</span>', visitor.get(address).content.decode())
    assert found == ["Baking", "Mixing"]


@LISTS
def test_entry_has_its_slug_as_an_anchor(visitor, db, address, make):
    make(slug="bread")
    assert '<li id="bread">' in visitor.get(address).content.decode()


@LISTS
def test_entry_escapes_what_staff_wrote(visitor, db, address, make):
    make(title="<script>x</script>", slug="script")
    assert "<script>x" not in visitor.get(address).content.decode()


@LISTS
def test_list_is_not_for_posts(visitor, db, address, make):
    assert visitor.post(address).status_code == 405


def test_course_names_who_teaches_it_and_where(visitor, db):
    school, platform = ProviderFactory(name="School"), ProviderFactory(name="Platform")
    CourseFactory(provider=school, platform=platform)
    assert line_of(visitor.get(COURSES)) == ["School", "on Platform"]


def test_course_of_nobody_says_so(visitor, db):
    CourseFactory(provider=None)
    assert line_of(visitor.get(COURSES)) == ["by whom is not known"]


def test_certification_names_its_issuer(visitor, db):
    CertificationFactory(issuer=ProviderFactory(name="Guild"))
    assert line_of(visitor.get(CERTIFICATIONS)) == ["Guild"]

"""The lists of the catalog: filters, chips, pages, and what is asked wrongly."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.saving import save
from courses import browsing
from courses.models import Course, CourseFigures
from tests.factories import CertificationFactory, CourseFactory, ProviderFactory, SkillFactory

COURSES, CERTIFICATIONS = reverse("courses"), reverse("certifications")

LISTS = pytest.mark.parametrize(
    ("address", "make"), [(COURSES, CourseFactory), (CERTIFICATIONS, CertificationFactory)]
)


def titles(response):
    return re.findall(r'<h3><a href="[^"]+">(.*?)</a></h3>', response.content.decode())


def chips(response):
    shown = re.search(r'<ul class="chips" aria-label="Chosen">.*?</ul>', response.content.decode(), re.DOTALL)
    found = re.findall(r'href="([^"]*)" data-live>(.*?)<', shown.group() if shown else "")
    return {words: address.replace("&amp;", "&") for address, words in found}


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@LISTS
def test_entries_are_listed_for_everybody(visitor, learner_client, db, address, make):
    for title in ("bread", "Ale", "Cake"):
        make(title=title)
    for client in (visitor, learner_client):
        assert titles(client.get(address)) == ["Ale", "bread", "Cake"]


@LISTS
def test_empty_list_says_so(visitor, db, address, make):
    assert visitor.get(address).content.decode().count('<div class="empty">') == 1


@LISTS
@pytest.mark.parametrize("entries", [1, 3])
def test_list_costs_a_visitor_four_queries_and_then_one(
    visitor, db, address, make, entries, django_assert_num_queries
):
    for _ in range(entries):
        make(skills=[SkillFactory(), SkillFactory()])
    for catalog in (browsing.COURSES, browsing.CERTIFICATIONS):
        catalog.index()
    with django_assert_num_queries(4):  # the version of the catalog; the entries, their skills and figures
        assert len(titles(visitor.get(address))) == entries
    with django_assert_num_queries(1):  # cards are rendered once
        assert len(titles(visitor.get(address))) == entries


@LISTS
@pytest.mark.parametrize("entries", [1, 3])
def test_list_costs_a_learner_four_queries(learner_client, address, make, entries, django_assert_num_queries):
    make.create_batch(entries)
    learner_client.get(address)
    with django_assert_num_queries(4):  # the version, the session, the user, and what they saved
        learner_client.get(address)


@pytest.mark.parametrize("entries", [1, 3])
def test_searching_costs_the_same_for_one_and_for_three(visitor, db, entries, django_assert_num_queries):
    for number in range(entries):
        CourseFactory(title=f"Baking bread {number}")
    visitor.get(COURSES, {"search": "bread"})
    with django_assert_num_queries(7):  # the version, and what the search asks
        assert len(titles(visitor.get(COURSES, {"search": "bread"}))) == entries


@LISTS
def test_list_comes_in_pages(visitor, db, address, make):
    make.create_batch(25)
    pages = [len(titles(visitor.get(address, {"page": page}))) for page in (1, 2, 99)]
    assert pages == [24, 1, 1]


def test_filters_narrow_the_list_and_each_has_a_way_back(visitor, db):
    baking = SkillFactory(name="Baking", slug="baking")
    CourseFactory(title="Bread", skills=[baking], level="beginner")
    CourseFactory(title="Cake", skills=[baking], level="advanced")
    CourseFactory(title="Ale", level="beginner")
    response = visitor.get(COURSES, {"skill": "baking", "level": "beginner"})
    assert titles(response) == ["Bread"]
    assert chips(response) == {
        "Baking": "?level=beginner",
        "beginner": "?skill=baking",
        "Take all off": COURSES,
    }


def test_empty_result_says_which_filter_to_drop(visitor, db):
    CourseFactory(level="beginner", kind="course")
    CourseFactory(level="advanced", kind="degree")
    response = visitor.get(COURSES, {"level": "beginner", "kind": "degree"})
    assert "Without level: 1" in words(response)
    assert "Without kind: 1" in words(response)


def test_what_is_asked_wrongly_is_said_and_left_out(visitor, db):
    CourseFactory(title="Bread")
    response = visitor.get(COURSES, {"level": "expert"})
    assert (response.status_code, titles(response)) == (400, ["Bread"])
    assert "There is no level “expert”. Use one of beginner, intermediate, advanced, any." in words(response)


def test_parameters_of_others_pass(visitor, db):
    assert visitor.get(COURSES, {"utm_source": "letter"}).status_code == 200


def test_canonical_address_has_what_makes_the_page(visitor, db):
    CourseFactory(level="beginner")
    content = visitor.get(COURSES, {"utm_source": "letter", "level": "beginner"}).content.decode()
    assert '<link rel="canonical" href="http://127.0.0.1:8000/courses/?level=beginner">' in content


def test_card_tells_figures_with_their_source(visitor, db):
    school = ProviderFactory(name="School")
    course = CourseFactory(title="Bread", provider=school, effort_hours=12, level="beginner")
    CourseFigures.objects.create(
        course=course,
        source="Coursera",
        retrieved_on=date(2026, 11, 1),
        rating=Decimal("4.9"),
        ratings=6747,
        price=Decimal(49),
        currency="USD",
    )
    shown = words(visitor.get(COURSES))
    assert "Rating 4.9 of 5 by 6,747 (Coursera, Nov 2026)" in shown
    assert "Effort 12 hours" in shown
    assert "Price 49 USD (Coursera, Nov 2026)" in shown


def test_learner_sees_what_they_saved(learner, learner_client):
    saved, other = CourseFactory(title="Bread"), CourseFactory(title="Cake")
    save(learner, saved)
    content = learner_client.get(COURSES).content.decode()
    for course, words_ in ((saved, "Saved<"), (other, "Save<")):
        button = re.search(rf'<button[^>]*id="save-course-{course.slug}"[^>]*>(\w+<)', content)
        assert button.group(1) == words_


def test_retired_course_is_off_the_list(visitor, db):
    Course.objects.create(title="Old", slug="old", status="retired", checked_on=date(2026, 11, 1))
    assert titles(visitor.get(COURSES)) == []


def test_list_is_not_for_posts(visitor, db):
    assert visitor.post(COURSES).status_code == 405


def test_script_in_a_title_is_shown_as_text(visitor, db):
    CourseFactory(title="<script>alert(1)</script>", slug="script")
    assert "<script>alert" not in visitor.get(COURSES).content.decode()

"""The catalog for clients of the API."""

from datetime import date
from decimal import Decimal

import pytest

from courses.models import CourseFigures
from tests.factories import CertificationFactory, CourseFactory, ProviderFactory, SkillFactory

COURSES, CERTIFICATIONS = "/api/v1/courses/", "/api/v1/certifications/"


def slugs(response):
    return [offer["slug"] for offer in response.json()["results"]]


@pytest.fixture
def bread(db):
    course = CourseFactory(
        title="Bread",
        slug="bread",
        provider=ProviderFactory(name="School", slug="school"),
        skills=[SkillFactory(name="Baking", slug="baking")],
        level="beginner",
        weeks_min=2,
        weeks_max=3,
        weekly_hours_min=4,
        weekly_hours_max=5,
    )
    course.leads_to.add(CertificationFactory(title="Baker", slug="baker"))
    CourseFigures.objects.create(
        course=course, source="School", retrieved_on=date(2026, 11, 1), rating=Decimal("4.90"), ratings=12
    )
    return course


def test_course_says_what_is_known_and_what_is_not(visitor, bread):
    said = visitor.get(f"{COURSES}bread/").json()
    assert said.pop("added_at")
    assert said == {
        "slug": "bread",
        "title": "Bread",
        "summary": "",
        "provider": {"slug": "school", "name": "School"},
        "platform": None,
        "kind": "course",
        "level": "beginner",
        "format": "",
        "language": "",
        "hours": 15,
        "effort_hours": None,
        "weeks_min": 2,
        "weeks_max": 3,
        "weekly_hours_min": 4,
        "weekly_hours_max": 5,
        "skills": [{"slug": "baking", "name": "Baking"}],
        "leads_to": [{"slug": "baker", "title": "Baker"}],
        "link": "",
        "status": "unverified",
        "checked_on": None,
        "figures": [
            {
                "source": "School",
                "source_url": "",
                "retrieved_on": "2026-11-01",
                "rating": "4.90",
                "ratings": 12,
                "enrolled": None,
                "price": None,
                "currency": "",
            }
        ],
        "url": "http://testserver/api/v1/courses/bread/",
    }


def test_list_takes_the_filters_of_the_page(visitor, bread):
    CourseFactory(slug="cake", level="advanced", format="self-paced")
    assert slugs(visitor.get(COURSES, {"level": ["beginner", "advanced"]})) == ["bread", "cake"]
    assert slugs(visitor.get(COURSES, {"skill": "baking", "level": "beginner"})) == ["bread"]
    assert slugs(visitor.get(COURSES, {"format": "self-paced"})) == ["cake"]
    assert slugs(visitor.get(COURSES, {"leads_to": "baker"})) == ["bread"]
    assert slugs(visitor.get(COURSES, {"rating_min": "4.5", "effort_max": "15"})) == ["bread"]
    assert slugs(visitor.get(COURSES, {"search": "bread"})) == ["bread"]


def test_list_says_its_count_and_comes_in_pages(visitor, db):
    CourseFactory.create_batch(3)
    said = visitor.get(COURSES, {"page_size": 2, "page": 2}).json()
    assert (said["count"], len(said["results"]), said["next"]) == (3, 1, None)
    assert said["previous"] == "http://testserver/api/v1/courses/?page_size=2"


def test_facets_answer_the_same_query(visitor, bread):
    CourseFactory(slug="cake", level="advanced")
    said = visitor.get(f"{COURSES}facets/", {"level": "beginner"}).json()
    assert said["level"] == [
        {"value": "advanced", "label": "advanced", "count": 1},
        {"value": "beginner", "label": "beginner", "count": 1},
    ]
    assert said["skill"] == [{"value": "baking", "label": "Baking", "count": 1}]
    assert list(said) == [
        "skill",
        "level",
        "kind",
        "format",
        "price_max",
        "effort_max",
        "rating_min",
        "language",
        "provider",
        "leads_to",
    ]


@pytest.mark.parametrize("place", [COURSES, f"{COURSES}facets/"])
@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"colour": "red"}, "colour"),
        ({"level": "expert"}, "level"),
        ({"skill": "nothing"}, "skill"),
        ({"price_max": "cheap"}, "price_max"),
        ({"ordering": "best"}, "ordering"),
    ],
)
def test_what_cannot_be_answered_is_named(visitor, db, place, params, name):
    response = visitor.get(place, params)
    assert response.status_code == 400
    assert [error["attr"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize(("page", "status"), [("0", 400), ("2", 404), ("last", 400), ("x", 400)])
def test_page_that_is_not_there_is_refused(visitor, db, page, status):
    assert visitor.get(COURSES, {"page": page}).status_code == status


@pytest.mark.parametrize("size", ["0", "201", "00000000199999999", "9" * 5000, "ten"])
def test_page_size_beyond_the_limit_is_refused(visitor, db, size):
    assert visitor.get(COURSES, {"page_size": size}).status_code == 400


def test_every_fault_of_a_parameter_is_named(visitor, db):
    errors = visitor.get(COURSES, {"level": ["x", "y"]}).json()["errors"]
    assert [error["detail"].partition(".")[0] for error in errors] == [
        "There is no level “x”",
        "There is no level “y”",
    ]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("place", "make", "queries"), [(COURSES, CourseFactory, 5), (CERTIFICATIONS, CertificationFactory, 5)]
)
def test_list_costs_the_same_for_one_and_for_three(
    visitor, db, place, make, queries, number, django_assert_num_queries
):
    make.create_batch(number)
    visitor.get(place)
    with django_assert_num_queries(queries):
        assert len(slugs(visitor.get(place))) == number


def test_certification_names_the_courses_that_prepare_for_it(visitor, bread):
    said = visitor.get(f"{CERTIFICATIONS}baker/").json()
    assert (said["prepared_by"], said["validity_months"]) == (["bread"], None)


@pytest.mark.parametrize(("place", "slug"), [("providers", "school"), ("skills", "baking")])
def test_names_are_listed_and_found(visitor, bread, place, slug):
    assert slug in slugs(visitor.get(f"/api/v1/{place}/"))
    assert visitor.get(f"/api/v1/{place}/{slug}/").json()["slug"] == slug
    assert visitor.get(f"/api/v1/{place}/", {"colour": "red"}).status_code == 400
    assert visitor.get(f"/api/v1/{place}/nothing/").status_code == 404


def test_nothing_is_written(visitor, bread):
    assert visitor.post(COURSES, {}).status_code == 405

"""The pages of one course, certification, provider or skill, and courses side by side."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from courses.models import CertificationFigures, CourseFigures
from tests.factories import (
    CertificationFactory,
    CourseFactory,
    ProviderFactory,
    SkillFactory,
    published_guide,
    step_of,
)

COMPARE = reverse("compare")


def words(response):
    content = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def linked_data(response):
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode())
    return {thing["@type"]: thing for thing in json.loads(found)}


def page(thing):
    return reverse(thing._meta.model_name, args=[thing.slug])


@pytest.fixture
def bread(db):
    course = CourseFactory(
        title="Bread",
        slug="bread",
        provider=ProviderFactory(name="School", slug="school"),
        platform=ProviderFactory(name="Platform", slug="platform"),
        skills=[SkillFactory(name="Baking", slug="baking")],
        level="beginner",
        format="self-paced",
        effort_hours=12,
    )
    course.leads_to.add(CertificationFactory(title="Baker", slug="baker", skills=course.skills.all()))
    figures = {"course": course, "retrieved_on": date(2026, 11, 1)}
    CourseFigures.objects.create(source="School", rating=Decimal("4.9"), ratings=12, **figures)
    CourseFigures.objects.create(source="Survey", rating=Decimal("3.1"), price=Decimal(0), **figures)
    return course


def test_course_tells_what_is_known_with_who_says_so(visitor, bread):
    shown = words(visitor.get(page(bread)))
    for told in (
        "School 1 November 2026 4.9 of 5 by 12",
        "Survey 1 November 2026 3.1 of 5",
        "Effort 12 hours",
        "Language not known",
        "Price free",
        "Leads to Baker",
        "Nobody here has checked yet whether it can be had, so there is no link.",
        "No learner has reviewed this course here yet.",
    ):
        assert told in shown


def test_course_names_the_steps_that_recommend_it(visitor, bread):
    guide = published_guide(title="Baker’s way", slug="baker")
    step_of(guide, "Read").courses.add(bread)
    guide.publish(by=None)
    content = visitor.get(page(bread)).content.decode()
    assert f'<a href="{reverse("path", args=["baker"])}#step-read">Read</a>' in content


def test_course_that_can_no_longer_be_had_says_so_and_has_no_link(visitor, bread):
    type(bread).objects.update(status="retired", checked_on=date(2026, 11, 2), url="https://school.example/")
    shown = visitor.get(page(bread)).content.decode()
    assert "This can no longer be had." in shown
    assert "Go to the course" not in shown


def test_course_names_others_that_teach_the_same(visitor, bread):
    CourseFactory(title="Rolls", skills=bread.skills.all())
    CourseFactory(title="Ale")
    shown = words(visitor.get(page(bread)))
    assert ("Rolls" in shown, "Ale" in shown) == (True, False)


def test_course_is_told_to_machines(visitor, bread):
    said = linked_data(visitor.get(page(bread)))
    assert said["Course"] == {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": "Bread",
        "description": "Course by School.",
        "url": "http://127.0.0.1:8000/courses/bread/",
        "provider": {
            "@type": "Organization",
            "name": "School",
            "url": "http://127.0.0.1:8000/providers/school/",
        },
        "educationalLevel": "beginner",
        "teaches": ["Baking"],
        "offers": [{"@type": "Offer", "price": "0.00", "category": "Free"}],
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": ["online"],
            "courseWorkload": "PT12H",
        },
    }
    assert [step["name"] for step in said["BreadcrumbList"]["itemListElement"]] == ["Courses", "Bread"]


def test_certification_tells_what_it_asks_for(visitor, bread):
    baker = bread.leads_to.get()
    type(baker).objects.update(kind="exam", assessment="exam", validity_months=36)
    CertificationFigures.objects.create(
        certification=baker,
        source="Board",
        retrieved_on=date(2026, 11, 1),
        price=Decimal("1250.50"),
        currency="EUR",
    )
    response = visitor.get(page(baker))
    for told in (
        "certification by exam",
        "Assessed by an exam",
        "Valid 3 years",
        "Price 1,250.50 EUR",
        "Bread",
    ):
        assert told in words(response)
    said = linked_data(response)["EducationalOccupationalCredential"]
    assert (said["validFor"], said["competencyRequired"]) == ("P36M", ["Baking"])


def test_certification_names_the_steps_that_it_satisfies(visitor, bread):
    guide = published_guide(title="Baker’s way", slug="baker")
    step_of(guide, "Try").certifications.add(bread.leads_to.get())
    guide.publish(by=None)
    assert "Steps that it satisfies Baker’s way Try" in words(visitor.get(page(bread.leads_to.get())))


def test_provider_has_what_they_teach_and_host_and_issue(visitor, bread):
    for slug in ("school", "platform"):
        assert "Bread" in words(visitor.get(reverse("provider", args=[slug])))
    CertificationFactory(title="Master", issuer=bread.provider)
    assert "Master" in words(visitor.get(reverse("provider", args=["school"])))


def test_skill_has_what_needs_teaches_and_proves_it(visitor, bread):
    guide = published_guide(title="Baker’s way", slug="baker")
    step_of(guide, "Read").skills.add(bread.skills.get())
    guide.publish(by=None)
    shown = words(visitor.get(reverse("skill", args=["baking"])))
    assert "1 step needs it, 1 course teaches it, 1 certification proves it." in shown
    assert "Steps that need it Baker’s way Read" in shown


@pytest.mark.parametrize("name", ["course", "certification", "provider", "skill"])
def test_what_is_not_there_is_not_found(visitor, db, name):
    assert visitor.get(reverse(name, args=["nothing"])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_for_one_and_for_three(visitor, bread, number, django_assert_num_queries):
    for _ in range(number):
        CourseFactory(skills=bread.skills.all(), provider=bread.provider)
    addresses = {
        page(bread): 8,
        page(bread.leads_to.get()): 6,
        page(bread.provider): 3,
        page(bread.skills.get()): 4,
    }
    for address, queries in addresses.items():
        visitor.get(address)
        with django_assert_num_queries(queries):
            visitor.get(address)


# --- Side by side ---------------------------------------------------------------------------------


def test_courses_stand_side_by_side(visitor, bread):
    CourseFactory(title="Cake", slug="cake", level="advanced")
    shown = words(visitor.get(COMPARE, {"course": ["bread", "cake"]}))
    for told in (
        "Level beginner advanced",
        "Effort 12 hours not known",
        "Rating 4.9 of 5 by 12 School, 1 November 2026 not known",
        "Baking teaches it not named",
    ):
        assert told in shown


def test_four_fit_and_the_others_are_named(visitor, db):
    for number in range(5):
        CourseFactory(title=f"Course {number}", slug=f"c{number}")
    response = visitor.get(COMPARE, {"course": [f"c{number}" for number in range(5)]})
    assert len(response.context["columns"]) == 4
    assert "Four fit side by side. Left out: Course 4." in words(response)


def test_unknown_course_is_told(visitor, bread):
    assert "There is no course “cake”." in words(visitor.get(COMPARE, {"course": ["bread", "cake"]}))


def test_odd_and_many_courses_are_told(visitor, bread):
    odd = [chr(0), "a b", *(f"c{number}" for number in range(30)), "bread"]
    response = visitor.get(COMPARE, {"course": odd})
    assert (response.status_code, len(response.context["unknown"])) == (200, 20)


def test_nothing_to_compare_says_what_to_do(visitor, db):
    assert "Tick up to four courses in the list" in words(visitor.get(COMPARE))


def test_sitemap_has_what_is_listed(visitor, bread):
    CourseFactory(slug="old", status="retired", checked_on=date(2026, 11, 1))
    content = visitor.get("/sitemap.xml").content.decode()
    for path in ("courses/bread", "certifications/baker", "providers/school", "skills/baking"):
        assert f"<loc>http://127.0.0.1:8000/{path}/</loc>" in content
    assert "courses/old" not in content

"""Courses as files: they come back as they went, and a spreadsheet only shows them."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from courses.exporting import HEADER, csv_of, json_of, write_xlsx
from courses.models import Course, CourseFigures, Provider, Skill
from tests.courses.files import brought, catalog, counts, written
from tests.factories import CertificationFactory, CourseFactory, ProviderFactory, SkillFactory

KINDS = ["csv", "json", "xlsx"]
TITLES = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        st.sampled_from("=+-@'\"&;,|[]\t\r\n "),
    ),
    min_size=1,
    max_size=20,
)

pytestmark = pytest.mark.django_db


def exported(kind, path):
    """Return the path of a file of all courses."""
    courses = Course.objects.all()
    if kind == "xlsx":
        write_xlsx(courses, path)
        return path
    return written(path, "".join({"csv": csv_of, "json": json_of}[kind](courses)))


@pytest.fixture
def course():
    """A course of which everything is known."""
    course = CourseFactory(
        title="=SUM(A1)",
        slug="sum",
        provider=ProviderFactory(name="@Oven"),
        platform=ProviderFactory(name="Platform, the"),
        summary="One.\r\n\r\n-Two “three”.",
        url="https://a.example/?b=c",
        kind="degree",
        level="any",
        format="blended",
        language="pt-br",
        effort_hours=9,
        weeks_min=1,
        weeks_max=4,
        weekly_hours_min=2,
        weekly_hours_max=2,
        status="active",
        checked_on=date(2026, 1, 2),
    )
    course.skills.set(
        [SkillFactory(name="Salt, sugar"), SkillFactory(name="+Flour"), SkillFactory(name="A;B")]
    )
    course.leads_to.set([CertificationFactory(title="Licence", issuer=None)])
    figures = {"source": "Survey", "source_url": "https://s.example/", "retrieved_on": date(2026, 1, 3)}
    CourseFigures.objects.create(
        course=course, **figures, rating="4.5", ratings=3, enrolled=0, price="49.90", currency="USD"
    )
    for source, day in (("Survey", 2), ("Oven", 3)):
        CourseFigures.objects.create(course=course, source=source, retrieved_on=date(2026, 1, day), rating=4)
    return course


@pytest.mark.parametrize("kind", KINDS)
def test_export_imports_to_the_same(course, kind, tmp_path):
    before = catalog()
    file = exported(kind, tmp_path / f"a.{kind}")
    assert counts(brought(file)) == (0, 0, 3, 0)
    assert catalog() == before


@pytest.mark.parametrize("kind", KINDS)
def test_export_imports_to_the_same_elsewhere(course, kind, tmp_path):
    Course.objects.update(summary="One.\n\n-Two “three”.")
    before = catalog()
    file = exported(kind, tmp_path / f"a.{kind}")
    for model in (Course, Provider, Skill):
        model.objects.all().delete()
    assert counts(brought(file)) == (1, 2, 0, 0)
    assert catalog() == before


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20)
@given(titles=st.lists(TITLES, min_size=1, max_size=9))
def test_any_title_comes_back(kind, titles, tmp_path_factory):
    Course.objects.all().delete()
    for number, title in enumerate(titles):
        CourseFactory(title=title, slug=f"course-{number}", provider=None)
    before = catalog()
    file = exported(kind, tmp_path_factory.mktemp("any") / f"a.{kind}")
    made = brought(file)
    assert (made.counts["new"], made.counts["changed"], catalog()) == (0, 0, before)
    assert made.counts["same"] == len(titles)


def test_no_cell_of_a_csv_is_reckoned_with(course):
    text = "".join(csv_of(Course.objects.all()))
    row, *further = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert (text[:1], list(row)) == ("\ufeff", list(HEADER))
    assert (row["title"], row["provider"]) == ("'=SUM(A1)", "'@Oven")
    assert [cell for cell in row.values() if cell[:1] in "=+-@\t\r" and cell] == []
    assert [(each["slug"], each["source"], each["rating"], each["level"]) for each in further] == [
        ("sum", "Survey", "4.50", ""),
        ("sum", "Survey", "4.00", ""),
    ]
    assert (row["weeks"], row["weekly_hours"], row["rating"]) == ("1 to 4", "2", "4.00")


def test_no_cell_of_an_xlsx_is_a_formula(course, tmp_path):
    path = exported("xlsx", tmp_path / "a.xlsx")
    head, row, *_ = load_workbook(path).active.iter_rows()
    told = dict(zip([cell.value for cell in head], row, strict=True))
    assert [cell.value for cell in row if cell.data_type == "f"] == []
    assert (told["title"].value, told["effort_hours"].value) == ("'=SUM(A1)", 9)


def test_json_says_what_is_known(course):
    Course.objects.exclude(pk=course.pk).delete()
    CourseFactory(title="Bread", slug="bread", provider=None)
    told = json.loads("".join(json_of(Course.objects.all())))
    assert (told[0]["title"], told[0]["skills"]) == ("=SUM(A1)", ["+Flour", "A;B", "Salt, sugar"])
    assert told[3] == {"title": "Bread", "slug": "bread", "kind": "course", "status": "unverified"}


def test_no_courses_are_a_file_too(tmp_path):
    assert "".join(json_of(Course.objects.none())) == "[]\n"
    assert "".join(csv_of(Course.objects.none())) == "\ufeff" + ",".join(HEADER) + "\r\n"


@pytest.mark.parametrize("entries", [1, 3])
def test_export_costs_no_more_for_three_courses(entries, django_assert_num_queries):
    for course in CourseFactory.create_batch(entries):
        CourseFigures.objects.create(
            course=course, source="S", retrieved_on=date(2026, 1, 2), rating=Decimal(4)
        )
    with django_assert_num_queries(8):
        list(csv_of(Course.objects.all()))

"""Bringing in the catalog that comes with the site: once, and over nothing of the staff's."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Certification, Course, CourseFigures, Provider, Seeded, Skill
from courses.seeding import BrokenCatalog, Counts, seed
from tests.factories import CourseFactory, ProviderFactory, SkillFactory

pytestmark = pytest.mark.django_db

FILES = {
    "skills": """
- slug: kneading
  name: Kneading
""",
    "providers": """
- slug: oven-academy
  name: Oven Academy
  kind: organisation
  summary: Where bakers learn.
""",
    "certifications": """
- slug: journeyman
  title: Journeyman
  issuer: oven-academy
  kind: exam
  summary: Proves that one can bake.
  skills: [kneading]
  figures:
    - source: Flour Times
      retrieved_on: 2026-01-02
      price: 0
""",
    "courses": """
- slug: bread
  title: Bread
  provider: oven-academy
  kind: bootcamp
  level: beginner
  language: en
  weeks_min: 2
  weeks_max: 3
  summary: From flour to loaf.
  skills: [kneading]
  leads_to: [journeyman]
  figures:
    - source: Flour Times
      source_url: https://flour.example/
      retrieved_on: 2026-01-02
      rating: 4.5
      ratings: 12
      enrolled: 300
""",
}


@pytest.fixture
def folder(tmp_path):
    """A small catalog with one of everything."""
    for kind, text in FILES.items():
        (tmp_path / f"{kind}.yaml").write_text(text)
    return tmp_path


def change(folder, kind, old, new):
    path = folder / f"{kind}.yaml"
    path.write_text(path.read_text().replace(old, new))


def faults_of(folder):
    with pytest.raises(BrokenCatalog) as refused:
        seed(folder)
    return refused.value.faults


def everything():
    """Return what every row of the catalog says, and what it names."""
    return {
        "skills": list(Skill.objects.values()),
        "providers": list(Provider.objects.values()),
        "certifications": list(Certification.objects.values()),
        "courses": list(Course.objects.values()),
        "figures": list(CourseFigures.objects.values()),
        "skills of courses": list(Course.skills.through.objects.order_by("pk").values()),
        "leads to": list(Course.leads_to.through.objects.order_by("pk").values()),
        "seeded": list(Seeded.objects.order_by("pk").values()),
    }


# --- What is made -----------------------------------------------------------------------------


def test_seed_makes_what_is_absent(folder):
    assert seed(folder) == Counts(made=4, filled=0, left=0)


def test_seed_makes_a_course_with_all_that_its_entry_says(folder):
    seed(folder)
    course = Course.objects.get()
    assert (course.slug, course.title, course.provider.slug, course.platform) == (
        *("bread", "Bread", "oven-academy"),
        None,
    )
    assert (course.kind, course.level, course.format, course.language) == ("bootcamp", "beginner", "", "en")
    assert (course.weeks_min, course.weeks_max, course.effort_hours) == (2, 3, None)
    assert (course.status, course.checked_on, course.url) == ("unverified", None, "")
    assert [skill.slug for skill in course.skills.all()] == ["kneading"]
    assert [certification.slug for certification in course.leads_to.all()] == ["journeyman"]


def test_seed_gives_a_course_its_figures(folder):
    seed(folder)
    figures = CourseFigures.objects.get()
    assert (figures.source, figures.source_url, figures.retrieved_on) == (
        *("Flour Times", "https://flour.example/"),
        date(2026, 1, 2),
    )
    assert (figures.rating, figures.ratings, figures.enrolled, figures.price) == (
        *(Decimal("4.5"), 12, 300),
        None,
    )


def test_seed_knows_free_from_unknown(folder):
    seed(folder)
    assert [figures.price for figures in Certification.objects.get().figures.all()] == [0]


def test_second_seed_changes_nothing(folder):
    seed(folder)
    before = everything()
    assert seed(folder) == Counts(made=0, filled=0, left=4)
    assert everything() == before


@pytest.mark.parametrize("courses", [1, 3])
def test_seed_asks_as_often_for_one_course_as_for_three(folder, courses):
    for number in range(1, courses):
        with (folder / "courses.yaml").open("a") as file:
            file.write(FILES["courses"].replace("slug: bread", f"slug: bread-{number}"))
    with CaptureQueriesContext(connection) as queries:
        seed(folder)
    assert (len(queries), Course.objects.count()) == (27, courses)


@pytest.mark.parametrize("courses", [1, 3])
def test_second_seed_asks_as_often_for_one_course_as_for_three(folder, courses):
    for number in range(1, courses):
        with (folder / "courses.yaml").open("a") as file:
            file.write(FILES["courses"].replace("slug: bread", f"slug: bread-{number}"))
    seed(folder)
    with CaptureQueriesContext(connection) as queries:
        seed(folder)
    assert len(queries) == 11


# --- What is there already --------------------------------------------------------------------


def test_seed_leaves_alone_what_staff_wrote(folder):
    CourseFactory(slug="bread", title="Our bread", summary="As we bake it.")
    assert seed(folder) == Counts(made=3, filled=0, left=1)
    course = Course.objects.get()
    assert (course.title, course.summary, course.level) == ("Our bread", "As we bake it.", "")
    assert (course.skills.count(), course.figures.count(), course.leads_to.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    "said",
    [
        {"summary": "Ours."},
        {"kind": "programme"},
        {"level": "any"},
        {"effort_hours": 3},
        {"checked_on": date(2026, 1, 2)},
        {"status": "retired", "checked_on": date(2026, 1, 2)},
    ],
)
def test_seed_fills_no_course_that_says_something(folder, said):
    CourseFactory(slug="bread", **said)
    assert seed(folder).filled == 0


def test_seed_fills_no_course_that_has_figures(folder):
    course = CourseFactory(slug="bread")
    course.figures.create(source="Us", retrieved_on=date(2026, 1, 2), enrolled=1)
    assert seed(folder).filled == 0


def test_seed_fills_a_course_of_an_earlier_version(folder):
    CourseFactory(slug="bread", title="Our bread", url="https://ours.example/", provider=None)
    assert seed(folder) == Counts(made=3, filled=1, left=0)
    course = Course.objects.get()
    assert (course.title, course.url) == ("Our bread", "https://ours.example/")
    assert (course.summary, course.kind, course.provider.slug) == (
        *("From flour to loaf.", "bootcamp"),
        "oven-academy",
    )
    assert (course.skills.count(), course.figures.count(), course.leads_to.count()) == (1, 1, 1)


def test_seed_keeps_the_skills_of_a_course_that_it_fills(folder):
    CourseFactory(slug="bread", skills=[SkillFactory(slug="patience")])
    seed(folder)
    assert [skill.slug for skill in Course.objects.get().skills.all()] == ["patience"]


def test_seed_fills_a_provider_of_an_earlier_version(folder):
    ProviderFactory(slug="oven-academy", name="The academy")
    assert seed(folder) == Counts(made=3, filled=1, left=0)
    provider = Provider.objects.get()
    assert (provider.name, provider.kind, provider.summary) == (
        *("The academy", "organisation"),
        "Where bakers learn.",
    )


# --- What staff did since ---------------------------------------------------------------------


def test_what_staff_deleted_stays_deleted(folder):
    seed(folder)
    Course.objects.all().delete()
    Certification.objects.all().delete()
    Provider.objects.all().delete()
    Skill.objects.all().delete()
    assert seed(folder) == Counts(made=0, filled=0, left=4)
    assert (Course.objects.count(), Provider.objects.count(), Skill.objects.count()) == (0, 0, 0)


def test_what_staff_renamed_is_not_made_again(folder):
    seed(folder)
    Course.objects.update(slug="loaf")
    seed(folder)
    assert [course.slug for course in Course.objects.all()] == ["loaf"]


def test_what_staff_emptied_is_not_filled_again(folder):
    seed(folder)
    course = Course.objects.get()
    Course.objects.update(summary="", kind="course", level="", language="", weeks_min=None, weeks_max=None)
    course.figures.all().delete()
    course.leads_to.clear()
    assert seed(folder).filled == 0


def test_new_entry_does_without_what_staff_deleted(folder):
    seed(folder)
    Course.objects.all().delete()
    Certification.objects.all().delete()
    Provider.objects.all().delete()
    Skill.objects.all().delete()
    change(folder, "courses", "slug: bread", "slug: rolls")
    assert seed(folder) == Counts(made=1, filled=0, left=3)
    course = Course.objects.get()
    assert (course.slug, course.provider, course.skills.count()) == ("rolls", None, 0)


# --- Files that are wrong ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "old", "new", "fault"),
    [
        ("courses", "level: beginner", "level: hard", "courses.yaml:6: 0.level: "),
        ("courses", "level:", "niveau:", "courses.yaml:6: 0.niveau: "),
        ("courses", "language: en", "language: xx", "courses.yaml:7: 0.language: no language has this code"),
        ("courses", "weeks_max: 3", "weeks_max: 1", "courses.yaml:2: 0: weeks, and hours a week, need both"),
        ("courses", "skills: [kneading]", "skills: []", "courses.yaml:11: 0.skills: "),
        ("courses", "skills: [kneading]", "skills: [x]", "courses.yaml:11: there is no “x” in skills.yaml"),
        ("courses", "[journeyman]", "[x]", "courses.yaml:12: there is no “x” in certifications.yaml"),
        ("courses", "r: oven-academy", "r: x", "courses.yaml:4: there is no “x” in providers.yaml"),
        ("courses", "slug: bread", "slug: match", "courses.yaml:2: 0.slug: these slugs are taken"),
        (
            "courses",
            "title: Bread",
            "title: Bread\n  url: https://a.example/",
            "courses.yaml:2: 0: a link, or",
        ),
        ("courses", "rating: 4.5", "rating: 5.5", "courses.yaml:17: 0.figures.0.rating: "),
        ("courses", "rating: 4.5", "price: 9", "courses.yaml:14: 0.figures.0: a price above 0 needs its cu"),
        ("courses", "      retrieved_on: 2026-01-02\n", "", "courses.yaml:14: 0.figures.0.retrieved_on: "),
        (
            "certifications",
            "      price: 0\n",
            "",
            "certifications.yaml:9: 0.figures.0: a source without any",
        ),
        ("skills", "name: Kneading", "name: ", "skills.yaml:3: 0.name: "),
        ("skills", "- slug", "slug: [", "skills.yaml:2: not valid YAML: "),
        (
            "skills",
            "name:",
            "slug: a\n  name:",
            "skills.yaml:3: the key “slug” stands here for the second time",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(folder, kind, old, new, fault):
    change(folder, kind, old, new)
    assert [found[: len(fault)] for found in faults_of(folder)] == [fault]


def test_slug_that_stands_twice_is_told(folder):
    with (folder / "skills.yaml").open("a") as file:
        file.write("- slug: kneading\n  name: Kneading again\n")
    assert faults_of(folder) == ["skills.yaml:4: “kneading” stands here for the second time"]


def test_source_that_speaks_twice_on_a_day_is_told(folder):
    again = "    - source: Flour Times\n      retrieved_on: 2026-01-02\n      enrolled: 3\n"
    with (folder / "courses.yaml").open("a") as file:
        file.write(again)
    assert faults_of(folder) == ["courses.yaml:14: a source can stand here only once for a day"]


def test_missing_file_is_told(folder):
    (folder / "providers.yaml").unlink()
    assert faults_of(folder) == ["providers.yaml:1: cannot be read: No such file or directory"]


def test_broken_catalog_changes_nothing(folder):
    change(folder, "courses", "[kneading]", "[x]")
    faults_of(folder)
    assert (Skill.objects.count(), Seeded.objects.count()) == (0, 0)


# --- The command ------------------------------------------------------------------------------


def test_command_says_what_it_did(folder, capsys):
    call_command("load_catalog", folder)
    assert capsys.readouterr().out == f"{folder}: 4 made, 0 filled, 0 left alone\n"


def test_command_of_a_start_says_nothing(folder, capsys):
    call_command("load_catalog", folder, verbosity=0)
    assert (capsys.readouterr().out, Course.objects.count()) == ("", 1)


def test_command_says_what_is_wrong(folder):
    change(folder, "skills", "name: Kneading", "name: ")
    with pytest.raises(CommandError, match=r"skills\.yaml:3: 0\.name: "):
        call_command("load_catalog", folder)

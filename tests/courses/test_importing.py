"""Bringing files of courses into the catalog: what becomes of each row, and that it is all or nothing."""

import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from courses.importing.storing import Outdated, store
from courses.models import Course, CourseFigures, Provider, Skill
from tests.courses.files import (
    brought,
    catalog,
    changes,
    counts,
    csv_file,
    planned,
    reasons,
    today,
    written,
)
from tests.factories import CertificationFactory, CourseFactory, ProviderFactory, SkillFactory

DIRTY = Path(__file__).parent / "data" / "dirty.csv"
ROOT = Path(__file__).parents[2]
BREAD = {"title": "Bread", "provider": "Oven University"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def new(tmp_path):
    """Return a function that makes a CSV file of its rows, each time under another name."""
    names = iter(f"courses-{number}.csv" for number in range(100))
    return lambda *rows: csv_file(tmp_path / next(names), *rows)


# --- The dirty file ---------------------------------------------------------------------------


@pytest.fixture
def dirty(tmp_path):
    return written(tmp_path / "dirty.csv", DIRTY.read_bytes())


def test_dirty_file_gives_what_can_be_understood(dirty):
    assert counts(brought(dirty)) == (8, 0, 1, 23)
    assert list(
        Course.objects.order_by("pk").values_list("title", "kind", "level", "language", "effort_hours")
    ) == [
        ("Bread for Beginners", "course", "beginner", "en", 13),
        ("Sour Dough in Depth", "specialisation", "intermediate", "en", None),
        ("Pâtisserie française", "programme", "any", "fr", None),
        ("面包入门", "course", "advanced", "zh-hans", 2),
        ("Salt & Water", "bootcamp", "any", "pt-br", None),
        ('=HYPERLINK("http://evil.example","Rolls")', "course", "beginner", "de", None),
        ('Crumbs, "crusts" and corners', "degree", "beginner", "", None),
        ("Last one", "course", "", "", None),
    ]
    figures = CourseFigures.objects.order_by("pk")
    assert list(figures.values_list("source", "rating", "ratings", "enrolled", "price", "currency")) == [
        ("Oven University", Decimal("4.9"), 43_000, 3_200_000, 0, ""),
        ("Oven University", Decimal("4.8"), 1234, 120_000, 49, "USD"),
        ("École du Four", None, None, None, 30, "EUR"),
        ("烘焙学院", Decimal("4.5"), 12, 10_000, None, ""),
        ("Oven University", None, 0, 17, 1299, "USD"),
        ("@Bakers", Decimal("4.5"), None, None, 0, ""),
    ]
    assert {skill.name for skill in Skill.objects.all()} == {
        "Kneading",
        "Baking",
        "Patience",
        "Pastry",
        "+Rolling",
    }
    assert {course.status for course in Course.objects.all()} == {"unverified"}


def test_dirty_file_is_refused_where_it_is_not_understood(dirty):
    told = reasons(planned(dirty))
    assert told[11] == ["Course Title: has no title"]
    assert told[12] == ["row 2 says something else of the same course"]
    assert told[15] == [
        "Course Fee: “$49” does not say of which currency; give it in a column, or with the file"
    ]
    assert told[26] == [
        "Course Title: has letters that were broken before it came here; save the file as UTF-8"
    ]
    assert told[28] == ["Course Effort: says something else about the effort than another column of the row"]
    assert told[29] == ["it has 2 cells, and there are 14 columns"]
    assert told[32] == ["it has bytes that are no letters; save the file as UTF-8"]
    assert list(told) == [*range(11, 33), 34]


def test_dirty_file_says_what_it_mended_and_which_columns_it_did_not_use(dirty):
    made = planned(dirty)
    assert made.unused == {"Instructor mood": "no usual name"}
    assert [fate.mended for fate in made.fates() if fate.mended][1:] == [{"Salt &amp; Water": "Salt & Water"}]


def test_dirty_file_changes_nothing_the_second_time(dirty):
    brought(dirty)
    before = catalog()
    assert counts(brought(dirty)) == (0, 0, 9, 23)
    assert catalog() == before


def test_what_is_unknown_overwrites_nothing(dirty, new):
    brought(dirty)
    before = catalog()
    row = {
        "title": "Bread for Beginners",
        "provider": "Oven University",
        "level": "NA",
        "rating": "-",
        "skills": "",
    }
    assert counts(brought(new(row))) == (0, 0, 1, 0)
    assert catalog() == before


# --- What a row means -------------------------------------------------------------------------


def test_course_is_known_by_title_and_provider(new):
    CourseFactory(title="Bread", provider=ProviderFactory(name="Oven University"))
    rows = [{"title": " BREAD ", "provider": "oven  university"}, {"title": "Bread", "provider": "Other"}]
    assert counts(brought(new(*rows))) == (1, 0, 1, 0)
    assert [course.title for course in Course.objects.order_by("pk")] == ["Bread", "Bread"]


def test_course_is_known_by_its_slug(new):
    course = CourseFactory(title="Bread", slug="bread")
    made = brought(new({"slug": "bread", "title": "Better bread"}))
    assert changes(made) == {"Bread": {"title": ["Bread", "Better bread"]}}
    course.refresh_from_db()
    assert (course.title, course.slug) == ("Better bread", "bread")


def test_course_on_two_platforms_needs_to_be_told_apart(new):
    provider = ProviderFactory(name="Oven University")
    for name in ("Here", "There"):
        CourseFactory(
            title="Bread", slug=f"bread-{name}", provider=provider, platform=ProviderFactory(name=name)
        )
    assert reasons(planned(new(BREAD))) == {
        2: ["more than one course has this title and provider; give the platform or the slug"]
    }
    assert counts(planned(new(BREAD | {"platform": "There"}))) == (0, 0, 1, 0)
    assert counts(planned(new(BREAD | {"platform": "Elsewhere"}))) == (1, 0, 0, 0)


def test_title_alone_does_not_tell_whose_course_it_is(new):
    CourseFactory(title="Bread")
    assert reasons(planned(new({"title": "bread"}))) == {
        2: ["a course with this title is there already; give the provider or the slug"]
    }


def test_second_row_of_a_course_is_the_same_or_refused(new):
    rows = [BREAD | {"level": level} for level in ("Beginner", "beginner level", "Advanced")]
    made = planned(new(*rows))
    assert counts(made) == (1, 0, 1, 1)
    assert reasons(made) == {4: ["row 2 says something else of the same course"]}


def test_names_of_two_things_are_refused(new):
    ProviderFactory(name="Oven", slug="oven-a")
    ProviderFactory(name="OVEN", slug="oven-b")
    file = new({"title": "Bread", "provider": "Oven"}, {"title": "Bread", "provider": "oven-b"})
    assert reasons(brought(file)) == {
        2: ["provider: “Oven” is the name of more than one provider; give the slug of one: oven-a, oven-b"]
    }
    assert Course.objects.get().provider.slug == "oven-b"


def test_refused_row_makes_no_provider_and_no_skill(new):
    made = brought(new(BREAD | {"skills": "Kneading", "leads_to": "Baker's licence"}))
    assert reasons(made) == {2: ["leads_to: there is no certification “Baker's licence”; add it first"]}
    assert (Provider.objects.count(), Skill.objects.count()) == (0, 0)


def test_skills_and_certifications_are_found_by_slug_or_name(new):
    skill, licence = SkillFactory(name="Kneading"), CertificationFactory(title="Baker's licence")
    brought(new(BREAD | {"skills": "KNEADING; Salting", "leads_to": "bakers-licence"}))
    course = Course.objects.get()
    assert [each.slug for each in course.skills.all()] == ["kneading", "salting"]
    assert (skill in course.skills.all(), list(course.leads_to.all())) == (True, [licence])


def test_status_needs_its_day(new):
    rows = [BREAD | {"status": "active"}, {"title": "Salt", "status": "active", "checked_on": "2026-01-02"}]
    made = brought(new(*rows))
    assert reasons(made) == {2: ["status: “active” needs the day on which that was checked (checked_on)"]}
    assert Course.objects.values_list("status", "checked_on").get() == ("active", date(2026, 1, 2))


def test_slugs_are_free_and_no_words_of_the_site(new):
    CourseFactory(title="Bread", slug="bread")
    rows = [BREAD, {"title": "Match"}, {"title": "面包"}, {"title": "Facets", "slug": "facets"}]
    assert reasons(brought(new(*rows))) == {5: ["slug: the slug “facets” is taken by a page of the site"]}
    slugs = Course.objects.order_by("pk").values_list("slug", flat=True)
    assert [slug[:7] for slug in slugs] == ["bread", "bread-o", "match-2", "course-"]


# --- Figures ----------------------------------------------------------------------------------


def figures():
    return list(
        CourseFigures.objects.order_by("pk").values_list("source", "retrieved_on", "rating", "enrolled")
    )


def sources(made):
    return [fate.orders["figures"]["fields"]["source"] for fate in made.fates()]


def test_figures_have_the_source_that_the_row_the_option_or_the_platform_says(new):
    rows = [
        {"title": "A", "rating": "4", "source": "Survey", "platform": "Here", "provider": "Oven"},
        {"title": "B", "rating": "4", "source": "", "platform": "Here", "provider": "Oven"},
        {"title": "C", "rating": "4", "source": "", "platform": "", "provider": "Oven"},
        {"title": "D", "rating": "4", "source": "", "platform": "", "provider": ""},
    ]
    file = new(*rows)
    assert sources(planned(file)) == ["Survey", "Here", "Oven", file.name]
    assert sources(planned(file, source="Us")) == ["Survey", "Us", "Us", "Us"]


def test_same_figures_on_a_later_day_change_nothing(new):
    file = new(BREAD | {"rating": "4.5", "enrolled": "10"})
    days = [today() - timedelta(days=number) for number in (2, 1, 0)]
    assert [counts(brought(file, retrieved_on=day)) for day in days] == [
        (1, 0, 0, 0),
        (0, 0, 1, 0),
        (0, 0, 1, 0),
    ]
    assert figures() == [("Oven University", days[0], Decimal("4.5"), 10)]


def test_other_figures_on_another_day_stand_beside_them(new):
    yesterday = today() - timedelta(days=1)
    brought(new(BREAD | {"rating": "4.5", "enrolled": "10"}), retrieved_on=yesterday)
    made = brought(new(BREAD | {"rating": "4.6"}))
    assert changes(made) == {"Bread": {"rating": ["4.50", "4.60"]}}
    assert figures() == [
        ("Oven University", yesterday, Decimal("4.5"), 10),
        ("Oven University", today(), Decimal("4.6"), None),
    ]


def test_other_figures_on_the_same_day_take_their_place(new):
    brought(new(BREAD | {"rating": "4.5", "enrolled": "10"}))
    brought(new(BREAD | {"rating": "4.6", "enrolled": "NA"}))
    assert figures() == [("Oven University", today(), Decimal("4.6"), 10)]


def test_figures_of_another_source_stand_beside_them(new):
    brought(new(BREAD | {"rating": "4.5"}))
    assert counts(brought(new(BREAD | {"rating": "4.5"}), source="Survey")) == (0, 1, 0, 0)
    assert [row[0] for row in figures()] == ["Oven University", "Survey"]


def test_rows_with_figures_alone_add_them(new):
    rows = [
        BREAD | {"level": "any", "rating": "4.5"},
        BREAD | {"rating": "4", "source": "Survey"},
        BREAD | {"rating": "3", "source": "Survey"},
        BREAD | {"level": "any", "rating": "2", "source": "Other"},
    ]
    assert counts(brought(new(*rows))) == (1, 1, 0, 2)
    assert [(row[0], row[2]) for row in figures()] == [("Oven University", Decimal("4.5")), ("Survey", 4)]
    assert counts(brought(new(*rows))) == (0, 0, 2, 2)


def test_stars_that_nobody_gave_are_unknown(new):
    brought(new(BREAD | {"rating": "0", "reviews": "0"}))
    assert CourseFigures.objects.values_list("rating", "ratings").get() == (None, 0)


# --- Storing ----------------------------------------------------------------------------------


def test_changed_courses_are_written_and_nothing_else_of_them(new):
    course = CourseFactory(
        title="Bread", provider=ProviderFactory(name="Oven University"), summary="Ours.", url=""
    )
    course.skills.set([SkillFactory(name="Kneading")])
    made = brought(
        new(BREAD | {"level": "advanced", "skills": "Salting", "url": "a.example", "duration": "9 hours"})
    )
    assert changes(made) == {
        "Bread": {
            "url": ["", "https://a.example"],
            "level": ["", "advanced"],
            "effort_hours": ["", "9"],
            "skills": ["Kneading", "Salting"],
        }
    }
    course.refresh_from_db()
    assert (course.level, course.summary, course.effort_hours) == ("advanced", "Ours.", 9)
    assert [skill.name for skill in course.skills.all()] == ["Salting"]


def test_plan_writes_nothing(new):
    planned(new(BREAD | {"skills": "Kneading", "rating": "4"}))
    assert [model.objects.count() for model in (Course, Provider, Skill, CourseFigures)] == [0] * 4


def test_plan_of_another_catalog_is_not_stored(new):
    made = planned(new(BREAD))
    CourseFactory(title="Salt")
    with pytest.raises(Outdated):
        store(made)
    assert [course.title for course in Course.objects.all()] == ["Salt"]


def queries_of(file):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        brought(file)
    return len(captured)


def test_number_of_queries_does_not_depend_on_the_rows(new):
    rows = [
        {"title": f"Course {number}", "provider": f"Oven {number}", "skills": f"a{number}; b", "rating": "4"}
        for number in range(4)
    ]
    costs = [queries_of(new(*rows[:1])), queries_of(new(*rows[1:]))]
    assert costs[0] == costs[1]
    better = [row | {"rating": "5", "level": "any", "skills": "b"} for row in rows]
    costs = [queries_of(new(*better[:1])), queries_of(new(*better[1:]))]
    assert costs[0] == costs[1]


@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "title": st.sampled_from(["Bread", "bread ", "Salt", "面包", "None", "=A"]),
                "provider": st.sampled_from(["", "Oven", "OVEN", "Mill"]),
                "platform": st.sampled_from(["", "Here", "There"]),
                "slug": st.sampled_from(["", "", "", "bread", "salt", "b b"]),
                "level": st.sampled_from(["", "Mixed", "beginner", "odd"]),
                "rating": st.sampled_from(["", "4.5", "4.6 stars", "98%"]),
                "skills": st.sampled_from(["", "Baking", "Baking, Salting"]),
            }
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_file_that_was_brought_changes_nothing_the_next_time(tmp_path_factory, rows):
    file = csv_file(tmp_path_factory.mktemp("any") / "any.csv", *rows)
    Course.objects.all().delete()
    first = counts(brought(file))
    before = catalog()
    again = brought(file)
    assert sum(first) == sum(counts(again))
    assert (counts(again)[:2], catalog()) == ((0, 0), before)


# --- Killed half way --------------------------------------------------------------------------


def address():
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    password = f":{told['PASSWORD']}" if told["PASSWORD"] else ""
    return f"postgres://{told['USER']}{password}@{told['HOST']}:{told['PORT'] or 5432}/{told['NAME']}"


def importing(file, var):
    environment = os.environ | {
        "DATABASE_URL": address(),
        "VAR_DIR": str(var),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    command = [sys.executable, str(ROOT / "manage.py"), "import_courses", str(file), "--verbosity", "2"]
    return subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.django_db(transaction=True)
def test_killed_import_leaves_nothing_and_can_be_done_again(new, tmp_path, visitor):
    rows = [
        {"title": f"Course {number}", "provider": "Oven", "skills": "Baking", "rating": "4"}
        for number in range(1500)
    ]
    file = new(*rows)
    with importing(file, tmp_path / "var") as process:
        assert process.stderr.readline() == "500 courses written\n"
        process.send_signal(signal.SIGSTOP)
        pages = [visitor.get("/courses/"), visitor.get("/certifications/")]  # nobody waits for it meanwhile
        process.send_signal(signal.SIGKILL)
    assert [page.status_code for page in pages] == [200, 200]
    assert process.returncode == -signal.SIGKILL
    assert [model.objects.count() for model in (Course, Provider, Skill, CourseFigures)] == [0] * 4
    assert counts(brought(file)) == (1500, 0, 0, 0)


# --- The command ------------------------------------------------------------------------------


def said(capsys, *arguments):
    call_command("import_courses", *map(str, arguments))
    return capsys.readouterr().out.splitlines()


def test_command_tells_what_is_refused_and_how_many(new, capsys):
    file = new(BREAD | {"Mood": "sunny"}, {"title": "Salt", "provider": "Oven", "rating": "", "Mood": ""})
    assert said(capsys, file) == [
        "Column “Mood” is not used: no usual name.",
        "2 new, 0 changed, 0 same, 0 refused",
    ]
    file = new(BREAD | {"level": "easy"}, {"title": "Salt", "provider": "Oven", "level": "any"})
    assert said(capsys, file) == [
        "row 2: refused: level: “easy” is no level that is known here; "
        "use beginner, intermediate, advanced, any",
        "0 new, 1 changed, 0 same, 1 refused",
    ]


def test_command_tells_of_every_row_when_it_is_dry(new, capsys):
    CourseFactory(title="Salt", provider=ProviderFactory(name="Oven"))
    file = new(BREAD | {"level": ""}, {"title": "Salt", "provider": "Oven", "level": "any"})
    assert said(capsys, file, "--dry-run") == [
        "row 2: new: Bread",
        "row 3: changed: Salt; level “” → “any”",
        "1 new, 1 changed, 0 same, 0 refused",
    ]
    assert Course.objects.count() == 1


def test_command_takes_columns_source_day_and_currency(new, capsys):
    file = new({"What = it": "Bread", "Ratings": "4.5", "Price": "$49", "level": "odd"})
    told = ("--map", "What = it=title", "--map", "Ratings=rating", "--map", "level=")
    more = ("--source", "Survey", "--retrieved", "2026-01-02", "--currency", "USD")
    assert said(capsys, file, *told, *more) == [
        "Column “level” is not used: left out.",
        "1 new, 0 changed, 0 same, 0 refused",
    ]
    assert CourseFigures.objects.values_list(
        "source", "retrieved_on", "rating", "price", "currency"
    ).get() == (
        "Survey",
        date(2026, 1, 2),
        Decimal("4.5"),
        49,
        "USD",
    )


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--map", "nothing"], "“nothing” does not say COLUMN=FIELD."),
        (["--map", "Mood=title"], "There is no column “Mood”. There are: name of it."),
        (["--currency", "dollars"], "“DOLLARS” is no currency; use its three letters, such as USD"),
        (["--retrieved", "today"], "“today” is no day; write it as 2026-11-21."),
        (
            [],
            "No column gives the title of a course. There are: name of it. "
            "Say which it is, such as “Name of course=title”.",
        ),
    ],
)
def test_command_says_what_to_do_where_it_can_do_nothing(new, more, message):
    with pytest.raises(CommandError) as refused:
        call_command("import_courses", str(new({"name of it": "Bread"})), *more)
    assert str(refused.value) == message


def test_command_fails_where_there_is_no_file(tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("import_courses", str(tmp_path / "none.csv"))
    assert str(refused.value) == "The file cannot be opened: No such file or directory."


def test_ambiguous_column_is_not_used_and_said(new):
    made = planned(new({"title": "Bread", "Ratings": "4.5"}))
    assert made.unused == {
        "Ratings": "it may mean stars (rating) or how many gave them (rating_count): say which"
    }


def test_column_that_says_it_best_is_used(new):
    made = planned(new({"title": "Bread", "University": "Oven", "provider": "Mill"}))
    assert made.columns == {"title": "title", "provider": "provider"}
    assert made.unused == {"University": "“provider” gives the provider already"}

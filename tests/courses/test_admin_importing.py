"""Courses from files, and as files, in the studio: seen before they are stored, logged, and for who may."""

import csv
import io
import json
import os
import time

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.models import Course, CourseFigures, Provider
from portal.log import change_of, words_of
from tests.conftest import client_of
from tests.factories import CourseFactory, ProviderFactory, UserFactory

IMPORT = "/admin/courses/course/import/"
FILE = "title,provider,level,rating\nBread,Oven,Mixed,4.5\nSalt,Oven,odd,\n"


@pytest.fixture(autouse=True)
def imports(settings, tmp_path):
    """The folder where uploads are kept."""
    settings.VAR_DIR = tmp_path
    return tmp_path / "course-imports"


def kept(imports):
    return sorted(path.suffix for path in imports.iterdir()) if imports.exists() else []


def words(response):
    return " ".join(response.content.decode().split())


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def upload(client, content=FILE, name="courses.csv", **said):
    """Upload a file and return the page that it leads to."""
    file = SimpleUploadedFile(name, content.encode())
    return client.post(IMPORT, {"file": file, **said}, follow=True)


def rows(response):
    return [(row.number, row.verdict, row.title, row.reasons) for row in response.context["page"]]


def confirm(client, seen):
    return client.post(IMPORT, {"plan": seen.context["key"]}, follow=True)


def test_plan_shows_what_becomes_of_each_row_and_writes_nothing(catalog_editor_client, imports):
    response = upload(catalog_editor_client)
    assert rows(response) == [
        (2, "new", "Bread", []),
        (
            3,
            "refused",
            "Salt",
            ["level: “odd” is no level that is known here; use beginner, intermediate, advanced, any"],
        ),
    ]
    assert "1 new providers: Oven." in words(response)
    assert (Course.objects.count(), Provider.objects.count(), kept(imports)) == (
        0,
        0,
        [".file", ".json", ".plan"],
    )


def test_plan_shows_the_rows_of_one_fate(catalog_editor_client):
    seen = upload(catalog_editor_client)
    address = f"{IMPORT}?plan={seen.context['key']}"
    shown = [
        rows(catalog_editor_client.get(f"{address}&fate={fate}"))
        for fate in ("new", "same", "refused", "odd")
    ]
    assert [[row[0] for row in each] for each in shown] == [[2], [], [3], [2, 3]]


@pytest.mark.parametrize("entries", [1, 3])
def test_plan_costs_no_more_for_three_rows(catalog_editor_client, entries, django_assert_num_queries):
    seen = upload(
        catalog_editor_client, "title\n" + "".join(f"Course {number}\n" for number in range(entries))
    )
    with django_assert_num_queries(4):
        catalog_editor_client.get(IMPORT, {"plan": seen.context["key"]})


def test_plan_of_many_rows_is_shown_in_pages(catalog_editor_client):
    seen = upload(catalog_editor_client, "title\n" + "".join(f"Course {number}\n" for number in range(101)))
    response = catalog_editor_client.get(f"{IMPORT}?plan={seen.context['key']}&page=2")
    assert [row[0] for row in rows(response)] == [102]
    assert "Page 2 of 2" in words(response)


def test_confirmation_stores_and_logs(catalog_editor_client, catalog_editor, imports):
    course = CourseFactory(title="Salt", provider=ProviderFactory(name="Oven"), level="any")
    response = confirm(catalog_editor_client, upload(catalog_editor_client, FILE.replace("odd", "advanced")))
    told = "Imported courses from “courses.csv”: 1 new, 1 changed, 0 same, 0 refused."
    assert (messages_of(response), kept(imports)) == ([told], [])
    assert sorted(Course.objects.values_list("title", "level")) == [("Bread", "any"), ("Salt", "advanced")]
    whole, one = LogEntry.objects.order_by("pk")
    assert (whole.user, words_of(whole)) == (catalog_editor, told)
    assert (one.object_id, change_of(one)) == (
        str(course.pk),
        {
            "changed": {"fields": ["level"]},
            "before": {"level": "any"},
            "after": {"level": "advanced"},
            "words": "Imported from “courses.csv”.",
        },
    )


def test_second_confirmation_stores_nothing(catalog_editor_client):
    seen = upload(catalog_editor_client)
    confirm(catalog_editor_client, seen)
    response = confirm(catalog_editor_client, seen)
    assert messages_of(response) == [
        "This upload is no longer kept, or was imported already. Upload the file again."
    ]
    assert Course.objects.count() == 1


def test_plan_that_no_longer_holds_is_shown_anew(catalog_editor_client):
    seen = upload(catalog_editor_client)
    CourseFactory(title="Bread", provider=ProviderFactory(name="Oven"), level="advanced")
    response = confirm(catalog_editor_client, seen)
    assert messages_of(response) == ["The catalog changed since. Nothing was stored; look at the plan again."]
    assert [row[1] for row in rows(response)] == ["changed", "refused"]
    assert (Course.objects.get().level, LogEntry.objects.count()) == ("advanced", 0)


def test_same_file_leaves_nothing_to_store(catalog_editor_client):
    confirm(catalog_editor_client, upload(catalog_editor_client))
    response = upload(catalog_editor_client)
    assert [row[1] for row in rows(response)] == ["same", "refused"]
    assert "There is nothing to store." in words(response)


def test_form_takes_columns_source_day_and_currency(catalog_editor_client):
    said = {
        "columns": "What it is = title\nPrice=price\nlevel=",
        "source": "Survey",
        "retrieved_on": "2026-01-02",
        "currency": "usd",
    }
    seen = upload(catalog_editor_client, "What it is,Price,level\nBread,$49,odd\n", **said)
    confirm(catalog_editor_client, seen)
    figures = CourseFigures.objects.values_list("source", "retrieved_on", "price", "currency")
    assert [str(value) for value in figures.get()] == ["Survey", "2026-01-02", "49.00", "USD"]


@pytest.mark.parametrize(
    ("content", "said", "field", "message"),
    [
        ("Words\nBread\n", {}, "file", "No column gives the title of a course. There are: Words. "
         "Say which it is, such as “Name of course=title”."),
        ("title\n", {}, "file", "The file has no rows below the names of its columns."),
        (FILE, {"columns": "title"}, "columns", "“title” does not say “Name of column=field”."),
        (FILE, {"currency": "ABC"}, "currency", "Use the three letters of a currency, such as USD."),
        (FILE, {"retrieved_on": "2999-01-01"}, "retrieved_on", "This day is in the future."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_the_form(
    catalog_editor_client, imports, content, said, field, message
):
    response = upload(catalog_editor_client, content, **said)
    assert (response.status_code, response.context["form"].errors) == (422, {field: [message]})
    assert kept(imports) == []


def test_what_was_uploaded_a_day_ago_is_forgotten(catalog_editor_client, imports):
    upload(catalog_editor_client)
    for path in imports.iterdir():
        os.utime(path, (time.time() - 90_000,) * 2)
    upload(catalog_editor_client)
    assert kept(imports) == [".file", ".json", ".plan"]


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "0" * 32])
def test_plan_that_is_not_there_is_told(catalog_editor_client, key):
    response = catalog_editor_client.get(IMPORT, {"plan": key}, follow=True)
    assert ["no longer kept" in message for message in messages_of(response)] == [True]


def test_who_may_not_make_providers_may_not_import(db):
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__endswith="_course"))
    client = client_of(user)
    assert client.get(IMPORT).status_code == 403
    assert "Import</a>" not in words(client.get(reverse("admin:courses_course_changelist")))


def exported(client, kind, **filters):
    response = client.get(reverse("admin:courses_course_export", args=[kind]), filters)
    return response, b"".join(response.streaming_content)


def test_export_has_the_courses_of_the_list(catalog_editor_client):
    for title, level in (("Bread", "any"), ("Salt", "advanced"), ("Salted bread", "advanced")):
        CourseFactory(title=title, level=level)
    response, content = exported(catalog_editor_client, "csv", q="bread", level__exact="advanced")
    titles = [row["title"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]
    assert (titles, response["Content-Type"]) == (["Salted bread"], "text/csv; charset=utf-8")
    assert response["Content-Disposition"].startswith('attachment; filename="courses-2')


def test_export_is_json_or_a_workbook(catalog_editor_client):
    CourseFactory(title="Bread")
    assert [thing["title"] for thing in json.loads(exported(catalog_editor_client, "json")[1])] == ["Bread"]
    assert exported(catalog_editor_client, "xlsx")[1][:4] == b"PK\x03\x04"


def test_export_of_another_kind_is_not_found(catalog_editor_client):
    assert catalog_editor_client.get("/admin/courses/course/export/pdf/").status_code == 404


def test_list_offers_import_and_exports_with_its_filters(catalog_editor_client, publisher_client):
    address = reverse("admin:courses_course_changelist") + "?q=bread"
    page = words(catalog_editor_client.get(address))
    assert [text in page for text in (f'"{IMPORT}"', "/export/csv/?q=bread", "/course/add/")] == [True] * 3
    page = words(publisher_client.get(address))
    assert [text in page for text in (f'"{IMPORT}"', "/export/csv/?q=bread", "/course/add/")] == [
        False,
        True,
        False,
    ]

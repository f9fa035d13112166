"""Courses as files: CSV, XLSX and JSON that import back to the same, and that a spreadsheet only shows."""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from openpyxl import Workbook

from courses.importing.catalog import Catalog, Names, catalog
from courses.importing.cleaning import clean, given, hidden, listed, unhidden
from courses.importing.columns import FIELDS
from courses.importing.refusal import Refused
from courses.models import Course, CourseFigures, Provider

LEFT_OUT = ("duration", "effort")  # said in hours and weeks
HEADER = tuple(name for name in FIELDS if name not in LEFT_OUT)
CALLED = ("title", "slug", "provider", "platform")  # what each row says, so that its course is known
FIGURES = ("rating", "rating_count", "enrolled", "price", "currency", "source", "source_url", "retrieved_on")
CHUNK = 500  # courses fetched at once

Values = dict[str, Any]


def csv_of(courses: QuerySet[Course]) -> Iterator[str]:
    """Yield the lines of a CSV file of `courses`, with the mark that tells spreadsheets that it is UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(HEADER)
    for values in _rows(courses):
        yield writer.writerow([_cell(value) for value in values.values()])


def json_of(courses: QuerySet[Course]) -> Iterator[str]:
    """Yield the parts of a JSON file of `courses`: a list of objects, without what is unknown."""
    before = "[\n"
    for values in _rows(courses):
        told = {name: _kept(value) for name, value in values.items() if value not in (None, "", [])}
        yield before + json.dumps(told, ensure_ascii=False, cls=DjangoJSONEncoder)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


def write_xlsx(courses: QuerySet[Course], path: Path) -> None:
    """Write `courses` to `path`, as the one sheet of an XLSX file."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Courses")
    sheet.append(HEADER)
    for values in _rows(courses):
        sheet.append([_cell(value) for value in values.values()])
    book.save(path)


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _rows(courses: QuerySet[Course]) -> Iterator[Values]:
    there = catalog()
    related = courses.select_related("provider", "platform").prefetch_related("skills", "leads_to", "figures")
    for course in related.iterator(chunk_size=CHUNK):
        told = list(course.figures.all())
        values = _values(course, told[0] if told else None, there)
        yield values
        for figures in told[1:]:
            yield {name: values[name] if name in CALLED else "" for name in HEADER} | _figures(figures)


def _values(course: Course, figures: CourseFigures | None, there: Catalog) -> Values:
    """Return what is known of `course`, with these of its figures, by the names of the columns."""
    values = {
        **{name: getattr(course, name, "") for name in HEADER},
        **{name: _called(there.providers, getattr(course, name)) for name in ("provider", "platform")},
        "skills": [_named(there.skills, each.slug, each.name) for each in course.skills.all()],
        "leads_to": [each.slug for each in course.leads_to.all()],
        "weeks": _range(course.weeks_min, course.weeks_max),
        "weekly_hours": _range(course.weekly_hours_min, course.weekly_hours_max),
        **_figures(figures),
    }
    return {name: values[name] for name in HEADER}


def _figures(figures: CourseFigures | None) -> Values:
    fields = {name: "ratings" if name == "rating_count" else name for name in FIGURES}
    return {name: getattr(figures, field, None) for name, field in fields.items()}


def _called(names: Names, provider: Provider | None) -> str:
    return _named(names, provider.slug, provider.name) if provider else ""


def _named(names: Names, slug: str, name: str) -> str:
    """Return what an import finds this by: its name, or its slug where another has the name as well."""
    try:
        return name if names.find(given(name)) == slug else slug
    except Refused:
        return slug


def _range(least: int | None, most: int | None) -> str:
    """Return a range as no spreadsheet takes it for a day."""
    return f"{least} to {most}" if least != most else str(least or "")


def _cell(value: Any) -> Any:
    """Return `value` as it stands in a spreadsheet: known to be text, and never reckoned with."""
    if value is None or isinstance(value, int | float):
        return value
    return hidden(_joined(value) if isinstance(value, list) else clean(str(value), lines=True))


def _joined(names: Iterable[str]) -> str:
    names = [clean(name) for name in names]
    plain = "; ".join(names)
    return plain if listed(plain) == names else json.dumps(names, ensure_ascii=False)


def _kept(value: Any) -> Any:
    """Return `value` as JSON says it, so that no apostrophe of its own is taken for one of ours."""
    if isinstance(value, str):
        text = clean(value, lines=True)
        return text if unhidden(text) == text else hidden(text)
    return value

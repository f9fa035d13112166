"""Files of courses, and what becomes of them."""

import csv
import io
import json
from datetime import date

from django.utils import timezone
from openpyxl import Workbook

from courses.importing.drafts import Options
from courses.importing.fates import Verdict
from courses.importing.planning import File, plan
from courses.importing.storing import store
from courses.models import Course


def written(path, content):
    """Return the path of a new file with this content, text or bytes."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def csv_file(path, *rows, sign=","):
    """Return the path of a CSV file with the columns that `rows` (dicts) have."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)), delimiter=sign)
    writer.writeheader()
    writer.writerows(rows)
    return written(path, text.getvalue())


def json_file(path, *rows):
    return written(path, json.dumps(list(rows)))


def xlsx_file(path, *rows):
    """Return the path of an XLSX file of these rows (lists)."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def planned(path, *, fields=None, encoding="", **options):
    """Return what a file would do."""
    return plan(File(path, path.name, encoding, fields or {}, Options(**options)), path.with_suffix(".plan"))


def brought(path, **options):
    """Bring a file into the catalog, and return what became of it."""
    made = planned(path, **options)
    store(made)
    return made


def counts(made):
    """Return how many rows are new, changed, the same and refused."""
    return tuple(made.counts[verdict] for verdict in Verdict)


def reasons(made):
    """Return why rows are refused, by their numbers."""
    return {fate.number: fate.reasons for fate in made.fates() if fate.faults}


def changes(made):
    """Return what changes of courses, by their titles."""
    return {fate.title: fate.changes for fate in made.fates() if fate.changes}


def catalog():
    """Return all that the catalog says of courses, without the ids of rows."""
    related = Course.objects.order_by("slug").prefetch_related("skills", "leads_to", "figures")
    return [_said(course) for course in related.select_related("provider", "platform")]


def _said(course):
    own = {
        field.name: getattr(course, field.name)
        for field in Course._meta.fields
        if field.name not in ("id", "added_at")
    }
    figures = [
        (
            row.source,
            row.source_url,
            row.retrieved_on,
            row.rating,
            row.ratings,
            row.enrolled,
            row.price,
            row.currency,
        )
        for row in course.figures.all()
    ]
    related = {name: [str(each) for each in getattr(course, name).all()] for name in ("skills", "leads_to")}
    return (
        own
        | related
        | {"provider": str(course.provider), "platform": str(course.platform), "figures": figures}
    )


def today() -> date:
    return timezone.localdate()

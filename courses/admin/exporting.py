"""The list of courses as a file, with the filters that it was asked for with."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from courses.exporting import csv_of, json_of, write_xlsx
from courses.models import Course

TEXTS: dict[str, tuple[str, Callable[[QuerySet[Course]], Iterator[str]]]] = {
    "csv": ("text/csv; charset=utf-8", csv_of),
    "json": ("application/json", json_of),
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export(request: HttpRequest, screen: Any, kind: str) -> HttpResponseBase:
    """Return the courses that `screen` lists for this request as a file: csv, xlsx or json."""
    if not screen.has_view_permission(request):
        raise PermissionDenied
    try:
        courses = screen.get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters:
        return redirect("admin:courses_course_changelist")
    name = f"courses-{timezone.localdate()}.{kind}"
    if kind == "xlsx":
        return _workbook(courses, name)
    if kind not in TEXTS:
        raise Http404
    content_type, write = TEXTS[kind]
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(write(courses), content_type=content_type, headers=disposition)


def _workbook(courses: QuerySet[Course], name: str) -> FileResponse:
    """Return a workbook, which can be read once it has no name on the disk any more."""
    with tempfile.TemporaryDirectory(prefix="waymark-export-") as folder:
        path = Path(folder) / "courses.xlsx"
        write_xlsx(courses, path)
        return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=XLSX)

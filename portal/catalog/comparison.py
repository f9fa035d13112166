"""Courses side by side, up to four."""

from collections.abc import Callable
from typing import Any

from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from courses.facts import effort_words
from courses.models import Course

MOST = 4
MANY = 20  # courses of an address that are looked at

ROWS: tuple[tuple[str, Callable[[Course], str]], ...] = (
    ("Kind", lambda course: course.get_kind_display()),
    ("Level", lambda course: course.get_level_display()),
    ("Format", lambda course: course.get_format_display()),
    ("Language", lambda course: course.get_language_display()),
    ("Effort", effort_words),
)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Courses that `?course=` names, side by side; of more than four the first four."""
    asked = list(dict.fromkeys(request.GET.getlist("course")))[:MANY]
    rows = Course.objects.for_page().in_bulk(list(filter(slug_re.fullmatch, asked)), field_name="slug")
    courses = [rows[slug] for slug in asked if slug in rows]
    shown = courses[:MOST]
    skills = sorted(
        {skill for course in shown for skill in course.skills.all()}, key=lambda skill: skill.name.casefold()
    )
    context = {
        "columns": [{"course": course, "without": _without(course, shown)} for course in shown],
        "rows": [(label, [say(course) for course in shown]) for label, say in ROWS],
        "skills": [(skill, [skill in course.skills.all() for course in shown]) for skill in skills],
        "left_out": courses[MOST:],
        "unknown": [slug for slug in asked if slug not in rows],
    }
    return render(request, "courses/compare.html", context)


def _without(course: Course, shown: list[Course]) -> str:
    rest: list[tuple[str, Any]] = [("course", other.slug) for other in shown if other != course]
    return f"{reverse('compare')}?{urlencode(rest)}"

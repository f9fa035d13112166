"""The catalog's pages."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.models import Certification, Course

PAGE_SIZE = 50


@require_safe
def course_list(request: HttpRequest) -> HttpResponse:
    """All courses by title."""
    return _list(request, "courses/courses.html", Course.objects.for_list())


@require_safe
def certification_list(request: HttpRequest) -> HttpResponse:
    """All certifications by title."""
    return _list(request, "courses/certifications.html", Certification.objects.for_list())


def _list(request: HttpRequest, template: str, offers: QuerySet[Any]) -> HttpResponse:
    found = Paginator(offers, PAGE_SIZE).get_page(request.GET.get("page"))
    address = request.path if found.number == 1 else f"{request.path}?page={found.number}"
    return render(request, template, {"page": found, "address": address})

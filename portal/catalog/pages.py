"""The pages of one course, certification, provider or skill."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import reviews
from accounts.saving import is_saved
from courses.browsing import CERTIFICATIONS, COURSES
from courses.models import Certification, Course, Provider, Skill
from courses.shelves import shelf
from courses.similar import similar_to
from guides.mentioning import mentions_of
from portal.catalog import linked_data
from portal.catalog.linked_data import breadcrumbs


@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """A course: what it is, what sources say of it, which steps recommend it, what learners found."""
    found = get_object_or_404(Course.objects.for_page(), slug=slug)
    said = reviews.for_page(found, request.user, 1)
    context = {
        "course": found,
        "mentions": mentions_of("courses", slug),
        "similar": similar_to(found),
        "reviews": said,
        "linked_data": [
            linked_data.course(found, said["standing"]),
            breadcrumbs(("Courses", reverse("courses")), (found.title, request.path)),
        ],
        **_reader(request, found),
    }
    return render(request, "courses/course.html", context)


@require_safe
def certification(request: HttpRequest, slug: str) -> HttpResponse:
    """A certification: what it proves, which courses prepare for it, which steps need it."""
    found = get_object_or_404(Certification.objects.for_page(), slug=slug)
    context = {
        "certification": found,
        "courses": shelf(COURSES, "leads_to", slug),
        "mentions": mentions_of("certifications", slug),
        "linked_data": [
            linked_data.certification(found),
            breadcrumbs(("Certifications", reverse("certifications")), (found.title, request.path)),
        ],
        **_reader(request, found),
    }
    return render(request, "courses/certification.html", context)


@require_safe
def provider(request: HttpRequest, slug: str) -> HttpResponse:
    """A provider: what they teach, host and issue."""
    found = get_object_or_404(Provider, slug=slug)
    context = {
        "provider": found,
        "courses": shelf(COURSES, "provider", slug),
        "certifications": shelf(CERTIFICATIONS, "provider", slug),
        "linked_data": [breadcrumbs(("Courses", reverse("courses")), (found.name, request.path))],
    }
    return render(request, "courses/provider.html", context)


@require_safe
def skill(request: HttpRequest, slug: str) -> HttpResponse:
    """A skill: which steps need it, which courses teach it, which certifications prove it."""
    found = get_object_or_404(Skill, slug=slug)
    context = {
        "skill": found,
        "mentions": mentions_of("skills", slug),
        "courses": shelf(COURSES, "skill", slug),
        "certifications": shelf(CERTIFICATIONS, "skill", slug),
        "linked_data": [breadcrumbs(("Courses", reverse("courses")), (found.name, request.path))],
    }
    return render(request, "courses/skill.html", context)


def _reader(request: HttpRequest, offer: Course | Certification) -> dict[str, Any]:
    return {
        "is_visitor": not request.user.is_authenticated,
        "is_saved": is_saved(request.user, offer),
    }

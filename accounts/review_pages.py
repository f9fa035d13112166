"""Reviews of a course as pages: reading them, writing one's own, reporting one of another."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import HtmxRequest, LearnerRequest, to_login
from accounts.models import Review
from accounts.review_forms import ReportForm, ReviewForm
from accounts.reviews import (
    ReportRefused,
    ReviewRefused,
    delete,
    for_page,
    report,
    reported_by,
    review_of,
    write,
)
from courses.models import Course


@require_safe
def review_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All reviews of a course, page by page."""
    course = get_object_or_404(Course, slug=slug)
    return render(request, "accounts/reviews.html", for_page(course, request.user, request.GET.get("page")))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def own_review(request: LearnerRequest, slug: str) -> HttpResponse:
    """The learner's own review of a course: the form, and what it sends."""
    course = get_object_or_404(Course, slug=slug)
    own = review_of(request.user, course)
    form = ReviewForm(request.POST) if request.method == "POST" else ReviewForm.of(own)
    if form.is_valid():
        try:
            write(request.user, course, **form.cleaned_data)
        except ReviewRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Your review is saved.")
            return redirect(_place_of(course))
    return render(request, "accounts/review.html", {"course": course, "own": own, "form": form})


@require_POST
def delete_review(request: HtmxRequest, slug: str) -> HttpResponse:
    """Delete the learner's own review of a course."""
    if not request.user.is_authenticated:
        return to_login(request, next=reverse("review", args=[slug]))
    course = get_object_or_404(Course, slug=slug)
    is_gone = delete(request.user, course)
    messages.success(request, "Your review is deleted." if is_gone else "What you had written is deleted.")
    return redirect(_place_of(course))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report_review(request: LearnerRequest, slug: str, review: UUID) -> HttpResponse:
    """Ask the moderators to look at a review."""
    course = get_object_or_404(Course, slug=slug)
    found = get_object_or_404(Review.objects.shown(), course=course, pk=review)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _report(request, found, form.cleaned_data["reason"], course)
    is_reported = found.pk in reported_by(request.user, [found])
    context = {"course": course, "review": found, "form": form, "is_reported": is_reported}
    return render(request, "accounts/report.html", context)


def _report(request: LearnerRequest, review: Review, reason: str, course: Course) -> HttpResponse:
    try:
        report(request.user, review, reason)
        messages.success(request, "Thank you. A moderator will look at that review.")
    except ReportRefused as refused:
        messages.error(request, str(refused))
    return redirect(_place_of(course))


def _place_of(course: Course) -> str:
    return f"{reverse('reviews', args=[course.slug])}#reviews"

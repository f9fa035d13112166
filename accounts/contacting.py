"""Pages on which a learner asks a provider to be contacted, looks at what they asked, and takes it back."""

from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.contact import AskingRefused, ask, asked_provider, consent_words, withdraw
from accounts.contact_form import ContactForm
from accounts.http import LearnerRequest
from accounts.models import User
from courses.models import Course, Provider


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the provider of a course to be contacted. Visitors make an account first, and come back."""
    course = get_object_or_404(Course.objects.select_related("provider", "platform"), slug=slug)
    provider = asked_provider(course)
    if provider is None:
        raise Http404("Nobody is known who could contact you about this course.")
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_signup')}?{urlencode({'next': request.path})}")
    words = consent_words(course, provider)
    form = ContactForm(request.POST if request.method == "POST" else None, words=words)
    if form.is_valid() and _ask(request.user, course, form):
        messages.success(request, f"Your request to {provider} is stored. You can take it back here.")
        return redirect("contact-requests")
    return _shown(request, request.user, course, provider, form)


def _ask(learner: User, course: Course, form: ContactForm) -> bool:
    """Store what `form` asks; False if that is refused, which the form then says."""
    said = form.cleaned_data
    try:
        ask(learner, course, agreed_to=said["agreed_to"], name=said["name"], message=said["message"])
    except AskingRefused as refused:
        form.refuse(str(refused))
        return False
    return True


def _shown(
    request: HttpRequest, learner: User, course: Course, provider: Provider, form: ContactForm
) -> HttpResponse:
    context = {
        "course": course,
        "provider": provider,
        "form": form,
        "words": form.fields["consent"].label,
        "waiting": learner.contact_requests.open().filter(course=course).first(),
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "accounts/contact.html", context, status=status)


@require_safe
@login_required
def contact_requests(request: LearnerRequest) -> HttpResponse:
    """What the learner asked of providers, the latest first."""
    asked = request.user.contact_requests.select_related("course")
    return render(request, "accounts/contact-requests.html", {"asked": asked})


@require_POST
@login_required
def withdraw_contact(request: LearnerRequest, pk: UUID) -> HttpResponse:
    """Take back a request of the learner's own."""
    found = get_object_or_404(request.user.contact_requests, pk=pk)
    withdraw(found)
    messages.success(request, "You took it back, and what you had written is erased.")
    return redirect("contact-requests")

"""Asking a provider to be contacted, with consent that names who is told what; and taking it back."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import ContactRequest, User
from courses.models import Course, Provider
from portal.log import log

A_DAY = 10  # requests of one learner in 24 hours


class AskingRefused(Exception):
    """A request that cannot be taken; the message says why, and what to do."""


def asked_provider(course: Course) -> Provider | None:
    """Return who would contact a learner about `course`: who teaches it, else where it is taken.

    None if neither is known, or if the course can no longer be had.
    """
    return None if course.is_retired else course.provider or course.platform


def consent_words(course: Course, provider: Provider) -> str:
    """Return what a learner agrees to, as the box on the page says it and as it is stored."""
    return (
        "I agree that my name, my e-mail address, my message and the title of this course, "
        f"“{course.title}”, are passed on to {provider.name}, so that they can contact me about it."
    )


@transaction.atomic
def ask(user: User, course: Course, *, agreed_to: str, name: str, message: str = "") -> ContactRequest:
    """Store that `user` asks the provider of `course` to be contacted at the address of their account.

    `agreed_to` are the words that they agreed to. Raises `AskingRefused` if those are no longer the words of
    today, if a request is open, and after `A_DAY` requests in 24 hours.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # two clicks take turns
    provider = asked_provider(course)
    if provider is None or agreed_to != consent_words(course, provider):
        raise AskingRefused("What you agree to has changed meanwhile. Read it again, then tick the box.")
    if user.contact_requests.open().filter(course=course).exists():
        raise AskingRefused("You have asked already, and your request waits to be passed on.")
    since = timezone.now() - timedelta(days=1)
    if user.contact_requests.filter(consented_at__gt=since).count() >= A_DAY:
        raise AskingRefused(f"You made {A_DAY} requests within a day. Try again tomorrow.")
    return ContactRequest.objects.create(
        user=user,
        course=course,
        title=course.title,
        provider=provider.name,
        name=name,
        email=user.email,
        message=message,
        agreed_to=agreed_to,
    )


@transaction.atomic
def withdraw(request: ContactRequest) -> None:
    """Take back the consent of `request` and erase what it held of the learner; twice is harmless."""
    request = ContactRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    if request.withdrawn_at is None:
        request.withdrawn_at = timezone.now()
        request.name = request.email = request.message = ""
        request.save(update_fields=["withdrawn_at", "name", "email", "message"])


@transaction.atomic
def pass_on(requests: Iterable[ContactRequest], *, by: User) -> list[ContactRequest]:
    """Note and log that `by` has told the providers of `requests`; return those that were open until now."""
    ids = [request.pk for request in requests]
    found = list(ContactRequest.objects.open().select_for_update(no_key=True).filter(pk__in=ids))
    for request in found:
        request.passed_on_at = timezone.now()
        request.save(update_fields=["passed_on_at"])
        log(by, request, f"Passed on to {request.provider}.")
    return found

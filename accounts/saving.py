"""Saving courses and certifications for later."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.validators import slug_re
from django.http import Http404

from accounts.models import Saved, User
from courses.models import Certification, Course

Offer = Course | Certification

MODELS: dict[str, type[Offer]] = {"course": Course, "certification": Certification}


def offer_at(kind: str, slug: str) -> Offer:
    """Return the course or the certification, as `kind` says, that has this slug. Raises `Http404`."""
    model = MODELS.get(kind)
    offer = model._default_manager.filter(slug=slug).first() if model else None
    if offer is None:
        raise Http404(f"There is no {kind} “{slug}”." if model else f"There is nothing of the kind “{kind}”.")
    return offer


def offer_named(text: str) -> Offer | None:
    """Return what `text` names as kind and slug, such as “course:bread”; None if that is nothing."""
    kind, _, slug = text.partition(":")
    try:
        return offer_at(kind, slug) if slug_re.fullmatch(slug) else None
    except Http404:
        return None


def save(user: User, offer: Offer) -> bool:
    """Save `offer` for `user`; return whether it is newly saved. Doing so twice changes nothing."""
    thing: dict[str, Any] = {kind_of(offer): offer}
    _, is_new = Saved.objects.get_or_create(user=user, **thing)
    return is_new


def unsave(user: User, offer: Offer) -> None:
    """Take `offer` off what `user` saved, if it is there."""
    user.saved.filter(**{kind_of(offer): offer}).delete()


def is_saved(user: User | AnonymousUser, offer: Offer) -> bool:
    """Whether `user` saved `offer`; one query, and none for a visitor."""
    return user.is_authenticated and user.saved.filter(**{kind_of(offer): offer}).exists()


def saved_slugs(user: User | AnonymousUser, kind: str) -> frozenset[str]:
    """Return the slugs of what `user` saved of a `kind`, “course” or “certification”.

    One query, for lists that mark what is saved; none for a visitor.
    """
    if not user.is_authenticated:
        return frozenset()
    return frozenset(user.saved.exclude(**{kind: None}).values_list(f"{kind}__slug", flat=True).order_by())


def kind_of(offer: Offer) -> str:
    """Return “course” or “certification”."""
    return "course" if isinstance(offer, Course) else "certification"

"""Postings that a learner keeps: their own, few, and gone for good when they delete them."""

import uuid

from django.db import transaction

from accounts.models import User
from gap.models import TITLE, KeptPosting

MOST = 20  # postings of a learner


class TooMany(Exception):
    """The learner keeps as many postings as they may; the message says what to do."""


@transaction.atomic
def keep(user: User, guide: uuid.UUID, text: str) -> KeptPosting:
    """Keep `text` for `user` beside a guide; the same text twice is kept once. Raises `TooMany`."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # two clicks take turns
    own = KeptPosting.objects.filter(user=user)
    if known := own.filter(guide=guide, text=text).first():
        return known
    if own.count() >= MOST:
        raise TooMany(f"You keep {MOST} postings, which is all there is room for. Delete one first.")
    return KeptPosting.objects.create(user=user, guide_id=guide, title=title_of(text), text=text)


def title_of(text: str) -> str:
    """Return what a posting is listed as: its first line that says something."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    first = next((line for line in lines if any(map(str.isalnum, line))), "A posting")
    return first if len(first) <= TITLE else f"{first[: TITLE - 1]}…"

"""The deck of a learner: begun, and changed."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from accounts.models import User
from interviews.models import Deck
from interviews.practice.rating import lock


@transaction.atomic
def keep_deck(
    user: User, guide: UUID, *, takes_all: bool, topics: Iterable[int], new_a_day: int, time_zone: str
) -> Deck:
    """Let `user` practise a guide in this way from now on; twice is harmless.

    `topics` are ids, and count unless it is all; `new_a_day` are cards. What was rated stays.
    """
    lock(user)
    wanted = {"takes_all": takes_all, "new_a_day": new_a_day, "time_zone": time_zone}
    deck, _ = Deck.objects.update_or_create(user=user, guide_id=guide, defaults=wanted)
    deck.topics.set([] if takes_all else topics)
    return deck

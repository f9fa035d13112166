"""Recording what learners say of steps."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import Enrolment, StepEvent, StepState, User
from guides.editions import document_of
from guides.models import Edition, Step
from guides.progress import State, progress_of


@dataclass(frozen=True)
class Saying:
    """A learner says `state` of a step, or takes back what they said (None).

    `id` makes sending it twice harmless; `occurred_at` is when it happened, if that was not just now.
    """

    step: uuid.UUID
    state: State | None
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    occurred_at: datetime | None = None


def states_of(user: User) -> dict[str, State]:
    """Return all that `user` said, by step id."""
    return {str(step): State(state) for step, state in user.step_states.values_list("step", "state")}


@transaction.atomic
def record(user: User, sayings: Iterable[Saying]) -> None:
    """Store what `user` says; the steps must have been published.

    The learner's row is locked first, so that two tabs and two devices take turns and the states are
    always what a replay of the events gives. What changes nothing leaves no event; what happened before
    the last word on a step is kept as an event and changes no state. Following begins by itself.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    now = timezone.now()
    asked = {saying.id: saying for saying in sayings}
    for known in StepEvent.objects.filter(pk__in=asked).values_list("pk", flat=True):
        del asked[known]
    steps = {saying.step for saying in asked.values()}
    said = states_of(user)
    last = dict(
        user.step_events.filter(step__in=steps).values_list("step").annotate(Max("occurred_at")).order_by()
    )
    events = [event for saying in asked.values() if (event := _event(user, saying, said, last, now))]
    StepEvent.objects.bulk_create(events)
    _store(user, {event.step_id for event in events}, said, now)
    _follow(user, steps, said)


def _event(
    user: User,
    saying: Saying,
    said: dict[str, State],
    last: dict[uuid.UUID, datetime],
    now: datetime,
) -> StepEvent | None:
    """Return the event of `saying`, after applying it to `said` and `last`; None if it changes nothing."""
    key, before = str(saying.step), last.get(saying.step)
    occurred_at = min(saying.occurred_at or now, now)
    # What is said of one moment, or by a clock that stands still or goes back, keeps its order.
    if before and (occurred_at == before or not saying.occurred_at):
        occurred_at = max(occurred_at, before + timedelta(microseconds=1))
    is_late = before is not None and occurred_at < before
    if not is_late:
        if said.get(key) == saying.state:
            return None
        last[saying.step] = occurred_at
        said.pop(key, None)
        if saying.state:
            said[key] = saying.state
    return StepEvent(
        id=saying.id,
        user=user,
        step_id=saying.step,
        state=saying.state or "",
        occurred_at=occurred_at,
        received_at=now,
    )


def _store(user: User, steps: set[uuid.UUID], said: Mapping[str, State], now: datetime) -> None:
    """Bring the states of `steps` to what `said` holds."""
    StepState.objects.bulk_create(
        [
            StepState(user=user, step_id=step, state=said[str(step)], changed_at=now)
            for step in steps
            if str(step) in said
        ],
        update_conflicts=True,
        unique_fields=["user", "step"],
        update_fields=["state", "changed_at"],
    )
    if silent := [step for step in steps if str(step) not in said]:
        user.step_states.filter(step__in=silent).delete()


def _follow(user: User, steps: set[uuid.UUID], said: Mapping[str, State]) -> None:
    """Let `user` follow the guides of `steps`, and note the paths that they have now completed."""
    guides = set(Step.objects.filter(pk__in=steps).values_list("guide", flat=True))
    enrolments = {enrolment.guide_id: enrolment for enrolment in user.enrolments.filter(guide__in=guides)}
    for guide in guides:
        enrolment = enrolments.get(guide) or user.enrolments.create(guide_id=guide)
        if enrolment.left_at:
            enrolment.left_at = None
            enrolment.save(update_fields=["left_at"])
        if not enrolment.completed_at:
            _note_completion(enrolment, said)


def _note_completion(enrolment: Enrolment, said: Mapping[str, State]) -> None:
    edition = Edition.objects.current().defer("document").get(guide=enrolment.guide_id)
    if progress_of(document_of(edition.sha256), said).percent == 100:
        enrolment.completed_at = timezone.now()
        enrolment.completed_edition = edition
        enrolment.save(update_fields=["completed_at", "completed_edition"])

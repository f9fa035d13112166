"""Recording what learners say of steps."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

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

    A device that keeps what was said gives an `id`, which makes sending it twice harmless, and
    `occurred_at`, when it happened; without them it is a click that happens now.
    """

    step: uuid.UUID
    state: State | None
    id: uuid.UUID | None = None
    occurred_at: datetime | None = None

    @property
    def is_click(self) -> bool:
        return self.id is None and self.occurred_at is None


def states_of(user: User) -> dict[str, State]:
    """Return all that `user` said, by step id."""
    return {str(step): State(state) for step, state in user.step_states.values_list("step", "state")}


@transaction.atomic
def record(user: User, sayings: Iterable[Saying]) -> None:
    """Store what `user` says; the steps must have been published.

    The learner's row is locked first, so that two tabs and two devices take turns and the states are
    always what a replay of the events gives. A click that changes nothing leaves no event; what happened
    before the last word on a step is kept as an event and changes no state. Who sets a state follows.
    """
    _lock(user)
    now = timezone.now()
    asked = {saying.id or uuid.uuid4(): saying for saying in sayings}
    for known in StepEvent.objects.filter(pk__in=asked).values_list("pk", flat=True):
        del asked[known]
    said = states_of(user)
    last = _last_words(user, {saying.step for saying in asked.values()})
    events = [event for key in asked if (event := _event(user, key, asked[key], said, last, now))]
    StepEvent.objects.bulk_create(events)
    _store(user, {event.step_id for event in events}, said, now)
    _begin(
        user, {event.step_id for event in events if event.state and event.occurred_at == last[event.step_id]}
    )
    _note_completions(user, said)


@transaction.atomic
def follow(user: User, guide: uuid.UUID) -> Enrolment:
    """Let `user` follow the path of `guide`, again if they had left it. Doing so twice changes nothing."""
    _lock(user)
    _enrol(user, guide)
    _note_completions(user, states_of(user))
    return user.enrolments.get(guide_id=guide)


def _lock(user: User) -> None:
    """Let nobody else change what belongs to `user` until the transaction ends."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _last_words(user: User, steps: set[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    """Return when `user` last said something of each of `steps`."""
    events = user.step_events.filter(step__in=steps)
    return dict(events.values_list("step").annotate(Max("occurred_at")).order_by())


def _event(
    user: User,
    key: uuid.UUID,
    saying: Saying,
    said: dict[str, State],
    last: dict[uuid.UUID, datetime],
    now: datetime,
) -> StepEvent | None:
    """Return the event of `saying` with the id `key`, after applying it to `said` and `last`.

    None if it is a click that changes nothing.
    """
    step, before = str(saying.step), last.get(saying.step)
    if saying.is_click and said.get(step) == saying.state:
        return None
    occurred_at = _moment(saying, before, now)
    if before is None or occurred_at >= before:
        last[saying.step] = occurred_at
        said.pop(step, None)
        if saying.state:
            said[step] = saying.state
    return StepEvent(
        id=key,
        user=user,
        step_id=saying.step,
        state=saying.state or "",
        occurred_at=occurred_at,
        received_at=now,
    )


def _moment(saying: Saying, before: datetime | None, now: datetime) -> datetime:
    """Return when `saying` happened, which is never later than `now` but for keeping the order.

    What is said of one moment, or by a clock that stands still or goes back, comes after what was said
    `before`.
    """
    occurred_at = min(saying.occurred_at or now, now)
    if before and (occurred_at == before or not saying.occurred_at):
        return max(occurred_at, before + timedelta(microseconds=1))
    return occurred_at


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


def _begin(user: User, steps: set[uuid.UUID]) -> None:
    """Let `user` follow the guides of `steps`."""
    for guide in Step.objects.filter(pk__in=steps).order_by().values_list("guide", flat=True).distinct():
        _enrol(user, guide)


def _enrol(user: User, guide: uuid.UUID) -> None:
    """Let `user` follow `guide`. Who does so for the first time has it before them as it is now."""
    current = Edition.objects.current().defer("document").filter(guide=guide)
    beginning: dict[str, Any] = {"seen_edition": current.first}  # asked for only where it is needed
    user.enrolments.update_or_create(guide_id=guide, defaults={"left_at": None}, create_defaults=beginning)


def _note_completions(user: User, said: Mapping[str, State]) -> None:
    """Note, for each path that `user` follows, that they have met all that it asks for.

    A path that credit from another guide completes is noted as well. Where a new edition asks for less than
    before and so completes it, that is noted with the next thing the learner says.
    """
    open_paths = {
        enrolment.guide_id: enrolment for enrolment in user.enrolments.active().filter(completed_at=None)
    }
    for edition in Edition.objects.current().defer("document").filter(guide__in=open_paths):
        if progress_of(document_of(edition.sha256), said).percent == 100:
            enrolment = open_paths[edition.guide_id]
            enrolment.completed_at, enrolment.completed_edition = timezone.now(), edition
            enrolment.save(update_fields=["completed_at", "completed_edition"])

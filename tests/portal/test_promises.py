"""The promise: no learner ever loses a completed step, whatever editors do.

Editors and learners take turns at two guides, with every verb that they have, in an order that Hypothesis
thinks up; after each verb all that was promised must hold. Some hundred verbs of editors here, more than ten
thousand with `--hypothesis-profile=thorough`.
"""

import random
import tempfile
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accounts.models import StepEvent, StepState
from accounts.paths import path_on
from accounts.recording import Saying, follow, record
from guides.document import steps_of
from guides.editions import document_of
from guides.exporting.folder import files_of
from guides.exporting.placing import place
from guides.lives import Part, put_back, retire, same_as, succeed
from guides.loading.reading import BrokenFolder
from guides.loading.storing import load_folder
from guides.models import Credit, Edition, EditionStep, Guide, Stage, Step
from guides.outline import Outline, OutlineRefused, Row, arrange
from guides.progress import State
from guides.publishing import PublishingRefused, cancel, publish, unpublish
from guides.restoring import RestoringRefused, restore
from tests.factories import StageFactory, StepFactory, UserFactory, guide_with_path

REFUSED = (
    BrokenFolder,
    OutlineRefused,
    ProtectedError,
    PublishingRefused,
    RestoringRefused,
    RestrictedError,
    ValidationError,
)
IS_LONG = settings.get_current_profile_name() == "thorough"
EXAMPLES, STEPS = (450, 50) if IS_LONG else (20, 30)
EDITS = Counter[str]()  # how often editors did what, over all examples

guides = st.integers(0, 1)
people = st.integers(0, 1)
which = st.integers(0, 999)  # of however many there are
words = st.sampled_from([*State, *[State.DONE] * 4, None])


class Waymark(RuleBasedStateMachine):
    """Two guides, two learners who follow both, and editors without number."""

    @initialize()
    def begin(self):
        self.guides = [guide_with_path(title=title) for title in ("Baker", "Brewer")]
        self.people = [UserFactory() for _ in range(2)]
        self.number = 0
        self.folders = []
        self.events = set()
        for guide in self.guides:
            publish(guide, by=None)
            for person in self.people:
                follow(person, guide.pk)
        self.done = {person: self.done_by(person) for person in self.people}

    def __init__(self):
        super().__init__()
        self.files = tempfile.TemporaryDirectory()
        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        self.files.cleanup()

    # --- What is there -------------------------------------------------------------------------

    def guide(self, number):
        return Guide.objects.get(pk=self.guides[number].pk)

    def step(self, guide, number, *, retired=False):
        """Return a step on the path of `guide`, or a retired one; None if there is none."""
        steps = list(guide.steps.filter(retired_at__isnull=not retired).order_by("pk"))
        return steps[number % len(steps)] if steps else None

    def title(self):
        self.number += 1
        return f"Thing {self.number}"

    def current(self):
        return list(Edition.objects.current().defer("document"))

    def done_by(self, person):
        """Return all steps of any guide that `person` has done, by their word or by credit."""
        done = {str(step) for step in person.step_states.filter(state="done").values_list("step", flat=True)}
        for edition in self.current():
            states = path_on(edition, person).progress.states
            done |= {step for step, state in states.items() if state == State.DONE}
        return done

    def percents(self):
        return [
            path_on(edition, person).progress.percent for edition in self.current() for person in self.people
        ]

    def edit(self, verb, call, *args, **kwargs):
        """Do what an editor does; that it is refused is an answer too."""
        EDITS[verb] += 1
        with suppress(*REFUSED), transaction.atomic():
            return call(*args, **kwargs)

    # --- Editors -------------------------------------------------------------------------------

    @rule(guide=guides, number=which)
    def rename(self, guide, number):
        guide = self.guide(guide)
        if step := self.step(guide, number):
            step.title = self.title()
            step.slug = step.title.lower().replace(" ", "-")
            self.edit("rename", step.save, update_fields=["title", "slug"])

    @rule(guide=guides, number=which)
    def add(self, guide, number):
        stages = list(self.guide(guide).stages.all())
        place = {"stage": stages[number % len(stages)], "optional": number % 5 == 0}
        self.edit("add", StepFactory, title=self.title(), **place)

    @rule(guide=guides)
    def add_stage(self, guide):
        stage = self.edit("add stage", StageFactory, guide=self.guide(guide), title=self.title())
        StepFactory(stage=stage, title=self.title())

    @rule(guide=guides, chance=st.randoms(use_true_random=False))
    def reorder(self, guide, chance):
        """Move steps and stages about, and make some optional, all in one form."""
        guide = self.guide(guide)
        stages = list(guide.stages.values_list("pk", flat=True))
        chance.shuffle(stages)
        rows = [
            Row(
                step.pk,
                chance.choice([step.stage_id, *stages]),
                step.optional ^ (not step.choice and chance.random() < 0.2),
                step.choice,
                step.route,
            )
            for step in guide.steps.live()
        ]
        chance.shuffle(rows)
        self.edit("arrange", arrange, guide, Outline(tuple(stages), tuple(rows)), by=None)

    @rule(guide=guides, number=which, is_choice=st.booleans())
    def choose(self, guide, number, is_choice):
        """Make the required steps of a stage a choice of two routes, or no longer."""
        guide = self.guide(guide)
        stages = list(guide.stages.values_list("pk", flat=True))
        stage = stages[number % len(stages)]
        rows = [
            Row(step.pk, step.stage_id, step.optional, *self.route(step, stage, place, is_choice))
            for place, step in enumerate(guide.steps.live().order_by("position"))
        ]
        self.edit("choose", arrange, guide, Outline(tuple(stages), tuple(rows)), by=None)

    def route(self, step, stage, place, is_choice):
        if step.stage_id != stage or step.optional:
            return step.choice, step.route
        return (f"Choice of {stage}", f"Route {place % 2}") if is_choice else ("", "")

    @rule(guide=guides, number=which)
    def retire(self, guide, number):
        guide = self.guide(guide)
        if step := self.step(guide, number):
            self.edit("retire", retire, guide, [step], by=None)

    @rule(guide=guides, number=which)
    def retire_alone(self, guide, number):
        """Retire what somebody did, between two editions that are else the same: nobody's percent falls."""
        guide = self.guide(guide)
        done = set().union(*self.done.values())
        steps = [step for step in guide.steps.live().order_by("pk") if str(step.pk) in done]
        if not steps or self.edit("publish", publish, guide, by=None) is None:
            return
        step = steps[number % len(steps)]
        before = self.percents()
        self.edit("retire", retire, guide, [step], by=None)
        if self.edit("publish", publish, guide, by=None):
            assert all(now >= then for then, now in zip(before, self.percents(), strict=True))

    @rule(guide=guides, number=which, news=st.integers(1, 2))
    def hand_on_what_was_done(self, guide, number, news):
        """Split or replace what somebody did, between two editions: it counts for what follows it."""
        guide = self.guide(guide)
        done = set().union(*self.done.values())
        steps = [step for step in guide.steps.live().order_by("pk") if str(step.pk) in done]
        if not steps or self.edit("publish", publish, guide, by=None) is None:
            return
        old = steps[number % len(steps)]
        parts = [Part(self.title()) for _ in range(news)]
        new = self.edit(f"1 for {news}", succeed, guide, [old], parts, by=None)
        edition = self.edit("publish", publish, guide, by=None)
        if new and edition:
            self.assert_counted(edition, {old.pk}, {step.pk for step in new})

    @rule(guide=guides, number=which)
    def put_back(self, guide, number):
        guide = self.guide(guide)
        if step := self.step(guide, number, retired=True):
            self.edit("put back", put_back, guide, step, by=None)

    @rule(guide=guides, number=which, olds=st.integers(1, 3), news=st.integers(1, 3))
    def succeed(self, guide, number, olds, news):
        """Split, merge or replace steps, or several for several."""
        guide = self.guide(guide)
        steps = list({self.step(guide, number + place) for place in range(olds)} - {None})
        parts = [Part(self.title()) for _ in range(news)]
        self.edit(f"{len(steps)} for {news}", succeed, guide, steps, parts, by=None)

    @rule(number=which, other=which)
    def same_as(self, number, other):
        one, two = self.guide(0), self.guide(1)
        steps = self.step(one, number), self.step(two, other)
        if all(steps):
            self.edit("same as", same_as, *steps, by=None)

    @rule(guide=guides)
    def publish(self, guide):
        """Publish: from then on the credit records that touch the path count on it."""
        edition = self.edit("publish", publish, self.guide(guide), by=None)
        if edition is None:
            return
        shown = set(Step.objects.published().values_list("pk", flat=True))
        own = set(edition.steps.values_list("step", flat=True))
        for credit in Credit.objects.all():
            rows = credit.steps.values_list("side", "step")
            sides = [{step for side, step in rows if side == name} for name in ("old", "new")]
            if own & set().union(*sides) and shown >= set().union(*sides):
                self.assert_counted(edition, *sides)

    def assert_counted(self, edition, *sides):
        for person in self.people:
            done = {
                UUID(step)
                for step, state in path_on(edition, person).progress.states.items()
                if state == State.DONE
            }
            said = set(person.step_states.values_list("step", flat=True))
            for have, gives in (sides, reversed(sides)):
                assert not have <= done or gives - said <= done

    @rule(guide=guides)
    def schedule(self, guide):
        self.edit("schedule", publish, self.guide(guide), by=None, at=timezone.now() + timedelta(hours=1))

    @rule(guide=guides)
    def cancel(self, guide):
        self.edit("cancel", cancel, self.guide(guide))

    @rule()
    def time_passes(self):
        Edition.objects.scheduled().update(live_at=timezone.now())

    @rule(guide=guides)
    def unpublish(self, guide):
        self.edit("unpublish", unpublish, self.guide(guide))

    @rule(guide=guides, number=which)
    def restore(self, guide, number):
        editions = list(self.guide(guide).editions.order_by("number"))
        self.edit("restore", restore, editions[number % len(editions)], by=None)

    @rule(guide=guides)
    def export(self, guide):
        folder = Path(self.files.name) / str(len(self.folders))
        EDITS["export"] += 1
        place(files_of(self.guide(guide)), folder)
        self.folders.append(folder)

    @rule(number=which)
    def load(self, number):
        if self.folders:
            self.edit("import", load_folder, self.folders[number % len(self.folders)], force=True)

    @rule(guide=guides, number=which)
    def delete(self, guide, number):
        """Try to delete a step, a stage, or the guide: what was published stays."""
        guide = self.guide(guide)
        things = [*guide.steps.all(), *guide.stages.all(), guide]
        self.edit("delete", things[number % len(things)].delete)

    # --- Learners ------------------------------------------------------------------------------

    @rule(person=people, numbers=st.lists(which, min_size=1, max_size=4), state=words)
    def say(self, person, numbers, state):
        """Tick, untick, skip, decline what was counted, take back: all are a word on a step."""
        person = self.people[person]
        steps = list(Step.objects.published().order_by("pk"))
        record(person, [Saying(steps[number % len(steps)].pk, state) for number in numbers])
        self.done[person] = self.done_by(person)

    @rule(person=people, guide=guides, number=which)
    def tick_on_the_path(self, person, guide, number):
        """Tick a step as its row on the path of today offers it."""
        if step := self.step(self.guide(guide), number):
            self.say_done(self.people[person], step)

    def say_done(self, person, step):
        if Step.objects.published().filter(pk=step.pk).exists():
            record(person, [Saying(step.pk, State.DONE)])
            self.done[person] = self.done_by(person)

    @rule(person=people, guide=guides)
    def leave_or_follow(self, person, guide):
        own = self.people[person].enrolments.filter(guide=self.guides[guide].pk)
        if own.active().exists():
            own.leave()
        else:
            follow(self.people[person], self.guides[guide].pk)

    # --- What was promised ---------------------------------------------------------------------

    @invariant()
    def no_event_disappears(self):
        events = set(StepEvent.objects.values_list("pk", flat=True))
        assert self.events <= events
        self.events = events

    @invariant()
    def states_equal_the_replay_of_events(self):
        replayed = {(event.user_id, event.step_id): event.state for event in StepEvent.objects.all()}
        said = {pair: state for pair, state in replayed.items() if state}
        assert {(row.user_id, row.step_id): row.state for row in StepState.objects.all()} == said

    @invariant()
    def nothing_done_is_lost(self):
        for person, before in self.done.items():
            now = self.done_by(person)
            assert before <= now
            self.done[person] = now

    @invariant()
    def what_was_done_is_shown(self):
        """What a learner did of all that a guide ever showed is on its path, or among what is past."""
        for edition in self.current():
            document = document_of(edition.sha256)
            shown = {step["id"] for step in [*steps_of(document), *document["past_steps"]]}
            was_shown = EditionStep.objects.filter(
                edition__guide=edition.guide_id,
                edition__live_at__lte=edition.live_at,
                edition__cancelled_at=None,
            )
            for person in self.people:
                said = person.step_states.filter(state=State.DONE, step__in=was_shown.values("step"))
                assert {str(step) for step in said.values_list("step", flat=True)} <= shown

    @invariant()
    def percents_are_honest(self):
        for edition in self.current():
            for person in self.people:
                progress = path_on(edition, person).progress
                assert 0 <= progress.percent <= 100
                assert (progress.percent == 100) == (not progress.remaining)

    @invariant()
    def every_published_step_is_there(self):
        wanted = {step for edition in self.current() for step in edition.steps.values_list("step", flat=True)}
        assert wanted <= set(Step.objects.values_list("pk", flat=True))


@pytest.fixture
def ids_of_an_example(monkeypatch):
    """Draw ids from `random`, which Hypothesis seeds: an example that is run again meets the same rows."""
    for model in (Guide, Stage, Step):
        field = model._meta.get_field("id")
        monkeypatch.setattr(field, "_get_default", lambda: UUID(int=random.getrandbits(128), version=4))


def test_no_learner_ever_loses_a_completed_step(db, ids_of_an_example):
    EDITS.clear()
    run_state_machine_as_test(Waymark, settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS))
    assert EDITS.total() >= (10_000 if IS_LONG else 200)

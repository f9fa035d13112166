"""Recording what learners say: nothing is lost, whoever says it twice, late or from fifty tabs at once."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import StepEvent, StepState
from accounts.recording import Saying, follow, record, states_of
from guides.models import Credit
from guides.progress import State
from tests.factories import StepFactory, UserFactory, published_guide, step_of
from tests.threads import at_once

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
THREADS = 50


def events_of(user):
    return list(user.step_events.order_by("occurred_at", "received_at", "id"))


def replayed(user):
    """Return the states that the events of `user` give, in the order that the model promises."""
    states = {}
    for event in events_of(user):
        states.pop(str(event.step_id), None)
        if event.state:
            states[str(event.step_id)] = State(event.state)
    return states


def say(user, guide, title, state, **when):
    saying = Saying(step_of(guide, title).pk, state, **when)
    record(user, [saying])
    return saying


# --- One saying --------------------------------------------------------------------------------


def test_record_stores_the_state_and_its_event(learner, guide):
    said = say(learner, guide, "Read", State.DOING, id=uuid.uuid4())
    assert states_of(learner) == {str(said.step): State.DOING}
    assert [(event.pk, event.step_id, event.state) for event in events_of(learner)] == [
        (said.id, said.step, "doing")
    ]


def test_record_dates_an_event_to_the_moment_that_it_is_received(learner, guide):
    before = timezone.now()
    say(learner, guide, "Read", State.DONE)
    event = learner.step_events.get()
    assert event.occurred_at == event.received_at
    assert before <= event.occurred_at <= timezone.now()


def test_record_keeps_the_moment_that_a_saying_names(learner, guide):
    an_hour_ago = timezone.now() - timedelta(hours=1)
    say(learner, guide, "Read", State.DONE, occurred_at=an_hour_ago)
    assert learner.step_events.get().occurred_at == an_hour_ago


def test_record_does_not_believe_a_clock_that_is_ahead(learner, guide):
    say(learner, guide, "Read", State.DONE, occurred_at=timezone.now() + timedelta(days=1))
    event = learner.step_events.get()
    assert event.occurred_at == event.received_at


def test_record_of_nothing_changes_nothing(learner, guide):
    record(learner, [])
    assert (states_of(learner), events_of(learner), learner.enrolments.count()) == ({}, [], 0)


def test_record_takes_a_saying_back(learner, guide):
    say(learner, guide, "Read", State.DONE)
    say(learner, guide, "Read", None)
    assert states_of(learner) == {}
    assert [event.state for event in events_of(learner)] == ["done", ""]


def test_record_appends_an_event_for_each_change(learner, guide):
    for state in (State.DOING, State.DONE, State.SKIPPED, State.TODO):
        say(learner, guide, "Read", state)
    assert [event.state for event in events_of(learner)] == ["doing", "done", "skipped", "todo"]
    assert learner.step_states.get().state == State.TODO


def test_record_of_one_learner_leaves_another_alone(learner, other_learner, guide):
    say(other_learner, guide, "Read", State.DONE)
    say(learner, guide, "Read", State.SKIPPED)
    assert states_of(other_learner) == {str(step_of(guide, "Read").pk): State.DONE}


def test_a_double_click_leaves_one_event_and_one_row(learner, guide):
    say(learner, guide, "Read", State.DONE)
    say(learner, guide, "Read", State.DONE)
    assert (learner.step_events.count(), learner.step_states.count()) == (1, 1)


def test_a_double_click_in_one_call_leaves_one_event_and_one_row(learner, guide):
    step = step_of(guide, "Read").pk
    record(learner, [Saying(step, State.DONE), Saying(step, State.DONE)])
    assert (learner.step_events.count(), learner.step_states.count()) == (1, 1)


def test_taking_back_what_was_never_said_leaves_no_event(learner, guide):
    say(learner, guide, "Read", None)
    assert (events_of(learner), states_of(learner)) == ([], {})


# --- The same event twice, and late events -----------------------------------------------------


def test_the_same_event_twice_changes_nothing(learner, guide):
    first = say(learner, guide, "Read", State.DONE, id=uuid.uuid4())
    say(learner, guide, "Read", State.SKIPPED)
    before = events_of(learner)
    record(learner, [first])
    assert events_of(learner) == before
    assert states_of(learner) == {str(first.step): State.SKIPPED}


def test_the_same_event_twice_does_not_follow_a_path_that_was_left(learner, guide):
    said = say(learner, guide, "Read", State.DONE)
    learner.enrolments.leave()
    record(learner, [said])
    assert learner.enrolments.active().count() == 0


def test_an_event_id_of_somebody_else_changes_nothing(learner, other_learner, guide):
    said = say(other_learner, guide, "Read", State.DONE, id=uuid.uuid4())
    record(learner, [Saying(said.step, State.SKIPPED, id=said.id)])
    assert StepEvent.objects.get().user == other_learner
    assert states_of(learner) == {}


def test_what_is_said_again_with_its_time_outlives_a_late_event(learner, guide):
    now = timezone.now()
    for state, hours in ((State.DONE, 10), (State.DONE, 1), (State.TODO, 5)):
        step = say(learner, guide, "Read", state, occurred_at=now - timedelta(hours=hours)).step
    assert states_of(learner) == {str(step): State.DONE}


def test_taking_back_what_was_never_said_follows_nothing(learner, guide):
    say(learner, guide, "Read", None)
    assert (learner.enrolments.count(), learner.step_events.count()) == (0, 0)


def test_path_that_credit_completes_is_noted(learner, guide):
    other = published_guide(slug="other")
    new = [step_of(other, title) for title in ("Read", "Try", "Build")]
    Credit.objects.record(old=[step_of(guide, "Read")], new=new)
    edition = other.publish(by=None)
    follow(learner, other.pk)
    say(learner, guide, "Read", State.DONE)
    assert learner.enrolments.get(guide=other).completed_edition == edition


def test_a_late_event_is_kept_and_changes_no_state(learner, guide):
    step = str(say(learner, guide, "Read", State.DONE).step)
    say(learner, guide, "Read", State.SKIPPED, occurred_at=timezone.now() - timedelta(days=1))
    assert states_of(learner) == {step: State.DONE}
    assert [event.state for event in events_of(learner)] == ["skipped", "done"]


def test_a_late_taking_back_is_kept_and_changes_no_state(learner, guide):
    step = str(say(learner, guide, "Read", State.DONE).step)
    say(learner, guide, "Read", None, occurred_at=timezone.now() - timedelta(days=1))
    assert states_of(learner) == {step: State.DONE}
    assert [event.state for event in events_of(learner)] == ["", "done"]


def test_events_of_one_moment_count_in_the_order_in_which_they_are_told(learner, guide):
    step, moment = step_of(guide, "Read").pk, timezone.now() - timedelta(days=1)
    record(
        learner,
        [
            Saying(step, State.DONE, id=uuid.UUID(int=2), occurred_at=moment),
            Saying(step, State.SKIPPED, id=uuid.UUID(int=1), occurred_at=moment),
        ],
    )
    assert states_of(learner) == {str(step): State.SKIPPED} == replayed(learner)


# --- Replay ------------------------------------------------------------------------------------

moments = st.one_of(st.none(), st.integers(-3, 1).map(lambda hours: timezone.now() + timedelta(hours=hours)))
ties = st.sampled_from([NOON - timedelta(days=day) for day in range(400, 403)])
sayings = st.builds(
    lambda step, state, number, occurred_at: (step, state, number, occurred_at),
    st.sampled_from(["Read", "Try"]),
    st.one_of(st.none(), st.sampled_from(State)),
    st.integers(0, 9),
    st.one_of(moments, ties),
)


@given(calls=st.lists(st.lists(sayings, max_size=4), max_size=8))
def test_states_equal_the_replay_of_the_events(guide, calls):
    learner, own = UserFactory(), uuid.uuid4().int & ~0xFF
    steps = {title: step_of(guide, title).pk for title in ("Read", "Try")}
    for call in calls:
        record(
            learner,
            [Saying(steps[step], state, uuid.UUID(int=own | number), at) for step, state, number, at in call],
        )
        assert states_of(learner) == replayed(learner)


@given(calls=st.lists(st.lists(sayings, max_size=4), max_size=6))
def test_events_are_only_ever_appended(guide, calls):
    learner, own = UserFactory(), uuid.uuid4().int & ~0xFF
    steps = {title: step_of(guide, title).pk for title in ("Read", "Try")}
    seen = []
    for call in calls:
        record(
            learner,
            [Saying(steps[step], state, uuid.UUID(int=own | number), at) for step, state, number, at in call],
        )
        now = list(learner.step_events.values_list("pk", "state", "occurred_at", "received_at"))
        assert set(seen) <= set(now)
        seen = now


# --- Following and completing ------------------------------------------------------------------


def test_record_follows_the_guide_of_the_step(learner, guide):
    say(learner, guide, "Read", State.DOING)
    assert [enrolment.guide for enrolment in learner.enrolments.active()] == [guide]


def test_record_follows_again_a_path_that_was_left(learner, guide):
    say(learner, guide, "Read", State.DOING)
    learner.enrolments.leave()
    say(learner, guide, "Try", State.DOING)
    assert [enrolment.guide for enrolment in learner.enrolments.active()] == [guide]


def test_record_follows_every_guide_that_it_speaks_of(learner, guide):
    other = published_guide(title="Beekeeper")
    record(learner, [Saying(step_of(each, "Read").pk, State.DONE) for each in (guide, other)])
    assert {enrolment.guide for enrolment in learner.enrolments.active()} == {guide, other}


def complete(user, guide):
    record(user, [Saying(step_of(guide, title).pk, State.DONE) for title in ("Read", "Try", "Build")])


def test_completion_is_noted_with_its_edition(learner, guide):
    complete(learner, guide)
    enrolment = learner.enrolments.get()
    assert enrolment.completed_edition == guide.editions.get()
    assert enrolment.completed_at is not None


def test_completion_is_not_noted_before_everything_is_done(learner, guide):
    say(learner, guide, "Read", State.DONE)
    assert learner.enrolments.get().completed_at is None


def test_completion_is_kept_when_the_path_grows(learner, guide):
    complete(learner, guide)
    before = learner.enrolments.values().get()
    StepFactory(stage=guide.stages.first(), title="More")
    guide.publish(by=None)
    say(learner, guide, "More", State.DONE)
    assert learner.enrolments.values().get() == before


def test_completion_is_kept_when_a_saying_is_taken_back(learner, guide):
    complete(learner, guide)
    before = learner.enrolments.values().get()
    say(learner, guide, "Read", None)
    assert learner.enrolments.values().get() == before


# --- Fifty at once -----------------------------------------------------------------------------


def assert_one_row_as_replayed(learner):
    assert StepState.objects.filter(user=learner).count() == 1
    assert states_of(learner) == replayed(learner)


STATES = [list(State)[number % len(State)] for number in range(THREADS)]


@pytest.mark.django_db(transaction=True)
def test_fifty_threads_leave_one_row_as_replayed():
    learner, guide = UserFactory(), published_guide()
    at_once([lambda state=state: say(learner, guide, "Read", state) for state in STATES])
    assert_one_row_as_replayed(learner)
    assert learner.enrolments.count() == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_threads_with_one_event_leave_one_event():
    learner, guide = UserFactory(), published_guide()
    saying = Saying(step_of(guide, "Read").pk, State.DONE, id=uuid.uuid4())
    at_once([lambda: record(learner, [saying])] * THREADS)
    assert [event.pk for event in events_of(learner)] == [saying.id]
    assert_one_row_as_replayed(learner)


@pytest.mark.django_db(transaction=True)
def test_fifty_threads_on_two_steps_in_either_order_do_not_wait_for_each_other_for_ever():
    learner, guide = UserFactory(), published_guide()
    steps = [step_of(guide, title).pk for title in ("Read", "Try")]
    orders = [steps, steps[::-1]] * (THREADS // 2)
    calls = [
        lambda order=order, state=state: record(learner, [Saying(step, state) for step in order])
        for order, state in zip(orders, STATES, strict=True)
    ]
    at_once(calls)
    assert StepState.objects.filter(user=learner).count() == 2
    assert states_of(learner) == replayed(learner)


def put(learner, step, state):
    client = Client()
    client.force_login(learner)
    return lambda: client.put(reverse("api-step", args=[step]), {"state": state}, "application/json")


@pytest.mark.django_db(transaction=True)
def test_fifty_requests_at_once_are_all_answered_and_leave_one_row():
    learner, guide = UserFactory(), published_guide()
    step = step_of(guide, "Read").pk
    responses = at_once([put(learner, step, state) for state in STATES])
    assert [response.status_code for response in responses] == [200] * THREADS
    assert_one_row_as_replayed(learner)

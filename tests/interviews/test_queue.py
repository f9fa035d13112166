"""The queue: what is due, what is new, and when something waits again."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.bank import Area, Entry
from interviews.models import Card
from interviews.practice.plans import Day, Plan
from interviews.practice.queue import queue_of

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = Day(NOW.replace(hour=0), NOW.replace(hour=0) + timedelta(days=1))
BAKING, OVENS = Area(1, "baking", "Baking"), Area(2, "ovens", "Ovens")
HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


def entry(number, topic=BAKING):
    return Entry(
        id=UUID(int=number),
        slug=f"q{number}",
        text=f"Q{number}?",
        answer="A",
        shows="",
        mistakes="",
        difficulty="easy",
        kind="technical",
        topic=topic,
        guides=frozenset(),
        named=None,
        is_active=True,
    )


def card(number, due, state=Card.State.REVIEW, **fields):
    made = {
        "state": state,
        "step": None if state == Card.State.REVIEW else 0,
        "stability": 1.0,
        "difficulty": 5.0,
        "due_at": due,
        "last_review_at": NOW - 9 * A_DAY,
        "introduced_at": NOW - 9 * A_DAY,
        "last_rating": 3,
    }
    return Card(question_id=UUID(int=number), **made | fields)


def queue(entries, cards=(), new_a_day=10):
    own = {each.question_id: each for each in cards}
    return queue_of(entries, own, new_a_day=new_a_day, day=DAY, now=NOW)


def slugs(found):
    return [each.slug for each in found.waiting]


def test_learning_comes_first_then_the_longest_overdue_then_new():
    entries = [entry(number) for number in range(1, 5)]
    cards = [
        card(2, NOW - A_DAY),
        card(3, NOW - 5 * A_DAY),
        card(4, NOW, Card.State.RELEARNING),
    ]
    found = queue(entries, cards)
    assert (slugs(found), found.due, found.new) == (["q4", "q3", "q2", "q1"], 3, 1)


def test_review_of_this_evening_is_due_today_and_one_of_tomorrow_is_not():
    found = queue([entry(1), entry(2)], [card(1, NOW + 5 * HOUR), card(2, DAY.end)])
    assert (slugs(found), found.due) == (["q1"], 1)


def test_card_that_is_learnt_waits_its_minutes_unless_nothing_else_does():
    soon = card(1, NOW + timedelta(minutes=10), Card.State.LEARNING)
    assert slugs(queue([entry(1), entry(2)], [soon])) == ["q2", "q1"]
    later = card(1, NOW + timedelta(minutes=21), Card.State.LEARNING)
    found = queue([entry(1)], [later])
    assert (slugs(found), found.due, found.next_at) == ([], 1, later.due_at)


def test_new_cards_take_turns_by_topic():
    entries = [entry(1), entry(2), entry(3, OVENS), entry(4, OVENS)]
    assert slugs(queue(entries)) == ["q1", "q3", "q2", "q4"]
    rated = card(1, NOW + 3 * A_DAY)
    assert slugs(queue(entries, [rated])) == ["q3", "q2", "q4"]


def test_limit_counts_what_was_begun_today():
    begun = card(1, NOW + 3 * A_DAY, introduced_at=NOW - HOUR, last_review_at=NOW - HOUR)
    before = card(2, NOW + 3 * A_DAY)
    found = queue([entry(number) for number in range(1, 6)], [begun, before], new_a_day=2)
    assert (slugs(found), found.new) == (["q3"], 1)


def test_day_that_is_full_says_that_the_next_one_brings_more():
    begun = card(1, NOW + 3 * A_DAY, introduced_at=NOW, last_review_at=NOW)
    found = queue([entry(1), entry(2)], [begun], new_a_day=1)
    assert (slugs(found), found.next_at) == ([], DAY.end)


def test_nothing_new_and_nothing_rated_never_waits():
    assert queue([entry(1)], new_a_day=0).next_at is None


@pytest.mark.parametrize("aside", [{"suspended_at": NOW}, {"buried_until": DAY.end}])
def test_cards_set_aside_do_not_wait(aside):
    fresh = Card(question_id=UUID(int=2), due_at=NOW, **aside)
    found = queue([entry(1), entry(2)], [card(1, NOW, **aside), fresh])
    assert (slugs(found), found.words) == ([], "")
    assert found.next_at == (DAY.end if "buried_until" in aside else None)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(Card.State.values),
            st.integers(-500, 500),
            st.sampled_from(["", "suspended", "buried", "new"]),
        ),
        max_size=12,
    ),
    st.integers(0, 5),
)
def test_queue_holds_each_card_once_and_says_when_it_goes_on(cards, new_a_day):
    own = []
    for number, (state, hours, aside) in enumerate(cards):
        made = card(number, NOW + hours * HOUR, state)
        if aside == "new":
            continue
        made.suspended_at = NOW if aside == "suspended" else None
        made.buried_until = DAY.end if aside == "buried" else None
        own.append(made)
    found = queue([entry(number) for number in range(len(cards))], own, new_a_day)
    assert len(set(slugs(found))) == len(found.waiting)
    assert found.new <= new_a_day
    if found.waiting:
        assert found.next_at == NOW
    elif found.next_at:
        assert found.next_at > NOW


@pytest.mark.parametrize(
    ("zone", "now", "start", "hours"),
    [
        ("UTC", "2026-11-20T23:59:59", "2026-11-20T00:00:00", 24),
        ("Europe/Berlin", "2026-11-20T23:30:00", "2026-11-20T23:00:00", 24),
        ("America/New_York", "2026-11-20T03:00:00", "2026-11-19T05:00:00", 24),
        ("Europe/Berlin", "2026-03-29T12:00:00", "2026-03-28T23:00:00", 23),
        ("Europe/Berlin", "2026-10-25T12:00:00", "2026-10-24T22:00:00", 25),
    ],
)
def test_day_begins_at_midnight_of_the_learner(zone, now, start, hours):
    plan = Plan(1, uuid4(), True, 10, zone, NOW, frozenset())
    day = plan.day(datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert day.start == datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert day.end - day.start == timedelta(hours=hours)

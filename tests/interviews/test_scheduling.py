"""Scheduling: what a rating does to a card, beside what the package itself says."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.models import Card
from interviews.practice.scheduling import (
    FIELDS,
    interval_words,
    intervals,
    rate,
    remembered,
    restore,
    snapshot,
)

START = datetime(2026, 11, 1, 9, tzinfo=UTC)
RATINGS = st.sampled_from(list(fsrs.Rating))
WAITS = st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=400))
ROUNDS = st.lists(st.tuples(RATINGS, WAITS), min_size=1, max_size=12)


def new_card():
    return Card(question_id=uuid4(), due_at=START)


@given(ROUNDS)
def test_card_is_what_the_package_makes_of_the_same_ratings(rounds):
    scheduler, theirs, ours = fsrs.Scheduler(enable_fuzzing=False), fsrs.Card(due=START), new_card()
    now = START
    for rating, wait in rounds:
        theirs, _ = scheduler.review_card(theirs, rating, now)
        rate(ours, rating, now)
        now += wait
    assert {**remembered(ours).to_dict(), "card_id": 0} == {**theirs.to_dict(), "card_id": 0}


@given(ROUNDS, RATINGS)
def test_button_says_what_its_rating_does(rounds, rating):
    card, now = new_card(), START
    for given_rating, wait in rounds:
        rate(card, given_rating, now)
        now += wait
    told = intervals(card, now)[rating]
    rate(card, rating, now)
    assert card.due_at == now + told


@given(ROUNDS)
def test_restored_card_is_what_it_was_to_the_bit(rounds):
    card, now = new_card(), START
    for rating, wait in rounds:
        before, kept = {name: getattr(card, name) for name in FIELDS}, snapshot(card)
        rate(card, rating, now)
        after = {name: getattr(card, name) for name in FIELDS}
        restore(card, kept)
        assert {name: getattr(card, name) for name in FIELDS} == before
        restore(card, {**snapshot(card), **_as_json(after)})
        now += wait


def _as_json(values):
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()
    }


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=10), "10 min"),
        (timedelta(hours=5), "5 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=8), "8 days"),
        (timedelta(days=364), "364 days"),
        (timedelta(days=365), "1 year"),
        (timedelta(days=548), "1.5 years"),
    ],
)
def test_interval_is_said_in_words(interval, words):
    assert interval_words(interval) == words


def test_first_ratings_lead_to_the_steps_of_the_package():
    told = intervals(new_card(), START)
    assert [interval_words(each) for each in told.values()] == ["1 min", "6 min", "10 min", "8 days"]

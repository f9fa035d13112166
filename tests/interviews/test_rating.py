"""Rating and undoing: once, exactly, and each learner for themselves."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import fsrs
import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from hypothesis import given
from hypothesis import strategies as st

from interviews.bank import bank_at
from interviews.models import Card, Deck, Review
from interviews.practice import aside
from interviews.practice.due import cards_of
from interviews.practice.plans import plan_of
from interviews.practice.rating import Stale, rate, undo
from interviews.practice.scheduling import FIELDS
from interviews.standing import standing
from tests.factories import published_guide
from tests.interviews.conftest import start

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
GOOD = fsrs.Rating.Good

pytestmark = pytest.mark.django_db


def state_of(user, question):
    card = Card.objects.get(user=user, question=question)
    return {name: getattr(card, name) for name in FIELDS}


def version_of(user, question):
    return Card.objects.filter(user=user, question=question).values_list("version", flat=True).first() or 0


def give(user, guide, question, rating=GOOD, at=NOW, **options):
    options = {"id": uuid4(), "version": version_of(user, question)} | options
    return rate(user, guide.pk, question.pk, rating, at=at, **options)


@given(
    st.lists(st.tuples(st.sampled_from(list(fsrs.Rating)), st.integers(1, 3_000_000)), min_size=1, max_size=8)
)
def test_stored_card_is_what_the_package_makes_of_the_log(learner, guide, question, rounds):
    """Through the database, and from the log alone: what is stored is lossless."""
    user, now = learner, NOW
    with transaction.atomic():
        for rating, seconds in rounds:
            give(user, guide, question, rating, at=now)
            now += timedelta(seconds=seconds)
        scheduler, theirs = fsrs.Scheduler(enable_fuzzing=False), fsrs.Card()
        for review in Review.objects.filter(user=user).order_by("reviewed_at"):
            theirs, _ = scheduler.review_card(theirs, fsrs.Rating(review.rating), review.reviewed_at)
        card = Card.objects.get(user=user)
        found = (card.state, card.step, card.stability, card.difficulty, card.due_at, card.last_review_at)
        transaction.set_rollback(True)
    wanted = (theirs.state, theirs.step, theirs.stability, theirs.difficulty, theirs.due, theirs.last_review)
    assert found == wanted


@given(st.lists(st.sampled_from([*fsrs.Rating, "undo", "twice"]), min_size=1, max_size=10))
def test_undoing_brings_back_what_was_however_often(learner, guide, question, events):
    """A stack of states, beside which each rating and each undoing is tried."""
    user, now = learner, NOW
    states, last = [], None
    with transaction.atomic():
        for event in events:
            now += timedelta(hours=7)
            if event == "undo" and states:
                undo(user, question.pk, version=version_of(user, question))
                states.pop()
            elif event == "twice" and last:
                give(user, guide, question, id=last.pk, version=0)
            elif isinstance(event, fsrs.Rating):
                last = give(user, guide, question, event, at=now)
                states.append(state_of(user, question))
            if states:
                assert state_of(user, question) == states[-1]
            elif Card.objects.filter(user=user):
                assert state_of(user, question)["stability"] is None
        kept = Review.objects.filter(user=user, undone_at=None).count()
        transaction.set_rollback(True)
    assert kept == len(states)


def test_first_rating_undone_leaves_a_new_card(learner, guide, question):
    give(learner, guide, question)
    undo(learner, question.pk, version=1)
    card = Card.objects.get(user=learner)
    assert (card.last_review_at, card.stability, card.introduced_at, card.version) == (None, None, None, 2)


def test_rating_sent_twice_counts_once(learner, guide, question):
    first = give(learner, guide, question)
    again = give(learner, guide, question, fsrs.Rating.Again, id=first.pk, version=0)
    assert (again.pk, Review.objects.count(), version_of(learner, question)) == (first.pk, 1, 1)


def test_rating_from_a_page_that_is_out_of_date_is_refused(learner, guide, question):
    give(learner, guide, question)
    with pytest.raises(Stale):
        give(learner, guide, question, version=0)
    assert Review.objects.count() == 1


def test_id_of_somebody_elses_rating_is_refused(learner, other_learner, guide, question):
    theirs = give(other_learner, guide, question)
    with pytest.raises(Stale):
        give(learner, guide, question, id=theirs.pk)
    assert not Card.objects.filter(user=learner).exists()


def test_undone_rating_stays_undone_when_its_form_is_sent_again(learner, guide, question):
    first = give(learner, guide, question)
    undo(learner, question.pk, version=1)
    give(learner, guide, question, id=first.pk, version=0)
    assert Card.objects.get(user=learner).last_review_at is None


def test_page_from_before_a_rating_was_undone_is_out_of_date(learner, guide, question):
    give(learner, guide, question)
    undo(learner, question.pk, version=1)
    with pytest.raises(Stale):
        give(learner, guide, question, version=0)


def test_only_the_last_rating_can_be_undone(learner, guide, question, oven):
    give(learner, guide, question)
    give(learner, guide, oven, at=NOW + timedelta(minutes=1))
    with pytest.raises(Stale):
        undo(learner, question.pk, version=1)


def test_nothing_is_undone_twice(learner, guide, question):
    give(learner, guide, question)
    undo(learner, question.pk, version=1)
    with pytest.raises(Stale):
        undo(learner, question.pk, version=2)


def test_rating_from_before_a_new_start_cannot_be_undone(learner, guide, question, deck):
    give(learner, guide, question)
    Card.objects.all().delete()
    with pytest.raises(Stale):
        undo(learner, question.pk, version=0)


def test_clock_that_goes_back_keeps_the_order(learner, guide, question):
    give(learner, guide, question, at=NOW)
    second = give(learner, guide, question, at=NOW - timedelta(days=3))
    assert second.reviewed_at == NOW + timedelta(microseconds=1)


def test_learners_have_cards_of_their_own(learner, other_learner, guide, question):
    give(learner, guide, question)
    give(other_learner, guide, question, fsrs.Rating.Easy)
    assert [cards_of(user)[question.pk].last_rating for user in (learner, other_learner)] == [3, 4]


def test_practised_question_is_not_deleted(learner, guide, question):
    give(learner, guide, question)
    with pytest.raises(ProtectedError):
        question.delete()


def test_suspended_question_is_not_deleted_either(learner, question):
    aside.suspend(learner, question.pk, version=0)
    with pytest.raises(ProtectedError):
        question.delete()


def test_new_start_keeps_history(learner, guide, question, deck):
    give(learner, guide, question)
    plan = plan_of(learner, guide.pk)
    assert aside.reset(learner, plan, bank_at(standing().version)) == 1
    assert (Card.objects.count(), Review.objects.count()) == (0, 1)


def test_leaving_deletes_what_no_other_deck_has(learner, other_learner, guide, question, oven, deck):
    other = published_guide(title="Oven builder", slug="oven-builder")
    oven.guides.add(other)
    start(learner, other)
    for user, each in ((learner, question), (learner, oven), (other_learner, question)):
        give(user, guide, each)
    aside.leave(learner, plan_of(learner, guide.pk))
    assert list(Card.objects.order_by("user_id").values_list("user", "question")) == [
        (learner.pk, oven.pk),
        (other_learner.pk, question.pk),
    ]
    assert (Review.objects.filter(user=learner).count(), Deck.objects.filter(user=learner).count()) == (0, 1)


def test_account_takes_its_practice_with_it(learner, guide, question, deck):
    give(learner, guide, question)
    learner.delete()
    assert (Card.objects.count(), Review.objects.count(), Deck.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    "values",
    [
        {"stability": 3.0},
        {"last_review_at": NOW},
        {"state": 2, "step": 0},
        {"state": 2, "step": None, "last_review_at": NOW, "last_rating": 7, "introduced_at": NOW},
    ],
)
def test_database_refuses_cards_that_cannot_be(learner, question, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Card.objects.create(user=learner, question=question, **values)

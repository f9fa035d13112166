"""A guide with questions, and learners who practise them."""

import pytest

from interviews.practice.decks import keep_deck
from tests.factories import InterviewQuestionFactory, TopicFactory


def questions_of(guide, count, **fields):
    """Return `count` new questions of a guide."""
    return [InterviewQuestionFactory(guides=[guide], **fields) for _ in range(count)]


def start(user, guide, **fields):
    """Let `user` practise all topics of a guide, or as `fields` say."""
    wanted = {"takes_all": True, "topics": (), "new_a_day": 10, "time_zone": "UTC"} | fields
    return keep_deck(user, guide.pk, **wanted)


@pytest.fixture
def question(guide):
    """A question of the small guide."""
    return InterviewQuestionFactory(
        guides=[guide], text="What is yeast?", answer="It makes the dough *rise*.", difficulty="easy"
    )


@pytest.fixture
def oven(guide):
    """A question of another topic."""
    topic = TopicFactory(name="Ovens", position=2)
    return InterviewQuestionFactory(
        guides=[guide], text="How hot is an oven?", answer="Très chaud.", topic=topic, difficulty="hard"
    )


@pytest.fixture
def deck(learner, guide, question):
    return start(learner, guide)

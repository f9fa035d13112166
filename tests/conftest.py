"""The cast and the stage of all tests.

Hypothesis tries the same few examples each time, so that a red test means a change of the code; with
`--hypothesis-profile=thorough` it tries many, and new ones.
"""

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, settings

from tests.factories import UserFactory, published_guide

HEALTH = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]

settings.register_profile(
    "quick", max_examples=100, deadline=None, derandomize=True, suppress_health_check=HEALTH
)
settings.register_profile("thorough", max_examples=5000, deadline=None, suppress_health_check=HEALTH)
settings.load_profile("quick")


@pytest.fixture(autouse=True)
def empty_cache():
    """Forget whole pages and how often somebody asked. What is kept by an edition's digest may stay."""
    cache.clear()


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def guide(db):
    """A small guide, published: of two stages with three required steps and an optional one."""
    return published_guide(title="Data baker", slug="data-baker")


@pytest.fixture
def visitor():
    """The browser of somebody who has no account."""
    return Client()


@pytest.fixture
def learner(db):
    return UserFactory(email="learner@example.org")


@pytest.fixture
def other_learner(db):
    return UserFactory(email="other-learner@example.org")


@pytest.fixture
def editor(db):
    return UserFactory(email="editor@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def publisher(db):
    return UserFactory(email="publisher@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def learner_client(learner):
    return client_of(learner)


@pytest.fixture
def other_learner_client(other_learner):
    return client_of(other_learner)


@pytest.fixture
def editor_client(editor):
    return client_of(editor)


@pytest.fixture
def publisher_client(publisher):
    return client_of(publisher)

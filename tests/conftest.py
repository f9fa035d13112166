"""The cast and the stage of all tests.

Hypothesis tries the same few examples each time, so that a red test means a change of the code; with
`--hypothesis-profile=thorough` it tries many, and new ones; with `brief` fewer, for the second database:
most rules ask none.
"""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, settings

from courses.browsing import CERTIFICATIONS, COURSES
from courses.matching import forget
from facts.explorer import reading
from gap.vocabulary import forget as forget_vocabulary
from interviews.bank import forget as forget_questions
from tests.factories import UserFactory, published_guide

HEALTH = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]

settings.register_profile(
    "quick", max_examples=100, deadline=None, derandomize=True, suppress_health_check=HEALTH
)
settings.register_profile(
    "brief", max_examples=25, deadline=None, derandomize=True, suppress_health_check=HEALTH
)
settings.register_profile("thorough", max_examples=5000, deadline=None, suppress_health_check=HEALTH)
settings.load_profile("quick")

DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_addoption(parser):
    parser.addoption(
        "--with-database",
        action="store_true",
        help="run only tests that use the database: the others say the same on each",
    )


def pytest_collection_modifyitems(config, items):
    if config.getoption("--with-database"):
        chosen = [item for item in items if _uses_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
        items[:] = chosen


def _uses_database(item):
    return item.get_closest_marker("django_db") is not None or not DATABASE.isdisjoint(item.fixturenames)


@pytest.fixture(autouse=True)
def empty_cache():
    """Forget whole pages, how often somebody asked, and the catalog: a test that is undone takes its version
    back. What is kept by an edition's digest may stay.
    """
    cache.clear()
    for catalog in (COURSES, CERTIFICATIONS):
        catalog.forget()
    forget()
    reading.forget()
    forget_vocabulary()
    forget_questions()


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


ROLES = (  # who makes them, and who lets them do more
    "accounts.migrations.0004_roles.make_roles",
    "accounts.migrations.0006_saved_and_reviews.allow_moderating",
    "accounts.migrations.0007_contact_requests.allow_passing_on",
    "facts.migrations.0002_roles.allow_figures",
    "hiring.migrations.0002_roles.allow_hiring",
    "inbox.migrations.0002_roles.allow_answering",
    "interviews.migrations.0003_roles.give_roles",
    "jobs.migrations.0002_roles.let_keep_feeds",
    "quiz.migrations.0002_roles.allow_quiz",
)


def role(name):
    """Return a role; a test that commits empties the database, and they are made anew."""
    if not Group.objects.filter(name=name).exists():
        for migration, _, make in (name.rpartition(".") for name in ROLES):
            getattr(import_module(migration), make)(apps, connection.schema_editor())
    return Group.objects.get(name=name)


def staff(email, *roles):
    """Return a member of the staff with these roles."""
    person = UserFactory(email=email, is_staff=True)
    person.groups.set([role(name) for name in roles])
    return person


@pytest.fixture
def newcomer(db):
    """A member of the staff who has no role yet."""
    return staff("newcomer@example.org")


@pytest.fixture
def editor(db):
    return staff("editor@example.org", "Editor")


@pytest.fixture
def publisher(db):
    return staff("publisher@example.org", "Publisher")


@pytest.fixture
def catalog_editor(db):
    return staff("catalog-editor@example.org", "Catalog editor")


@pytest.fixture
def support(db):
    return staff("support@example.org", "Support")


@pytest.fixture
def superuser(db):
    return UserFactory(email="superuser@example.org", is_staff=True, is_superuser=True)


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


@pytest.fixture
def newcomer_client(newcomer):
    return client_of(newcomer)


@pytest.fixture
def catalog_editor_client(catalog_editor):
    return client_of(catalog_editor)


@pytest.fixture
def support_client(support):
    return client_of(support)


@pytest.fixture
def superuser_client(superuser):
    return client_of(superuser)

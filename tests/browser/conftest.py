"""A real browser before a real server that has the real content.

Each test fails when a page logs an error, breaks the content security policy or asks for something that does
not come; a test that means to break something empties `troubles` itself.
"""

import os
import sqlite3

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from guides.loading.storing import load_folder
from guides.models import Guide
from search.freshness import rebuild

SLUG = "machine-learning-engineer"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")
ALONE = ("--disable-background-networking", "--disable-component-update")
SECONDS = 1000  # Playwright counts milliseconds

# Playwright runs an event loop in this thread, and Django would refuse to query beside one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": [*QUIET, *ALONE]}


@pytest.fixture(scope="session")
def base_url(live_server):
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "reduced_motion": "reduce", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session")
def copy():
    """A copy of the database with the guide in it, for SQLite; empty until the first test has loaded it."""
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    yield kept
    kept.close()


@pytest.fixture(autouse=True)
def guide(transactional_db, copy):
    """The guide of the content folder, published."""
    connection.ensure_connection()
    if connection.vendor == "sqlite" and copy.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        copy.backup(connection.connection)
    else:
        load_folder(settings.BASE_DIR / "guides" / "content" / SLUG)
        rebuild()  # a search waits but a moment for its documents, and two processes share the machine
        if connection.vendor == "sqlite":
            connection.connection.backup(copy)
    return Guide.objects.get(slug=SLUG)


@pytest.fixture
def troubles():
    """What went wrong on any page so far."""
    found = []
    yield found
    assert found == []


@pytest.fixture
def new_context(new_context, troubles):
    """Open a context, a browser of somebody's own, and watch its pages."""

    def note_failure(reason, url):
        if reason != "net::ERR_ABORTED":  # somebody clicked before all of the page was there
            troubles.append(f"{reason} {url}")

    def open_context(**options):
        context = new_context(**options)
        context.set_default_timeout(10 * SECONDS)
        context.on("console", lambda said: said.type == "error" and troubles.append(said.text))
        context.on("weberror", lambda error: troubles.append(str(error.error)))
        context.on("requestfailed", lambda asked: note_failure(asked.failure, asked.url))
        context.on("response", lambda got: got.status >= 400 and troubles.append(f"{got.status} {got.url}"))
        return context

    return open_context


@pytest.fixture
def log_in(base_url):
    """Log somebody into a context without the form."""

    def enter(context, user):
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base_url}])

    return enter


@pytest.fixture
def learner_page(context, log_in, learner):
    log_in(context, learner)
    return context.new_page()


@pytest.fixture
def editor_page(new_context, log_in, editor):
    context = new_context()
    log_in(context, editor)
    return context.new_page()


@pytest.fixture
def publisher_page(new_context, log_in, publisher):
    context = new_context()
    log_in(context, publisher)
    return context.new_page()

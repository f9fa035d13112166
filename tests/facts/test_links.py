"""Looking whether the links of sources still lead to a page."""

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from facts.links import Finding, ask, check, note
from facts.links.asking import State
from facts.links.noting import PATIENCE
from facts.models import LinkCheck
from facts.tasks import BATCH, check_links, is_checking
from portal.worker import Worker
from tests.factories import SourceFactory
from tests.hostile import HostileServer, answer, to

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def server(settings):
    made = HostileServer()
    settings.FETCHING_LETS_THROUGH = frozenset({made.place})
    yield made
    made.close()


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("200 OK", State.THERE),
        ("204 No Content", State.THERE),
        ("404 Not Found", State.GONE),
        ("410 Gone", State.GONE),
        ("401 Unauthorized", State.UNCLEAR),
        ("403 Forbidden", State.UNCLEAR),
        ("418 I'm a teapot", State.UNCLEAR),
        ("429 Too Many Requests", State.UNCLEAR),
        ("500 Internal Server Error", State.UNCLEAR),
        ("599 Whatever", State.UNCLEAR),
    ],
)
def test_answer_says_what_became_of_a_page(server, status, state):
    server.answers["/"] = answer(status=status)
    found = ask(server.url("/"))
    assert (found.state, found.status) == (state, int(status[:3]))
    assert bool(found.error) is (state is not State.THERE)


def test_page_that_moved_for_good_says_where_to(server):
    server.answers["/"] = to("/new", "301 Moved Permanently")
    server.answers["/new"] = answer()
    assert ask(server.url("/")) == Finding(State.THERE, 200, moved_to=server.url("/new"))


def test_private_address_is_not_asked():
    server = HostileServer()
    found = ask(server.url("/"))
    assert (found.state, found.status, server.asked) == (State.UNCLEAR, None, [])
    assert found.error
    server.close()


def test_host_where_nothing_answers_is_silent(server):
    server.close()
    assert ask(server.url("/")).state is State.SILENT


def test_answer_that_is_none_is_unclear(server):
    server.answers["/"] = b"nonsense\r\n\r\n"
    assert ask(server.url("/")).state is State.UNCLEAR


# --- What is noted -----------------------------------------------------------------------------


@pytest.fixture
def source(db):
    return SourceFactory(url="https://a.example/")


def noted(source, *findings):
    for finding, moment in findings:
        note(source, finding, moment)
    found = LinkCheck.objects.get(source=source)
    return found.verdict, found.failing_since


THERE, GONE, SILENT, UNCLEAR = (
    Finding(state) for state in (State.THERE, State.GONE, State.SILENT, State.UNCLEAR)
)
LATER = NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("findings", "verdict", "since"),
    [
        ([(THERE, NOW)], "works", None),
        ([(GONE, NOW)], "dead", NOW),
        ([(UNCLEAR, NOW)], "unclear", NOW),
        ([(SILENT, NOW)], "unclear", NOW),
        ([(SILENT, NOW), (SILENT, LATER)], "unclear", NOW),
        ([(SILENT, NOW), (SILENT, NOW + PATIENCE)], "dead", NOW),
        ([(SILENT, NOW), (THERE, LATER), (SILENT, NOW + PATIENCE)], "unclear", NOW + PATIENCE),
        ([(UNCLEAR, NOW), (GONE, LATER)], "dead", NOW),
        ([(GONE, NOW), (THERE, LATER)], "works", None),
    ],
)
def test_verdict_comes_from_what_was_found_and_before(source, findings, verdict, since):
    assert noted(source, *findings) == (verdict, since)


def test_other_link_begins_anew(source):
    note(source, GONE, NOW)
    source.url = "https://b.example/"
    source.save()
    assert noted(source, (SILENT, LATER)) == ("unclear", LATER)


def test_source_that_was_deleted_meanwhile_is_not_noted(source):
    gone = type(source).objects.get(pk=source.pk)
    source.delete()
    note(gone, THERE, NOW)
    assert LinkCheck.objects.count() == 0


@given(st.lists(st.sampled_from([THERE, GONE, SILENT, UNCLEAR]), min_size=1, max_size=6))
def test_failing_since_is_the_first_of_the_last_failures(source, findings):
    LinkCheck.objects.all().delete()
    moments = [NOW + timedelta(hours=number) for number in range(len(findings))]
    pairs = list(zip(findings, moments, strict=True))
    works = [number for number, finding in enumerate(findings) if finding is THERE]
    failing = moments[works[-1] + 1 :] if works else moments
    assert noted(source, *pairs)[1] == (failing[0] if failing else None)


# --- In the background -------------------------------------------------------------------------


def test_links_are_looked_at_once_since_a_moment(server, db):
    server.answers["/"] = answer()
    sources = [SourceFactory(url=server.url("/")).pk, SourceFactory().pk, 99999]
    assert check(sources, since=NOW) == 1
    assert check(sources, since=NOW) == 0
    assert check(sources, since=datetime.now(UTC) + timedelta(hours=1)) == 1


def test_task_looks_at_all_links_some_at_a_time(server, db):
    server.answers["/"] = answer()
    for _ in range(BATCH + 1):
        SourceFactory(url=server.url("/"))
    assert not is_checking()
    check_links.enqueue()
    assert is_checking()
    assert Worker().work() == 3
    assert (LinkCheck.objects.filter(verdict="works").count(), is_checking()) == (BATCH + 1, False)
    assert {task.status for task in DBTaskResult.objects.all()} == {"SUCCESSFUL"}


def test_schedule_has_links_looked_at(settings):
    assert settings.SCHEDULE["links"] == ("facts.tasks.check_links", timedelta(days=7))

"""How often the API may be called in a minute."""

import time

import pytest
from django.test import Client

from tests.factories import step_of

GUIDES = "/api/v1/guides/"
HALF_PAST = 1_800_000_030.0  # a moment 30 seconds after a full minute


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until the test moves it: `clock(seconds)`."""

    def move(seconds):
        monkeypatch.setattr(time, "time", lambda: HALF_PAST + seconds)

    move(0)
    return move


def put(client, guide, title="Read"):
    address = f"/api/v1/me/steps/{step_of(guide, title).pk}/"
    return client.put(address, {"state": "done"}, "application/json")


def test_learner_changes_two_hundred_and_forty_times_a_minute(clock, learner_client, guide):
    statuses = [put(learner_client, guide).status_code for _ in range(241)]
    assert statuses == [*[200] * 240, 429]


def test_address_reads_twelve_hundred_times_a_minute(clock, visitor, guide):
    statuses = [visitor.get(GUIDES).status_code for _ in range(1201)]
    assert statuses == [*[200] * 1200, 429]


@pytest.fixture
def exhausted(clock, learner_client, guide):
    """The learner's browser after all changes of this minute."""
    for _ in range(240):
        put(learner_client, guide)
    return learner_client


def test_too_many_changes_are_told_when_to_go_on(exhausted, guide):
    response = put(exhausted, guide, "Build")
    assert response["Retry-After"] == "30"
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Too Many Requests",
        "status": 429,
        "detail": "Request was throttled. Expected available in 30 seconds.",
        "errors": [],
    }


def test_change_that_was_too_many_is_not_done(exhausted, learner, guide):
    put(exhausted, guide, "Build")
    assert list(learner.step_states.values_list("step__title", flat=True)) == ["Read"]


def test_next_minute_begins_anew(exhausted, clock, guide):
    clock(29.9)
    assert put(exhausted, guide).status_code == 429
    clock(30)
    assert put(exhausted, guide).status_code == 200


def test_changes_are_counted_for_each_learner(exhausted, other_learner_client, guide):
    assert put(other_learner_client, guide).status_code == 200


def test_changes_of_a_learner_are_counted_on_all_devices(exhausted, learner, guide):
    phone = Client(REMOTE_ADDR="203.0.113.7")
    phone.force_login(learner)
    assert put(phone, guide).status_code == 429


def test_readings_go_on_after_too_many_changes(exhausted):
    assert exhausted.get(GUIDES).status_code == 200


def test_too_many_readings_of_one_address_stop_no_other_and_no_page(clock, visitor, guide):
    for _ in range(1200):
        visitor.get(GUIDES)
    answers = [visitor.get(GUIDES, REMOTE_ADDR="203.0.113.7"), visitor.get("/guides/"), visitor.get(GUIDES)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]

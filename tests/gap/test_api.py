"""The skills gap for clients of the API."""

import pytest
from django.urls import reverse

from accounts.recording import Saying, record
from guides.progress import State
from tests.factories import step_of

ADDRESS = reverse("api-gap", args=["data-baker"])
PROBLEM = "application/problem+json"
TEXT = "🐍 You know e\u0301 Python, R and SQL; Git too."


def send(client, body, **more):
    return client.post(ADDRESS, body, content_type="application/json", **more)


def test_answer_has_all_that_the_page_shows(bakery, visitor):
    answer = send(visitor, {"text": "You know Git, and Python too."}).json()
    steps = [
        {
            "guide": "data-baker",
            "id": str(step_of(bakery, title).pk),
            "slug": title.lower(),
            "title": title,
            "url": f"http://127.0.0.1:8000/guides/data-baker/path/#step-{title.lower()}",
        }
        for title in ("Read", "Try")
    ]
    courses = [{"slug": "snakes", "title": "Snakes", "url": "http://testserver/courses/snakes/"}]
    assert answer == {
        "guide": "data-baker",
        "found": [
            {"skill": "git", "name": "Git", "start": 9, "end": 12},
            {"skill": "python", "name": "Python", "start": 18, "end": 24},
        ],
        "covered": [],
        "missing": [{"skill": "git", "name": "Git"}, {"skill": "python", "name": "Python"}],
        "suggested": [
            {"skill": "git", "steps": [], "courses": courses},
            {"skill": "python", "steps": steps, "courses": courses},
        ],
        "unasked": ["R", "SQL"],
    }


@pytest.mark.parametrize("text", [TEXT, f"  \n{TEXT}  ", TEXT.replace("Python", "Py\u00adthon")])
def test_offsets_are_code_points_of_the_text_as_sent(bakery, visitor, text):
    found = send(visitor, {"text": text}).json()["found"]
    parts = [text[each["start"] : each["end"]].replace("\u00ad", "") for each in found]
    assert parts == ["Python", "R", "SQL", "Git"]


def test_learner_is_told_what_covers(bakery, learner, learner_client):
    record(learner, [Saying(step_of(bakery, "Try").pk, State.DONE)])
    answer = send(learner_client, {"text": TEXT})
    covered = {each["skill"]: [step["slug"] for step in each["steps"]] for each in answer.json()["covered"]}
    assert covered == {"python": ["try"], "r": ["try"]}
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("times", [1, 3])
def test_answer_costs_two_queries_whatever_the_length(bakery, visitor, times, django_assert_num_queries):
    send(visitor, {"text": TEXT})
    with django_assert_num_queries(2):
        send(visitor, {"text": TEXT * times})


@pytest.mark.parametrize(
    ("body", "status", "named"),
    [
        ({}, 400, ["text"]),
        ({"text": ""}, 400, ["text"]),
        ({"text": "Python"}, 400, ["text"]),
        ({"text": None}, 400, ["text"]),
        ({"text": 5}, 400, ["text"]),
        ({"text": ["Python and SQL, and much more"]}, 400, ["text"]),
        ({"text": "Python and \0 NUL, and much more"}, 400, ["text"]),
        ({"text": TEXT, "txet": TEXT}, 400, ["txet"]),
        ({"text": "x" * 100_001}, 413, []),
        ({"text": "x" * 1_100_000}, 413, []),
        ([TEXT], 400, None),
        ("{", 400, None),
        ('{"text": "Python and a half of a letter \\ud800, and much more"}', 400, ["text"]),
    ],
)
def test_bad_request_is_refused_by_name(bakery, visitor, body, status, named):
    answer = send(visitor, body)
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    assert named is None or [error["attr"] for error in answer.json()["errors"]] == named


def test_unknown_parameter_is_refused(bakery, visitor):
    answer = visitor.post(f"{ADDRESS}?guide=x", {"text": TEXT}, content_type="application/json")
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "guide")


def test_unknown_guide_is_not_found(bakery, visitor):
    answer = visitor.post(
        reverse("api-gap", args=["nobody"]), {"text": TEXT}, content_type="application/json"
    )
    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)


def test_other_media_types_and_methods_are_refused(bakery, visitor):
    assert visitor.post(ADDRESS, TEXT, content_type="text/plain").status_code == 415
    assert visitor.get(ADDRESS).status_code == 405


def test_too_many_requests_say_when_to_go_on(bakery, visitor, monkeypatch):
    monkeypatch.setattr("gap.throttling.Analyses.allowed", 1)
    first, second = (send(visitor, {"text": TEXT}) for _ in range(2))
    assert (first.status_code, second.status_code, "Retry-After" in second) == (200, 429, True)


@pytest.mark.parametrize("body", ["[" * 100_000, '{"text": ' + "[" * 100_000])
def test_json_that_is_nested_without_end_is_the_clients_mistake(bakery, visitor, body):
    response = send(visitor, body)
    assert (response.status_code, "nested too deeply" in response.json()["detail"]) == (400, True)

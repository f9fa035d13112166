"""The learner's part of the API: paths and steps, as a visitor, a learner and another learner meet them."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.recording import Saying, record
from guides.models import Credit, Guide
from guides.progress import State
from tests.factories import GuideFactory, StageFactory, StepFactory, guide_with_path, published_guide, step_of

PATHS = "/api/v1/me/paths/"
JSON = "application/json"
PROBLEM = "application/problem+json"
STATES = "todo, doing, done, skipped"


def path_of(guide):
    return f"{PATHS}{guide.slug}/"


def step_at(guide, title):
    return f"/api/v1/me/steps/{step_of(guide, title).pk}/"


def put(client, address, state="done", **options):
    return client.put(address, {"state": state}, JSON, **options)


def follow(client, slug):
    return client.post(PATHS, {"guide": slug}, JSON)


def done(user, guide, *titles):
    record(user, [Saying(step_of(guide, title).pk, State.DONE) for title in titles])


def hide(guide):
    Guide.objects.filter(pk=guide.pk).update(unpublished_at=timezone.now())


def name(guide, title):
    return {"id": str(step_of(guide, title).pk), "title": title}


def detail(response, status):
    """Return what the problem details of an answer with `status` say."""
    assert (response.status_code, response["Content-Type"]) == (status, PROBLEM)
    return response.json()["detail"]


# --- Paths -------------------------------------------------------------------------------------


def test_paths_are_those_that_the_learner_follows(learner_client, learner, other_learner, guide):
    done(learner, guide, "Read")
    done(other_learner, published_guide(), "Read")
    assert learner_client.get(PATHS).json() == [
        {"guide": "data-baker", "title": "Data baker", "edition": 1, "percent": 33, "met": 1, "total": 3}
    ]


def test_paths_of_a_newcomer_are_none(learner_client, guide):
    assert learner_client.get(PATHS).json() == []


@pytest.mark.parametrize("paths", [1, 3])
def test_paths_cost_the_same_for_one_and_for_three(learner_client, learner, paths, django_assert_num_queries):
    for _ in range(paths):
        done(learner, published_guide(), "Read", "Try", "Build")
    with django_assert_num_queries(4):  # session, user, editions and states
        assert len(learner_client.get(PATHS).json()) == paths


def test_path_says_where_the_learner_stands(learner_client, learner, guide):
    done(learner, guide, "Read")
    answer = learner_client.get(path_of(guide)).json()
    assert {key: answer[key] for key in answer if key != "stages"} == {
        "guide": "data-baker",
        "title": "Data baker",
        "edition": 1,
        "percent": 33,
        "met": 1,
        "total": 3,
        "remaining": [
            {"title": "Try", "steps": [name(guide, "Try")]},
            {"title": "Build", "steps": [name(guide, "Build")]},
        ],
        "next": [name(guide, "Try"), name(guide, "Build")],
        "past": [],
    }


def test_path_lists_its_stages_with_their_steps(learner_client, learner, guide):
    done(learner, guide, "Build")
    stage = learner_client.get(path_of(guide)).json()["stages"][1]
    step = {
        **name(guide, "Build"),
        "slug": "build",
        "optional": False,
        "choice": "",
        "route": "",
        "effort_hours": 30,
        "state": "done",
        "counted_from": [],
    }
    found = guide.stages.get(slug="work")
    assert stage == {"id": str(found.pk), "slug": "work", "title": "Work", "steps": [step]}


@pytest.mark.parametrize("steps", [3, 60])
def test_path_costs_the_same_for_few_steps_and_for_many(
    learner_client, learner, steps, django_assert_num_queries
):
    guide = GuideFactory()
    StepFactory.create_batch(steps, stage=StageFactory(guide=guide))
    guide.publish(by=None)
    learner.enrolments.create(guide=guide)
    with django_assert_num_queries(5):  # session, user, edition, states and the document
        answer = learner_client.get(path_of(guide)).json()
    assert answer["total"] == steps


def test_path_names_what_was_done_and_is_past(learner_client, learner, guide):
    done(learner, guide, "Read")
    step_of(guide, "Read").retire()
    guide.publish(by=None)
    assert learner_client.get(path_of(guide)).json()["past"] == [name(guide, "Read")]


def test_path_says_what_a_step_is_counted_from(learner_client, learner, guide):
    done(learner, guide, "Read")
    new = StepFactory(stage=guide.stages.get(slug="work"), title="Study")
    Credit.objects.record(old=[step_of(guide, "Read")], new=[new])
    guide.publish(by=None)
    step = learner_client.get(path_of(guide)).json()["stages"][1]["steps"][1]
    assert (step["title"], step["state"], step["counted_from"]) == ("Study", "done", [name(guide, "Read")])


def test_percent_is_the_same_everywhere(learner_client, learner, guide):
    done(learner, guide, "Read", "Build")
    pages = [reverse("path", args=[guide.slug]), reverse("dashboard")]
    texts = [learner_client.get(page).content.decode() for page in pages]
    shown = [int(re.search(r'class="percent[^"]*">(\d+)<', text)[1]) for text in texts]
    answers = [learner_client.get(path_of(guide)), put(learner_client, step_at(guide, "Build"))]
    told = [answer.json()["percent"] for answer in answers]
    assert [*shown, *told, learner_client.get(PATHS).json()[0]["percent"]] == [66] * 5


def test_path_that_is_not_followed_is_not_found(learner_client, guide):
    assert detail(learner_client.get(path_of(guide)), 404) == (
        "You follow no path “data-baker”. "
        'POST {"guide": "…"} to /api/v1/me/paths/ with a slug from /api/v1/guides/ to follow one.'
    )


def test_path_of_another_learner_is_not_found(other_learner_client, learner, guide):
    done(learner, guide, "Read")
    assert other_learner_client.get(path_of(guide)).status_code == 404
    assert other_learner_client.delete(path_of(guide)).status_code == 404


# --- Follow and leave --------------------------------------------------------------------------


def test_following_answers_with_the_path(learner_client, guide):
    response = follow(learner_client, "data-baker")
    assert response.status_code == 201
    assert response.json() == learner_client.get(path_of(guide)).json()


def test_following_twice_changes_nothing(learner_client, learner, guide):
    answers = [follow(learner_client, "data-baker") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert learner.enrolments.count() == 1


def test_leaving_keeps_what_was_done(learner_client, learner, guide):
    done(learner, guide, "Read")
    response = learner_client.delete(path_of(guide))
    assert (response.status_code, response.content) == (204, b"")
    assert learner_client.get(PATHS).json() == []
    assert follow(learner_client, "data-baker").json()["percent"] == 33


def test_unknown_guide_cannot_be_followed(learner_client, db):
    assert detail(follow(learner_client, "nothing"), 404) == (
        "There is no guide “nothing”. GET /api/v1/guides/ lists them."
    )


def test_draft_cannot_be_followed(learner_client, db):
    assert follow(learner_client, guide_with_path().slug).status_code == 404


def test_following_needs_the_name_of_a_guide(learner_client, guide):
    response = learner_client.post(PATHS, {}, JSON)
    said = "Say which guide to follow: a slug from /api/v1/guides/."
    assert detail(response, 400) == f"guide: {said}"
    assert response.json()["errors"] == [{"code": "required", "detail": said, "attr": "guide"}]


def test_hidden_path_is_kept_by_its_followers(learner_client, other_learner_client, learner, guide):
    done(learner, guide, "Read")
    hide(guide)
    assert learner_client.get(path_of(guide)).json()["percent"] == 33
    assert put(learner_client, step_at(guide, "Try")).json()["percent"] == 66
    assert follow(other_learner_client, "data-baker").status_code == 404
    assert put(other_learner_client, step_at(guide, "Try")).status_code == 404


# --- Steps -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "percent"), [("todo", 0), ("doing", 0), ("done", 33), ("skipped", 0)])
def test_step_is_set_to_each_state(learner_client, guide, state, percent):
    expected = {**name(guide, "Read"), "state": state, "guide": "data-baker", "percent": percent}
    assert put(learner_client, step_at(guide, "Read"), state).json() == expected
    assert learner_client.get(step_at(guide, "Read")).json() == expected


def test_step_that_is_set_twice_leaves_one_event(learner_client, learner, guide):
    for _ in range(2):
        assert put(learner_client, step_at(guide, "Read")).status_code == 200
    assert (learner.step_states.count(), learner.step_events.count()) == (1, 1)


def test_first_step_follows_by_itself(learner_client, guide):
    put(learner_client, step_at(guide, "Read"))
    assert [path["guide"] for path in learner_client.get(PATHS).json()] == ["data-baker"]


def test_step_that_is_cleared_returns_to_nothing_said(learner_client, learner, guide):
    put(learner_client, step_at(guide, "Read"))
    response = learner_client.delete(step_at(guide, "Read"))
    assert (response.json()["state"], response.json()["percent"]) == ("todo", 0)
    assert learner.step_states.count() == 0
    assert list(learner.step_events.values_list("state", flat=True)) == ["done", ""]


def test_step_that_is_cleared_counts_by_credit_again(learner_client, learner, guide):
    Credit.objects.record(old=[step_of(guide, "Read")], new=[step_of(guide, "Try")])
    guide.publish(by=None)
    done(learner, guide, "Read")
    assert put(learner_client, step_at(guide, "Try"), "todo").json()["state"] == "todo"
    assert learner_client.delete(step_at(guide, "Try")).json()["state"] == "done"


def test_step_is_named_as_it_is_published(learner_client, guide):
    address = step_at(guide, "Read")
    guide.steps.filter(title="Read").update(title="Secret")
    assert learner_client.get(address).json()["title"] == "Read"


def test_step_says_nothing_of_another_learner(other_learner_client, learner, guide):
    done(learner, guide, "Read")
    assert other_learner_client.get(step_at(guide, "Read")).json()["state"] == "todo"


def test_retired_step_can_still_be_taken_back(learner_client, learner, guide):
    done(learner, guide, "Read")
    step_of(guide, "Read").retire()
    guide.publish(by=None)
    assert put(learner_client, step_at(guide, "Read"), "todo").json()["percent"] == 0


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"state": "finished"}, f"state: “finished” is no state of a step. Use one of {STATES}."),
        ({}, f"state: Say which state the step should have: one of {STATES}."),
        ({"state": None}, "state: This field may not be null."),
        ([], "non_field_errors: Invalid data. Expected a dictionary, but got list."),
    ],
)
def test_step_needs_a_known_state(learner_client, learner, guide, body, said):
    response = learner_client.put(step_at(guide, "Read"), body, JSON)
    assert detail(response, 400) == said
    assert learner.step_states.count() == 0


def test_malformed_json_is_told(learner_client, guide):
    response = learner_client.put(step_at(guide, "Read"), '{"state"', JSON)
    assert detail(response, 400) == "JSON parse error - Expecting ':' delimiter: line 1 column 9 (char 8)"


def test_form_is_refused(learner_client, guide):
    response = learner_client.put(step_at(guide, "Read"), "state=done", "application/x-www-form-urlencoded")
    said = 'Unsupported media type "application/x-www-form-urlencoded" in request. Send application/json.'
    assert detail(response, 415) == said


def test_unknown_method_is_refused(learner_client, guide):
    response = learner_client.post(step_at(guide, "Read"), {"state": "done"}, JSON)
    assert detail(response, 405) == 'Method "POST" not allowed.'
    assert response["Allow"] == "GET, PUT, DELETE, HEAD, OPTIONS"


@pytest.mark.parametrize("step", ["nonsense", "00000000-0000-4000-8000-000000000000", "a%00b"])
def test_unknown_step_is_not_found(learner_client, guide, step):
    response = learner_client.get(f"/api/v1/me/steps/{step}/")
    assert detail(response, 404).endswith(
        "GET /api/v1/guides/ and the guide's document list the ids of all steps; they are UUIDs."
    )


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_step_that_was_never_published_is_not_found(learner_client, guide, method):
    StepFactory(stage=guide.stages.first(), title="Secret")
    response = getattr(learner_client, method)(step_at(guide, "Secret"))
    assert "Secret" not in detail(response, 404)


# --- Who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", PATHS),
        ("post", PATHS),
        ("get", f"{PATHS}data-baker/"),
        ("delete", f"{PATHS}data-baker/"),
        ("get", "/api/v1/me/steps/00000000-0000-4000-8000-000000000000/"),
        ("put", "/api/v1/me/steps/00000000-0000-4000-8000-000000000000/"),
        ("delete", "/api/v1/me/steps/00000000-0000-4000-8000-000000000000/"),
    ],
)
def test_visitor_is_told_to_log_in(visitor, guide, method, address):
    response = getattr(visitor, method)(address)
    assert detail(response, 403) == (
        "Authentication credentials were not provided. "
        "Log in at /accounts/login/ and send the cookie of the session."
    )


HINT = " Send the value of the cookie csrftoken in the header X-CSRFToken."


@pytest.fixture
def strict_client(learner):
    """The learner's browser, before a site that asks for the token as a real one does."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    return client


def test_change_without_token_is_refused(strict_client, learner, guide):
    said = f"CSRF Failed: CSRF cookie not set.{HINT}"
    assert detail(put(strict_client, step_at(guide, "Read")), 403) == said
    assert learner.step_states.count() == 0


def test_change_with_token_is_done(strict_client, guide):
    strict_client.get(reverse("path", args=[guide.slug]))
    token = strict_client.cookies["csrftoken"].value
    assert put(strict_client, step_at(guide, "Read"), headers={"X-CSRFToken": token}).status_code == 200


def test_change_with_a_wrong_token_is_refused(strict_client, learner, guide):
    strict_client.get(reverse("path", args=[guide.slug]))
    response = put(strict_client, step_at(guide, "Read"), headers={"X-CSRFToken": "x" * 32})
    assert detail(response, 403) == (
        f"CSRF Failed: CSRF token from the 'X-Csrftoken' HTTP header incorrect.{HINT}"
    )
    assert learner.step_states.count() == 0


def test_answers_to_a_learner_are_kept_nowhere(learner_client, guide):
    for address in (PATHS, step_at(guide, "Read")):
        assert learner_client.get(address)["Cache-Control"] == "private, no-store"

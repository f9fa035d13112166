"""The API as a whole: its description, its documentation, and answers of one shape."""

import re

import pytest
import yaml
from django.urls import reverse

PROBLEM = "application/problem+json"


@pytest.fixture
def schema(visitor, db):
    return yaml.safe_load(visitor.get("/api/v1/schema/").content)


def test_description_names_every_address(schema):
    assert sorted(schema["paths"]) == [
        "/api/v1/certifications/",
        "/api/v1/certifications/facets/",
        "/api/v1/certifications/{slug}/",
        "/api/v1/courses/",
        "/api/v1/courses/facets/",
        "/api/v1/courses/match/",
        "/api/v1/courses/{slug}/",
        "/api/v1/courses/{slug}/reviews/",
        "/api/v1/guides/",
        "/api/v1/guides/{slug}/",
        "/api/v1/guides/{slug}/gap/",
        "/api/v1/interview-questions/",
        "/api/v1/interview-questions/{slug}/",
        "/api/v1/jobs/",
        "/api/v1/me/paths/",
        "/api/v1/me/paths/{slug}/",
        "/api/v1/me/reviews/{slug}/",
        "/api/v1/me/saved/",
        "/api/v1/me/saved/{kind}/{slug}/",
        "/api/v1/me/steps/{step}/",
        "/api/v1/outlook/",
        "/api/v1/providers/",
        "/api/v1/providers/{slug}/",
        "/api/v1/quiz/",
        "/api/v1/quiz/result/",
        "/api/v1/salaries/",
        "/api/v1/search/",
        "/api/v1/skills/",
        "/api/v1/skills/{slug}/",
    ]


def test_description_says_that_each_answer_may_be_too_many_requests(schema):
    operations = [operation for path in schema["paths"].values() for operation in path.values()]
    assert all(PROBLEM in operation["responses"]["429"]["content"] for operation in operations)


def test_description_comes_as_json_too(visitor, schema):
    response = visitor.get("/api/v1/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
    assert response.json()["paths"].keys() == schema["paths"].keys()


def test_documentation_opens_and_its_script_too(visitor, db):
    page = visitor.get(reverse("api-docs"))
    [script] = re.findall(r'<script src="(/api/docs/[^"]+)"', page.content.decode())
    answer = visitor.get(script.replace("&amp;", "&"))
    assert (page.status_code, answer.status_code) == (200, 200)
    assert answer["Content-Type"] == "application/javascript"
    assert reverse("api-schema") in answer.content.decode()


@pytest.mark.parametrize("address", ["/api/", "/api/v1/", "/api/v2/guides/", "/api/v1/me/", "/api/x"])
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_unknown_address_gives_a_problem(visitor, db, address, method):
    response = getattr(visitor, method)(address)
    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)
    assert sorted(response.json()) == ["detail", "errors", "status", "title", "type"]


def test_address_without_its_last_slash_leads_on(visitor, db):
    response = visitor.get("/api/v1/guides")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/guides/")


def test_other_media_type_is_not_acceptable(visitor, db):
    response = visitor.get("/api/v1/guides/", headers={"Accept": "text/html"})
    assert (response.status_code, response["Content-Type"]) == (406, PROBLEM)


def test_problem_is_what_a_client_asks_for_too(visitor, db):
    response = visitor.get("/api/v1/guides/nothing/", headers={"Accept": "application/json"})
    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)


def test_other_sites_may_not_read_what_belongs_to_a_learner(learner_client):
    response = learner_client.get("/api/v1/me/paths/", headers={"Origin": "https://elsewhere.example"})
    assert "Access-Control-Allow-Origin" not in response

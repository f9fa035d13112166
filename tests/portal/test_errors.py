"""What the site says when something is wrong: a page for people, problem details below `/api/`."""

import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory
from django.urls import reverse

from portal import errors

PROBLEM = "application/problem+json"


def headline(response):
    """Return what the page's h1 says."""
    return re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode())[1]


@pytest.fixture
def broken():
    """A client with a session, on a site whose database does not answer: these tests have none."""
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "0123456789abcdefghijklmnopqrstuv"
    return client


def test_unknown_address_gives_a_page(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert headline(response) == "The trail ends here"


def test_unknown_address_of_the_api_gives_a_problem(client):
    response = client.get("/api/v1/nowhere/")
    assert response.status_code == 404
    assert response["Content-Type"] == PROBLEM
    assert response.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address. It may have moved, or never existed.",
        "errors": [],
    }


def test_unknown_host_gives_a_page(client):
    response = client.get("/", HTTP_HOST="elsewhere.example")
    assert response.status_code == 400
    assert headline(response) == "That did not make sense to us"


def test_form_without_token_gives_a_page_that_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"))
    assert response.status_code == 403
    assert headline(response) == "This gate is closed"
    assert response.context["detail"] == (
        "This form was open for too long, or cookies are off. Go back, reload the page and send it again."
    )


def test_broken_database_gives_a_page(broken):
    response = broken.get("/")
    assert response.status_code == 500
    assert headline(response) == "A bridge is out"


def test_broken_database_gives_a_problem_below_the_api(broken):
    response = broken.get("/api/v1/guides/")
    assert response.status_code == 500
    assert response["Content-Type"] == PROBLEM
    assert response.json()["title"] == "Internal Server Error"


def test_broken_database_still_lets_unknown_addresses_be_told(broken):
    assert headline(broken.get("/nowhere/")) == "The trail ends here"


@pytest.mark.parametrize(
    ("view", "arguments", "status"),
    [
        (errors.bad_request, (SuspiciousOperation(),), 400),
        (errors.permission_denied, (PermissionDenied(),), 403),
        (errors.page_not_found, (None,), 404),
        (errors.server_error, (), 500),
        (errors.csrf_failure, ("no cookie",), 403),
    ],
)
def test_each_error_is_a_page_or_a_problem(view, arguments, status):
    page = view(RequestFactory().get("/guides/"), *arguments)
    problem = view(RequestFactory().get("/api/v1/guides/"), *arguments)
    assert (page.status_code, page["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert (problem.status_code, problem["Content-Type"]) == (status, PROBLEM)


def test_error_page_is_not_for_search_engines(client):
    assert '<meta name="robots" content="noindex">' in client.get("/nowhere/").content.decode()

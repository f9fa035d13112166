"""What every answer of the site carries, and what no page of it holds."""

from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from guides.models import Guide
from tests.factories import PASSWORD, step_of

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
READ = ["/", "/guides/", "/guides/data-baker/", "/guides/data-baker/path/", "/courses/", "/certifications/"]
ENTRANCE = ["/accounts/signup/", "/accounts/login/", "/accounts/password/reset/"]
OWN = ["/dashboard/", "/accounts/email/", "/accounts/password/change/", "/accounts/logout/"]
API = ["/api/v1/guides/", "/api/v1/guides/data-baker/", "/api/v1/schema/", "/api/v1/nothing/"]
STUDIO = [
    "/admin/",
    "/admin/guides/guide/",
    "/admin/guides/step/",
    "/admin/accounts/user/add/",
    "/admin/admin/logentry/",
]
DOCS, NOWHERE = "/api/docs/", "/nowhere/"


class Inline(HTMLParser):
    """Finds what a strict policy forbids: scripts, styles and handlers within a page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        is_data = names.get("type") == "application/ld+json"  # browsers run no script of another type
        if tag == "style" or (tag == "script" and "src" not in names and not is_data):
            self.found.append(f"<{tag}>")
        self.found += [name for name in names if name == "style" or name.startswith("on")]
        self.found += [value for value in names.values() if (value or "").startswith("javascript:")]


def inline_in(response):
    parser = Inline()
    parser.feed(response.content.decode())
    return parser.found


def policy_of(response):
    parts = response["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


# --- The policy --------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [*READ, *ENTRANCE, *API, DOCS, NOWHERE, "/dashboard/", "/admin/"])
def test_answer_to_a_visitor_has_the_strict_policy(visitor, guide, address):
    assert policy_of(visitor.get(address)) == POLICY


@pytest.mark.parametrize("address", [*READ, *OWN, "/api/v1/me/paths/"])
def test_answer_to_a_learner_has_the_strict_policy(learner_client, guide, address):
    assert policy_of(learner_client.get(address)) == POLICY


@pytest.mark.parametrize("address", STUDIO)
def test_studio_has_a_policy_without_inline_scripts(superuser_client, guide, address):
    assert policy_of(superuser_client.get(address)) == POLICY


def test_refusals_have_the_strict_policy(visitor, learner_client, guide):
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answers = [
        visitor.get("/", HTTP_HOST="elsewhere.example"),
        strict.post("/accounts/login/"),
        learner_client.post(reverse("say", args=["data-baker", step_of(guide, "Read").pk])),
        visitor.post("/"),
    ]
    assert [answer.status_code for answer in answers] == [400, 403, 400, 405]
    assert [policy_of(answer) for answer in answers] == [POLICY] * 4


def test_broken_site_has_the_strict_policy():
    response = Client(raise_request_exception=False).get("/")  # there is no database in this test
    assert (response.status_code, policy_of(response)) == (500, POLICY)


@pytest.mark.parametrize("address", [*READ, *ENTRANCE, DOCS, NOWHERE])
def test_page_of_a_visitor_has_nothing_inline(visitor, guide, address):
    assert inline_in(visitor.get(address)) == []


@pytest.mark.parametrize("address", [*READ, *OWN])
def test_page_of_a_learner_has_nothing_inline(learner_client, guide, address):
    assert inline_in(learner_client.get(address)) == []


@pytest.mark.parametrize("address", STUDIO)
def test_page_of_the_studio_has_no_script_inline(superuser_client, guide, address):
    assert [found for found in inline_in(superuser_client.get(address)) if found != "style"] == []


def test_something_inline_is_found():
    parser = Inline()
    parser.feed('<script>x</script><style></style><p style="" onclick="">x</p><a href="javascript:x()">x</a>')
    assert parser.found == ["<script>", "<style>", "style", "onclick", "javascript:x()"]


def test_answer_has_the_other_headers(visitor, guide):
    response = visitor.get("/")
    names = ("X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy")
    assert [response[name] for name in names] == ["DENY", "nosniff", "same-origin", "same-origin"]
    assert response["Permissions-Policy"] == (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    )


# --- Visitors ----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [*READ, NOWHERE, DOCS, *API])
def test_page_of_a_visitor_sets_no_cookie_and_holds_no_token(visitor, guide, address):
    response = visitor.get(address)
    assert dict(response.cookies) == {}
    assert b"csrf" not in response.content.replace(b"csrftoken", b"csrf") or address in (
        DOCS,
        "/api/v1/schema/",
    )


@pytest.mark.parametrize("address", ["/", "/guides/data-baker/", "/guides/data-baker/path/"])
def test_kept_page_is_the_same_for_every_visitor(visitor, client, guide, address):
    assert visitor.get(address).content == client.get(address).content


@pytest.mark.parametrize("address", ["/", "/guides/data-baker/", "/guides/data-baker/path/"])
def test_page_of_a_learner_is_not_kept_for_visitors(visitor, learner_client, learner, guide, address):
    assert learner.email in learner_client.get(address).content.decode()
    content = visitor.get(address).content.decode()
    assert (learner.email in content, "csrfmiddlewaretoken" in content) == (False, False)


# --- People who are in -------------------------------------------------------------------------


@pytest.mark.parametrize("address", [*READ, "/dashboard/", "/api/v1/me/paths/", "/api/v1/guides/"])
def test_page_of_a_learner_is_private_and_kept_nowhere(learner_client, guide, address):
    assert learner_client.get(address)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", [*OWN[1:], *STUDIO])
def test_page_of_an_account_or_of_the_studio_is_kept_nowhere(superuser_client, guide, address):
    assert "no-store" in superuser_client.get(address)["Cache-Control"]
    assert "private" in superuser_client.get(address)["Cache-Control"]


def test_answer_to_a_form_is_kept_nowhere(learner_client, guide):
    address = reverse("say", args=["data-baker", step_of(guide, "Read").pk])
    for headers in ({}, {"HX-Request": "true"}):
        response = learner_client.post(address, {"state": "done"}, headers=headers)
        assert response["Cache-Control"] == "private, no-store"


def test_cookies_have_plain_names_without_https(visitor, learner):
    visitor.get("/accounts/login/")
    visitor.force_login(learner)
    assert sorted(visitor.cookies) == ["csrftoken", "sessionid"]


def log_in(client, user):
    return client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})


def test_session_is_out_of_reach_for_scripts_and_other_sites(visitor, learner):
    cookie = log_in(visitor, learner).cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")


def test_session_is_another_one_after_the_log_in(visitor, learner):
    visitor.cookies["sessionid"] = "0123456789abcdefghijklmnopqrstuv"
    log_in(visitor, learner)
    assert visitor.cookies["sessionid"].value != "0123456789abcdefghijklmnopqrstuv"


# --- Changes need a token ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["say", "follow-path", "leave-path", "account_logout"])
def test_form_without_token_changes_nothing(learner, guide, name):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(learner)
    learner.enrolments.create(guide=guide)
    parts = {"say": ["data-baker", step_of(guide, "Read").pk], "account_logout": []}.get(name, ["data-baker"])
    assert strict.post(reverse(name, args=parts), {"state": "done"}).status_code == 403
    assert (learner.step_states.count(), learner.enrolments.active().count()) == (0, 1)
    assert strict.get("/dashboard/").status_code == 200


def test_publishing_without_token_is_refused(publisher, guide):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(publisher)
    guide.sections.update(body="Another text.")
    assert strict.post(reverse("admin:guides_guide_publish", args=[guide.pk])).status_code == 403
    assert Guide.objects.get().editions.count() == 1

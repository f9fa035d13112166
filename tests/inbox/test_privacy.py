"""What the page on privacy says is so: tables, cookies, hosts."""

import re
from html import unescape

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.test import Client

from accounts.models import User
from inbox import brakes
from inbox.forgetting import KEPT_DAYS
from inbox.privacy import KEPT, OF_STAFF, cookies
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(visitor):
    return unescape(visitor.get("/privacy/").text)


def tables_of_people():
    """Return the tables that name an account."""
    return {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is User
    }


def test_page_names_everything_that_is_stored_of_people(page):
    told = {table for kept in KEPT for table in kept.tables}
    assert tables_of_people() | {"accounts.User"} == told | set(OF_STAFF)
    assert [kept.what for kept in KEPT if kept.words not in page] == []


def test_accounts_take_along_what_the_page_says():
    theirs = {table for kept in KEPT for table in kept.tables} - {"accounts.User", "inbox.Message"}
    found = {
        model._meta.label: field.remote_field.on_delete.__name__
        for model in map(apps.get_model, sorted(theirs))
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is User and field.name == "user"
    }
    assert found == dict.fromkeys(theirs, "CASCADE")


def test_page_names_the_cookies_that_the_site_sets(page, guide):
    named = {cookie["name"] for cookie in cookies()}
    assert named == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}
    assert [name for name in named if f"<code>{name}</code>" not in page] == []
    set_by = set()
    client = Client()
    UserFactory(email="vera@example.org")
    for address in ("/accounts/signup/", "/accounts/login/", "/accounts/signup/?follow=data-baker"):
        set_by |= set(client.get(address).cookies)
    answer = client.post("/accounts/login/", {"login": "vera@example.org", "password": PASSWORD})
    set_by |= set(answer.cookies) | set(client.get("/dashboard/").cookies)
    set_by |= set(client.post("/accounts/logout/").cookies)
    assert set_by <= named
    assert settings.SESSION_COOKIE_NAME in set_by


@pytest.mark.parametrize(
    "address",
    ["/", "/guides/", "/guides/data-baker/", "/courses/", "/search/?q=bread", "/contact/", "/privacy/"],
)
def test_reading_sets_no_cookie_and_asks_no_other_host(visitor, guide, address):
    response = visitor.get(address)
    assert (response.status_code, dict(response.cookies)) == (200, {})
    loaded = re.findall(r'<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)="([^"]+)"', response.text)
    assert [each for each in loaded if not each.startswith(("/", settings.SITE_URL))] == []


def test_policy_names_no_other_host(visitor):
    policy = visitor.get("/privacy/")["Content-Security-Policy"]
    words = {word for directive in policy.split(";") for word in directive.split()[1:]}
    assert words == {"'none'", "'self'", "data:"}


def test_page_says_the_limits_that_hold(page):
    assert f"{KEPT_DAYS} days after they came" in page
    assert f"at most {brakes.AN_HOUR} messages come from a network in an hour" in page
    assert settings.SCHEDULE["messages"][0] == "inbox.tasks.forget_old"


def test_log_keeps_the_address_of_an_account_that_was_deleted(page, learner, superuser_client):
    superuser_client.post(f"/admin/accounts/user/{learner.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=learner.pk).exists()
    assert learner.email in LogEntry.objects.get().change_message
    assert "The log of the staff keeps that an account with your address was deleted" in page


def test_every_page_leads_to_contact_and_privacy(visitor):
    foot = visitor.get("/").text.partition("<footer")[2]
    assert ('href="/contact/"' in foot, 'href="/privacy/"' in foot) == (True, True)

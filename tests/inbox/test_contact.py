"""Writing to those who run the site: the form, and what keeps machines out."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from inbox import brakes
from inbox.models import Message
from tests.conftest import client_of

pytestmark = pytest.mark.django_db

PAGE = "/contact/"
WORDS = {
    "name": "Vera Writer",
    "email": "vera@example.org",
    "subject": "An oven",
    "message": "Is there a guide\r\nfor ovens?",
    "homepage": "",
}


@pytest.fixture
def opened(monkeypatch):
    """A form that was opened a minute ago."""
    ago = timezone.now().timestamp() - 60
    with monkeypatch.context() as patched:
        patched.setattr("time.time", lambda: ago)
        return brakes.stamp()


def sent(client, moment, **change):
    return client.post(PAGE, WORDS | {"opened": moment} | change)


def test_message_of_a_visitor_is_stored(visitor, opened):
    response = sent(visitor, opened)
    assert (response.status_code, response["Location"]) == (302, "/contact/sent/")
    message = Message.objects.get()
    assert (message.name, message.email, message.subject) == ("Vera Writer", "vera@example.org", "An oven")
    assert (message.text, message.status, message.user) == ("Is there a guide\nfor ovens?", "open", None)
    assert "Your message is here" in visitor.get(response["Location"]).text


def test_visitor_gets_no_cookie_and_needs_no_token(opened):
    visitor = Client(enforce_csrf_checks=True)
    visitor.get(PAGE)
    assert sent(visitor, opened).status_code == 302
    visitor.get("/contact/sent/")
    assert visitor.cookies == {}


def test_learner_needs_the_token_of_the_form(learner, opened):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    assert sent(client, opened).status_code == 403
    page = client.get(PAGE).text
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page[page.index("opened") - 900 :])[1]
    assert sent(client, opened, csrfmiddlewaretoken=token).status_code == 302
    assert Message.objects.get().user == learner


def test_address_of_the_account_stands_in_the_form(learner_client, visitor):
    assert 'value="learner@example.org"' in learner_client.get(PAGE).text
    assert 'name="email" value' not in visitor.get(PAGE).text


def test_name_is_optional(visitor, opened):
    assert sent(visitor, opened, name="").status_code == 302


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"email": ""}, "Without an address, nobody can answer you."),
        ({"email": "vera"}, "Enter a valid email address."),
        ({"email": "vera@example.org\nBcc: all@example.org"}, "Enter a valid email address."),
        ({"email": '"\x1b"@example.org'}, "characters that cannot be seen"),
        ({"subject": " "}, "Say in some words what it is about."),
        ({"subject": "x" * 151}, "at most 150 characters"),
        ({"message": ""}, "Write what you would like to say."),
        ({"message": "x" * 1_000_000}, "at most 5000 characters"),
        ({"message": "a\x00b"}, "characters that cannot be seen"),
        ({"subject": "a\x1bb"}, "characters that cannot be seen"),
        ({"name": "a\x07b"}, "characters that cannot be seen"),
        ({"opened": ""}, "The form was open for more than a day."),
        ({"opened": "opened:1:x"}, "The form was open for more than a day."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(visitor, opened, change, said):
    response = sent(visitor, opened, **change)
    assert (response.status_code, Message.objects.count()) == (400, 0)
    assert said in response.text
    assert 'value="Vera Writer"' in response.text or "name" in change
    assert "for ovens?" in response.text or "message" in change


def test_line_ends_do_not_reach_the_subject(visitor, opened):
    sent(visitor, opened, subject="An oven\r\nBcc: all@example.org", name="Vera\nWriter")
    message = Message.objects.get()
    assert (message.subject, message.name) == ("An oven Bcc: all@example.org", "Vera Writer")


@pytest.mark.parametrize("text", ["مرحبا", "你好", "🥖 <b>&amp;", "=HYPERLINK(1)"])
def test_other_scripts_and_signs_are_kept_as_they_are(visitor, opened, text):
    sent(visitor, opened, message=text, subject=text)
    assert Message.objects.values_list("text", "subject").get() == (text, text)


# --- Brakes -----------------------------------------------------------------------------------


def test_form_that_is_sent_at_once_is_asked_again_and_then_taken(visitor, monkeypatch):
    stamp = brakes.stamp()
    response = sent(visitor, stamp)
    assert (response.status_code, brakes.TOO_QUICK in response.text) == (400, True)
    assert f'name="opened" value="{stamp}"' in response.text
    monkeypatch.setattr(brakes, "QUICKEST", -1)
    assert sent(visitor, stamp).status_code == 302


def test_form_that_was_open_for_days_gets_a_new_moment(visitor, opened, monkeypatch):
    monkeypatch.setattr(brakes, "LONGEST", 30)
    response = sent(visitor, opened)
    assert (response.status_code, brakes.TOO_LATE in response.text) == (400, True)
    assert f'value="{opened}"' not in response.text


def test_message_of_a_machine_goes_to_the_spam_in_silence(visitor, opened, mailoutbox, support):
    assert sent(visitor, opened, homepage="https://spam.example").status_code == 302
    assert (Message.objects.get().status, mailoutbox) == ("spam", [])


def test_too_many_messages_are_refused_politely_and_nothing_is_lost(visitor, opened):
    statuses = [sent(visitor, opened).status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]
    response = sent(visitor, opened)
    assert (0 < int(response["Retry-After"]) <= 3600, brakes.TOO_MANY in response.text) == (True, True)
    assert "for ovens?" in response.text
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert sent(elsewhere, opened).status_code == 302


def test_addresses_of_one_household_count_together(visitor, opened):
    homes = [Client(REMOTE_ADDR=f"2001:db8::{number}") for number in range(1, 7)]
    assert [sent(home, opened).status_code for home in homes] == [302] * 5 + [429]
    assert sent(Client(REMOTE_ADDR="2001:db8:0:1::1"), opened).status_code == 302


def test_addresses_of_the_old_kind_are_told_apart_behind_a_server_of_both(visitor, opened):
    homes = [Client(REMOTE_ADDR=f"::ffff:198.51.100.{number}") for number in range(1, 7)]
    assert [sent(home, opened).status_code for home in homes] == [302] * 6


# --- Pages ------------------------------------------------------------------------------------


def test_pages_cost_no_more_than_they_may(
    visitor, learner_client, django_assert_num_queries, django_assert_max_num_queries
):
    for page in (PAGE, "/contact/sent/", "/privacy/"):
        with django_assert_num_queries(0):
            assert visitor.get(page).status_code == 200
        with django_assert_max_num_queries(3):
            assert learner_client.get(page).status_code == 200


def test_other_methods_are_refused(visitor):
    assert [visitor.put(PAGE).status_code, visitor.post("/privacy/").status_code] == [405, 405]


def test_form_is_nobody_elses(learner_client, visitor):
    assert learner_client.get(PAGE)["Cache-Control"] == "private, no-store"
    assert visitor.get(PAGE).status_code == 200


# --- Telling support --------------------------------------------------------------------------


@pytest.fixture
def worker(settings):
    """Work of the queue is done at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def test_active_support_is_told_without_what_was_written(worker, visitor, opened, support, mailoutbox):
    client_of(support)
    sent(visitor, opened)
    [mail] = mailoutbox
    assert mail.to == ["support@example.org"]
    assert "ovens" not in mail.body + mail.subject
    link = f"{settings.SITE_URL}/admin/inbox/message/{Message.objects.get().pk}/change/"
    assert link in mail.body


def test_superusers_are_told_where_there_is_no_active_support(
    worker, visitor, opened, support, superuser, mailoutbox
):
    support.is_active = False
    support.save()
    sent(visitor, opened)
    assert [mail.to for mail in mailoutbox] == [["superuser@example.org"]]


# --- Forgetting -------------------------------------------------------------------------------


def test_old_messages_are_forgotten(visitor, opened, capsys):
    from django.core.management import call_command

    sent(visitor, opened)
    sent(visitor, opened)
    old = Message.objects.first()
    Message.objects.filter(pk=old.pk).update(received_at=timezone.now() - timedelta(days=366))
    call_command("forget_messages")
    call_command("forget_messages", "--older-than", "1")
    assert capsys.readouterr().out == "1 messages deleted.\n0 messages deleted.\n"
    assert [message.pk for message in Message.objects.all()] != [old.pk]

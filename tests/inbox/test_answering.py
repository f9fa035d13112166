"""Answering messages: by one person at a time, by a mail that is what it seems, and logged."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from inbox.answering import NotSent, Overtaken, answer, set_status
from inbox.models import Message, Reply
from portal.log import change_of
from tests.factories import MessageFactory, UserFactory
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def message():
    return MessageFactory()


def address(message):
    return f"/admin/inbox/message/{message.pk}/change/"


def test_reply_is_a_mail_with_the_message_quoted(message, support, mailoutbox):
    reply = answer(message, "Yes, soon.", by=support, seen=1)
    [letter] = mailoutbox
    assert (letter.subject, letter.to) == ("Re: An oven", ["vera@example.org"])
    assert letter.from_email == "waymark@127.0.0.1"
    assert letter.body.startswith("Yes, soon.\n\nTo write again, use http://127.0.0.1:8000/contact/\n\nOn ")
    assert letter.body.endswith(", Vera Writer wrote:\n> Is there a guide for ovens?\n")
    assert letter.message()["Message-ID"] == reply.mail_id
    assert letter.reply_to == ["waymark@127.0.0.1"]


def test_second_reply_names_the_first(message, support, mailoutbox):
    first = answer(message, "Yes.", by=support, seen=1)
    message.refresh_from_db()
    answer(message, "Here it is.", by=support, seen=message.version)
    assert mailoutbox[1].message()["In-Reply-To"] == first.mail_id


def test_reply_is_stored_and_logged_with_who_and_when(message, support):
    answer(message, "Yes, soon.", by=support, seen=1)
    message.refresh_from_db()
    reply = message.replies.get()
    assert (message.status, reply.by, reply.text) == ("answered", support, "Yes, soon.")
    assert reply.sent_at >= reply.written_at
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_repr, entry.get_change_message()) == (
        support,
        f"Message {message.pk}",
        "Answered by mail.",
    )


def test_who_read_an_older_state_answers_nothing(message, support, superuser, mailoutbox):
    answer(message, "Yes.", by=support, seen=1)
    with pytest.raises(Overtaken):
        answer(message, "No.", by=superuser, seen=1)
    assert (len(mailoutbox), Reply.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_one_does(mailoutbox):
    message, people = MessageFactory(), [UserFactory(), UserFactory()]

    def try_it(person):
        try:
            return answer(message, "Yes.", by=person, seen=1).pk
        except Overtaken:
            return None

    done = at_once([lambda person=person: try_it(person) for person in people])
    assert [each is None for each in done].count(True) == 1
    assert (len(mailoutbox), Reply.objects.count()) == (1, 1)


@pytest.fixture
def deaf_server(settings):
    """Mail goes to a port at which nobody listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


def test_mail_that_cannot_be_sent_is_told_and_the_message_stays_open(message, support_client, deaf_server):
    response = support_client.post(address(message), {"text": "Yes.", "seen": "1"})
    assert response.status_code == 400
    assert "The mail server did not take the mail." in response.text
    assert "was not handed over" in response.text
    assert ">Yes.</textarea>" in response.text.replace("\r\n", "").replace("\n", "")
    message.refresh_from_db()
    assert (message.status, message.replies.get().sent_at) == ("open", None)


def test_not_sent_is_an_error_of_its_own(message, support, deaf_server):
    with pytest.raises(NotSent):
        answer(message, "Yes.", by=support, seen=1)


def test_reply_to_an_address_that_no_mail_can_have_is_not_sent(support):
    message = MessageFactory(email="vera@\u3002example.org")
    with pytest.raises(NotSent):
        answer(message, "Yes.", by=support, seen=1)
    assert message.replies.get().sent_at is None


@given(
    subject=st.text(st.characters(codec="utf-8"), max_size=80),
    name=st.text(st.characters(codec="utf-8"), max_size=40),
    text=st.text(st.characters(codec="utf-8"), max_size=80),
)
def test_nothing_that_is_written_adds_a_header(support, subject, name, text):
    from inbox.forms import ContactForm

    form = ContactForm({"email": "vera@example.org", "subject": subject, "name": name, "message": text})
    if not form.is_valid():
        return
    mail.outbox.clear()
    said = form.cleaned_data
    message = MessageFactory(subject=said["subject"], name=said["name"], text=said["message"])
    answer(message, "Yes.", by=support, seen=1)
    headers = {"Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To"}
    assert set(mail.outbox[0].message().keys()) == headers | {"Reply-To", "Message-ID", "Date"}
    assert mail.outbox[0].recipients() == ["vera@example.org"]


# --- The inbox --------------------------------------------------------------------------------


def test_support_reads_and_answers_in_the_studio(message, support_client, mailoutbox):
    page = support_client.get(address(message))
    assert "Is there a guide for ovens?" in page.text
    response = support_client.post(address(message), {"text": "Yes, soon.", "seen": "1"})
    assert (response.status_code, len(mailoutbox)) == (302, 1)
    assert "support@example.org replied" in support_client.get(address(message)).text


def test_reply_to_what_changed_meanwhile_is_kept_and_asked_again(
    message, support, support_client, mailoutbox
):
    answer(message, "Mine was first.", by=support, seen=1)
    response = support_client.post(address(message), {"text": "Second.", "seen": "1"})
    assert (response.status_code, len(mailoutbox)) == (400, 1)
    assert "Somebody did something with this message since you opened it" in response.text
    assert "Mine was first." in response.text
    assert "Second.</textarea>" in response.text
    message.refresh_from_db()
    assert f'name="seen" value="{message.version}"' in response.text
    support_client.post(address(message), {"text": "Second.", "seen": message.version})
    assert len(mailoutbox) == 2


@pytest.mark.parametrize("text", ["", "x" * 10_001, "a\x00b", "a\x1bb"])
def test_reply_that_cannot_be_is_refused_at_its_field(message, support_client, mailoutbox, text):
    response = support_client.post(address(message), {"text": text, "seen": "1"})
    assert (response.status_code, mailoutbox) == (400, [])
    assert "errorlist" in response.text


@pytest.mark.parametrize("status", ["closed", "spam"])
def test_message_is_marked_and_that_is_logged(message, support_client, status):
    mark = f"/admin/inbox/message/{message.pk}/mark/"
    assert support_client.post(mark, {"status": status}).status_code == 302
    message.refresh_from_db()
    assert message.status == status
    assert change_of(LogEntry.objects.get())["after"] == {"status": status}
    support_client.post(mark, {"status": "open"})
    message.refresh_from_db()
    assert (message.status, message.version) == ("open", 3)


def test_mark_that_there_is_not_changes_nothing(message, support_client):
    support_client.post(f"/admin/inbox/message/{message.pk}/mark/", {"status": "burnt"})
    assert Message.objects.get().version == 1


def test_same_mark_again_is_not_logged(message, support):
    assert [set_status(message, "spam", by=support) for _ in range(2)] == [True, False]
    assert LogEntry.objects.count() == 1


def test_many_are_marked_at_once(support_client):
    chosen = [MessageFactory().pk, MessageFactory().pk]
    form = {"action": "mark_spam", "_selected_action": chosen}
    support_client.post("/admin/inbox/message/", form)
    assert list(Message.objects.values_list("status", flat=True)) == ["spam", "spam"]


def test_message_that_is_gone_is_not_found(support_client):
    assert support_client.get("/admin/inbox/message/1/change/").status_code == 404
    assert support_client.get("/admin/inbox/message/x/change/").status_code == 404


def test_inbox_is_found_by_status_and_words(support_client):
    MessageFactory(subject="Flour mill", status="spam")
    MessageFactory(subject="Salt")
    listed = support_client.get("/admin/inbox/message/?status=open&q=salt").text
    assert ("Salt" in listed, "Flour mill" in listed) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_costs_the_same_however_long(support_client, count, django_assert_num_queries):
    for _ in range(count):
        MessageFactory(user=UserFactory())
    support_client.get("/admin/inbox/message/")
    with django_assert_num_queries(9):
        support_client.get("/admin/inbox/message/")


def test_log_says_nothing_of_who_wrote(message, superuser_client):
    superuser_client.post(f"/admin/inbox/message/{message.pk}/delete/", {"post": "yes"})
    entry = LogEntry.objects.get()
    assert Message.objects.count() == 0
    assert [word in entry.change_message + entry.object_repr for word in ("vera", "oven")] == [False, False]

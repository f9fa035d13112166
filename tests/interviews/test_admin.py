"""Questions in the studio."""

from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from interviews.models import Question
from interviews.practice import aside
from portal.log import change_of
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db

LISTING = reverse("admin:interviews_question_changelist")


def page_of(question, kind="change"):
    return reverse(f"admin:interviews_question_{kind}", args=[question.pk])


def form_of(question, **change):
    return {
        "text": question.text,
        "slug": question.slug,
        "answer": question.answer,
        "difficulty": question.difficulty,
        "kind": question.kind,
        "topic": question.topic_id,
        "guides": [guide.pk for guide in question.guides.all()],
        "is_active": "on",
    } | change


def seen_on(page):
    """Return what a form says of what it showed."""
    return unescape(page.content.decode().split('name="seen" value="')[1].split('"')[0])


def test_change_is_logged_with_before_and_after(editor_client, question):
    seen = seen_on(editor_client.get(page_of(question)))
    editor_client.post(page_of(question), form_of(question, answer="It bubbles.", seen=seen))
    change = change_of(LogEntry.objects.get())
    assert (change["before"], change["after"]) == (
        {"model answer": "It makes the dough *rise*."},
        {"model answer": "It bubbles."},
    )


def test_practised_question_cannot_be_deleted(editor_client, learner, question):
    aside.suspend(learner, question.pk, version=0)
    page = editor_client.post(page_of(question, "delete"), {"post": "yes"})
    assert (page.status_code, Question.objects.count()) == (200, 1)


def test_questions_are_retired_and_put_back(editor_client, question, oven):
    chosen = {"_selected_action": [question.pk, oven.pk]}
    editor_client.post(LISTING, chosen | {"action": "retire"})
    assert not Question.objects.filter(is_active=True).exists()
    editor_client.post(LISTING, {"_selected_action": [oven.pk], "action": "put_back"})
    assert [each.pk for each in Question.objects.filter(is_active=True)] == [oven.pk]
    assert LogEntry.objects.count() == 3


def test_two_editors_do_not_save_over_each_other(editor_client, question):
    seen = seen_on(editor_client.get(page_of(question)))
    Question.objects.update(answer="It bubbles.")
    response = editor_client.post(page_of(question), form_of(question, answer="It sleeps.", seen=seen))
    assert (response.status_code, Question.objects.get().answer) == (200, "It bubbles.")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"slug": "practice"}, "These slugs are taken by pages of the site"),
        ({"answer": "a\0b"}, "Null characters are not allowed"),
        ({"text": "x" * 301}, "at most 300 characters"),
        ({"answer": ""}, "This field is required"),
    ],
)
def test_wrong_question_is_refused_in_words(editor_client, question, change, words):
    response = editor_client.post(page_of(question), form_of(question, **change))
    assert (response.status_code, words in response.content.decode()) == (200, True)


def test_source_needs_words_on_what_it_names(editor_client, question):
    sent = form_of(question, source=SourceFactory().pk)
    assert "Say in “where it was named”" in editor_client.post(page_of(question), sent).content.decode()

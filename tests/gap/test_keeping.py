"""Postings that learners keep: theirs alone, and gone when deleted."""

import pytest
from django.test import Client
from django.urls import reverse

from gap.keeping import MOST, TooMany, keep, title_of
from gap.models import KeptPosting

TEXT = "\nData baker, Example Bakery\nYou know Python and SQL."
PAGE = reverse("gap", args=["data-baker"])
KEEP = reverse("gap-keep", args=["data-baker"])


def test_learner_keeps_a_posting_and_finds_it_again(bakery, learner, learner_client):
    response = learner_client.post(KEEP, {"text": TEXT})
    kept = KeptPosting.objects.get()
    assert (kept.user, kept.guide_id, kept.text, kept.title) == (
        learner,
        bakery.pk,
        TEXT,
        "Data baker, Example Bakery",
    )
    assert response["Location"] == f"{PAGE}?kept={kept.pk}"
    assert [each.pk for each in learner_client.get(PAGE).context["kept"]] == [kept.pk]
    again = learner_client.get(response["Location"])
    assert again.context["form"]["text"].value() == TEXT
    assert [skill.slug for skill in again.context["gap"].asked] == ["python", "sql"]
    assert (b"You keep this posting" in again.content, again["Cache-Control"]) == (True, "private, no-store")


def test_same_posting_is_kept_once(bakery, learner):
    assert keep(learner, bakery.pk, TEXT) == keep(learner, bakery.pk, TEXT)


def test_learner_keeps_so_many_and_no_more(bakery, learner, learner_client):
    for number in range(MOST):
        keep(learner, bakery.pk, f"{TEXT} {number}")
    with pytest.raises(TooMany):
        keep(learner, bakery.pk, TEXT)
    response = learner_client.post(KEEP, {"text": TEXT})
    assert (response.status_code, response.context["form"]["text"].value()) == (400, TEXT)
    assert "Delete one first" in response.content.decode()


def test_learner_deletes_a_posting(bakery, learner, learner_client):
    kept = keep(learner, bakery.pk, TEXT)
    learner_client.post(reverse("gap-forget", args=["data-baker", kept.pk]))
    assert KeptPosting.objects.count() == 0


def test_posting_is_nobody_elses(bakery, learner, other_learner_client):
    kept = keep(learner, bakery.pk, "Zeppelin, and a few more words")
    page = other_learner_client.get(PAGE)
    assert (list(page.context["kept"]), b"Zeppelin" in page.content) == ([], False)
    assert other_learner_client.get(PAGE, {"kept": kept.pk}).status_code == 404
    assert other_learner_client.post(reverse("gap-forget", args=["data-baker", kept.pk])).status_code == 404
    assert KeptPosting.objects.count() == 1


@pytest.mark.parametrize("wanted", ["x", "\0", "1" * 5000])
def test_kept_posting_that_is_no_id_is_no_error(bakery, learner_client, wanted):
    assert learner_client.get(PAGE, {"kept": wanted}).context["form"]["text"].value() is None


def test_visitor_keeps_nothing(bakery, visitor):
    assert visitor.post(KEEP, {"text": TEXT}).status_code == 302
    assert visitor.get(PAGE, {"kept": "x"}).status_code == 200
    assert KeptPosting.objects.count() == 0


@pytest.mark.parametrize("text", ["", "Python", "Python and a NUL \0 in a sentence of some length"])
def test_what_is_no_posting_is_not_kept(bakery, learner_client, text):
    assert learner_client.post(KEEP, {"text": text}).status_code == 400
    assert KeptPosting.objects.count() == 0


def test_keeping_needs_a_token(bakery, learner):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(learner)
    assert strict.post(KEEP, {"text": TEXT}).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_one_and_three(
    bakery, learner, learner_client, number, django_assert_num_queries
):
    for each in range(number):
        keep(learner, bakery.pk, f"{TEXT} {each}")
    with django_assert_num_queries(4):
        learner_client.get(PAGE)


def test_kept_postings_go_with_their_learner(bakery, learner):
    keep(learner, bakery.pk, TEXT)
    learner.delete()
    assert KeptPosting.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "title"), [("\n – \n Baker ", "Baker"), ("...", "A posting"), ("x" * 99, "x" * 79 + "…")]
)
def test_posting_is_listed_by_its_first_line(text, title):
    assert title_of(text) == title

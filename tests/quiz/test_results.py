"""Results that learners keep."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from quiz.links import encode
from quiz.models import Result
from quiz.results import KEPT, keep

RESULTS = "/quiz/results/"


def test_last_answer_of_a_learner_is_kept(learner_client, learner, quiz, yes):
    said = {"question": 3, "answers": encode(quiz, yes[:2]), "answer": yes[2], "next": 1}
    response = learner_client.post(RESULTS, said)
    assert response["Location"] == f"/quiz/result/?answers={encode(quiz, yes)}"
    result = Result.objects.of(learner).get()
    assert result.answers == encode(quiz, yes)
    assert result.ranking == [
        {"place": 1, "slug": "baker", "title": "Baker", "percent": 93},
        {"place": 2, "slug": "miller", "title": "Miller", "percent": 6},
    ]
    assert "Kept with your account" in learner_client.get(response["Location"]).content.decode()


def test_last_question_is_posted_by_learners_alone(learner_client, visitor, quiz):
    pages = [client.get("/quiz/", {"question": 3}).content.decode() for client in (learner_client, visitor)]
    assert ['method="post"' in page.partition("<fieldset")[0].rpartition("<form")[2] for page in pages] == [
        True,
        False,
    ]


def test_last_answer_that_is_missing_is_asked_for(learner_client, learner, quiz, yes):
    response = learner_client.post(RESULTS, {"question": 3, "answers": encode(quiz, yes[:2]), "next": 1})
    assert (response.status_code, Result.objects.of(learner).count()) == (400, 0)
    assert encode(quiz, yes[:2]) in response.content.decode()


def test_result_is_kept_from_its_page(learner_client, learner, quiz, yes):
    learner_client.post(RESULTS, {"answers": encode(quiz, yes)})
    assert Result.objects.of(learner).count() == 1


@pytest.mark.parametrize("answers", ["abc", "\0", "a" * 100_000])
def test_broken_answers_are_refused(learner_client, learner, quiz, answers):
    response = learner_client.post(RESULTS, {"answers": answers})
    assert (response.status_code, Result.objects.of(learner).count()) == (400, 0)


def test_nothing_is_kept_of_an_empty_sheet(learner_client, learner, quiz):
    learner_client.post(RESULTS, {"answers": encode(quiz, [])})
    assert Result.objects.of(learner).count() == 0


def test_visitor_is_led_to_the_result_and_nothing_is_kept(visitor, quiz, yes):
    response = visitor.post(RESULTS, {"answers": encode(quiz, yes)})
    assert response["Location"] == f"/quiz/result/?answers={encode(quiz, yes)}"
    assert Result.objects.count() == 0


def test_visitor_is_led_to_the_log_in_for_the_list(visitor, db):
    assert visitor.get(RESULTS)["Location"] == "/accounts/login/?next=/quiz/results/"


def test_keeping_asks_for_the_token(learner, quiz, yes):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    assert client.post(RESULTS, {"answers": encode(quiz, yes)}).status_code == 403


def test_same_answers_are_kept_once(learner, quiz, yes):
    keep(learner, quiz, tuple(yes))
    Result.objects.update(taken_at=timezone.now() - timedelta(days=3))
    keep(learner, quiz, tuple(reversed(yes)))
    assert timezone.now() - Result.objects.of(learner).get().taken_at < timedelta(hours=1)


def test_oldest_results_make_room(learner, other_learner, quiz, yes):
    kept = keep(other_learner, quiz, tuple(yes))
    old = [
        Result(
            user=learner, answers=str(number), ranking=[], taken_at=timezone.now() - timedelta(days=number)
        )
        for number in range(1, KEPT + 1)
    ]
    Result.objects.bulk_create(old)
    keep(learner, quiz, tuple(yes))
    assert (
        Result.objects.of(learner).count(),
        Result.objects.of(learner).filter(answers=str(KEPT)).exists(),
    ) == (
        KEPT,
        False,
    )
    assert list(Result.objects.of(other_learner)) == [kept]


def test_kept_ranking_stays_as_it_was(learner_client, learner, quiz, yes, careers):
    keep(learner, quiz, tuple(yes))
    careers[0].title = "Pastry cook"
    careers[0].save()
    careers[0].publish(by=None)
    text = unescape(learner_client.get(RESULTS).content.decode())
    assert ("Baker" in text, "Pastry cook" in text) == (True, False)


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_three_queries(learner_client, learner, number, django_assert_num_queries):
    for each in range(number):
        Result.objects.create(user=learner, answers=str(each), ranking=[])
    with django_assert_num_queries(3):
        learner_client.get(RESULTS)


def test_list_shows_the_learners_own_alone(learner_client, other_learner, quiz, yes):
    keep(other_learner, quiz, tuple(yes))
    text = learner_client.get(RESULTS).content.decode()
    assert ("No result yet" in text, encode(quiz, yes) in text) == (True, False)


def test_learner_deletes_a_result(learner_client, learner, quiz, yes):
    result = keep(learner, quiz, tuple(yes))
    response = learner_client.post(f"{RESULTS}{result.pk}/delete/")
    assert (response["Location"], Result.objects.of(learner).count()) == (RESULTS, 0)


def test_result_of_another_learner_is_not_there(learner_client, other_learner, quiz, yes):
    result = keep(other_learner, quiz, tuple(yes))
    assert learner_client.post(f"{RESULTS}{result.pk}/delete/").status_code == 404
    assert Result.objects.of(other_learner).count() == 1


def test_results_go_with_their_learner(learner, quiz, yes):
    keep(learner, quiz, tuple(yes))
    learner.delete()
    assert Result.objects.count() == 0

"""The pages of the quiz, as visitors and learners meet them."""

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from quiz.asking import current_quiz
from quiz.links import encode
from tests.factories import QuestionFactory

QUIZ, RESULT, SHARED = "/quiz/", "/quiz/result/", "/quiz/shared/"


def text_of(response):
    return unescape(response.content.decode())


def result_of(quiz, answers):
    return {"answers": encode(quiz, answers)}


def test_start_says_what_comes(visitor, quiz):
    text = text_of(visitor.get(QUIZ))
    assert "Begin: 3 questions, two minutes" in text
    assert '<li class="badge">Baker</li><li class="badge">Miller</li>' in text


def test_start_without_two_careers_is_a_kind_word(visitor, guide):
    QuestionFactory()
    response = visitor.get(QUIZ)
    assert (response.status_code, "Nothing to choose between yet" in text_of(response)) == (200, True)


def test_question_says_where_one_is(visitor, quiz):
    text = text_of(visitor.get(QUIZ, {"question": 2}))
    assert "2 of 3" in text
    assert "<h1>Do you like heat?</h1>" in text


def test_walk_through_leads_to_the_result(visitor, quiz, yes):
    address = f"{QUIZ}?question=1"
    for number, answer in enumerate(yes, start=1):
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        response = visitor.get(QUIZ, {**asked, "answer": answer, "next": 1})
        address = response["Location"]
        assert (response.status_code, asked["question"]) == (302, str(number))
    assert address == f"{RESULT}?answers={encode(quiz, yes)}"
    assert "<h1>Best fit: Baker</h1>" in text_of(visitor.get(address))


def test_answer_given_before_is_marked(visitor, quiz, yes):
    text = text_of(visitor.get(QUIZ, {"question": 1, **result_of(quiz, yes[:1])}))
    assert f'value="{yes[0]}" required checked' in text


def test_question_that_does_not_matter_is_left_out(visitor, quiz, yes):
    asked = {"question": 1, **result_of(quiz, yes[:1]), "answer": "skip", "next": 1}
    assert visitor.get(QUIZ, asked)["Location"] == f"{QUIZ}?question=2"


def test_other_answer_takes_the_place_of_the_first(visitor, quiz, yes, no):
    asked = {"question": 1, **result_of(quiz, yes[:2]), "answer": no[0], "next": 1}
    assert visitor.get(QUIZ, asked)["Location"].endswith(encode(quiz, [no[0], yes[1]]))


def test_next_without_an_answer_says_what_to_do(visitor, quiz, yes):
    response = visitor.get(QUIZ, {"question": 2, **result_of(quiz, yes[:1]), "next": 1})
    text = text_of(response)
    assert response.status_code == 400
    assert "Choose an answer, or say that it does not matter to you." in text
    assert encode(quiz, yes[:1]) in text


@pytest.mark.parametrize("answer", ["0", "x", "\0", "9" * 100_000, "٣"])
def test_answer_that_is_not_offered_is_refused(visitor, quiz, answer):
    response = visitor.get(QUIZ, {"question": 1, "answer": answer, "next": 1})
    assert response.status_code == 400
    assert "This answer is not offered here. Choose one of these." in text_of(response)


@pytest.mark.parametrize("question", ["", "0", "-1", "x", "\0", "1" * 100_000, "٣"])
def test_question_that_is_no_number_is_refused(visitor, quiz, question):
    response = visitor.get(QUIZ, {"question": question})
    assert (response.status_code, "This link cannot be read" in text_of(response)) == (400, True)


def test_question_beyond_the_last_leads_to_the_result(visitor, quiz, yes):
    response = visitor.get(QUIZ, {"question": 4, **result_of(quiz, yes)})
    assert response["Location"] == f"{RESULT}?answers={encode(quiz, yes)}"


@pytest.mark.parametrize("address", [QUIZ, RESULT, SHARED])
@pytest.mark.parametrize("code", ["abc", "\0", "\u202e1.a.b", "a" * 1_000_000])
def test_broken_link_says_so(visitor, quiz, address, code):
    response = visitor.get(address, {"question": 1, "answers": code})
    assert (response.status_code, "some letters of it are missing or mistyped" in text_of(response)) == (
        400,
        True,
    )


@pytest.mark.parametrize("address", [RESULT, SHARED])
def test_result_without_answers_leads_to_the_start(visitor, quiz, address):
    assert visitor.get(address)["Location"] == QUIZ


def test_sheet_without_an_answer_is_a_kind_word(visitor, quiz):
    response = visitor.get(RESULT, result_of(quiz, []))
    assert (response.status_code, "No answer, no ranking" in text_of(response)) == (200, True)


def test_result_gives_reasons_and_ways_on(visitor, quiz, yes, no):
    text = text_of(visitor.get(RESULT, result_of(quiz, [yes[0], yes[1], no[2]])))
    assert "For 2 of the 3 questions answered, another answer alone would put another career first" in text
    assert f'href="{reverse("guide", args=["baker"])}"' in text
    assert f'href="{reverse("path", args=["miller"])}"' in text
    assert f"/quiz/shared/?answers={encode(quiz, [yes[0], yes[1], no[2]])}" in text


def test_result_says_in_plain_words_what_its_numbers_mean(visitor, quiz, yes, no):
    text = text_of(visitor.get(RESULT, result_of(quiz, [yes[0], yes[1], no[2]])))
    assert "The number says how strongly these answers speak for a career" in text
    assert ("answers speak for it" in text, " of 100</span>" in text) == (True, False)


def test_tie_is_told(visitor, quiz, yes, no, questions):
    questions[2].delete()
    found = current_quiz()
    assert "Baker and Miller share first place." in text_of(
        visitor.get(RESULT, result_of(found, [yes[0], no[1]]))
    )


def test_shared_result_is_nobodys(visitor, quiz, yes):
    text = text_of(visitor.get(SHARED, result_of(quiz, yes)))
    assert "Somebody’s answers, not yours" in text
    assert 'property="og:title" content="Somebody’s answers. Best fit: Baker"' in text
    assert '<meta name="robots" content="noindex">' in text
    assert "Keep it" not in text


def test_shared_link_says_that_questions_changed(visitor, quiz, yes, questions):
    asked = result_of(quiz, yes)
    questions[0].text = "Do you sleep late?"
    questions[0].save()
    text = text_of(visitor.get(SHARED, asked))
    assert (
        "1 answer no longer counts: its question or wording is another one today, or gone. 2 still count."
        in text
    )


def test_shared_link_says_that_weights_changed(visitor, quiz, yes, questions):
    asked = result_of(quiz, yes)
    questions[0].answers.first().weights.update(points=-3)
    assert "All 3 answers still count." in text_of(visitor.get(SHARED, asked))


def test_link_to_what_did_not_change_says_nothing(visitor, quiz, yes):
    assert "since this link was made" not in text_of(visitor.get(SHARED, result_of(quiz, yes)))


def test_visitors_pages_have_no_cookie_and_no_token(visitor, quiz, yes):
    for address, asked in [
        (QUIZ, {}),
        (QUIZ, {"question": 3, **result_of(quiz, yes[:2])}),
        (RESULT, result_of(quiz, yes)),
        (SHARED, result_of(quiz, yes)),
    ]:
        response = visitor.get(address, asked)
        assert (dict(response.cookies), "csrf" in text_of(response)) == ({}, False)


@pytest.mark.parametrize("more", [0, 2])
def test_visitors_pages_take_two_queries(visitor, quiz, yes, more, django_assert_num_queries):
    for _ in range(more):
        QuestionFactory()
    for address, asked in [(QUIZ, {}), (QUIZ, {"question": 1}), (RESULT, result_of(quiz, yes))]:
        with django_assert_num_queries(2):
            visitor.get(address, asked)


def test_learners_result_takes_five_queries(learner_client, quiz, yes, django_assert_num_queries):
    with django_assert_num_queries(5):
        learner_client.get(RESULT, result_of(quiz, yes))


@pytest.mark.parametrize("address", [QUIZ, RESULT, SHARED])
def test_pages_take_no_post(visitor, quiz, address):
    assert visitor.post(address).status_code == 405

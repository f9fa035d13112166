"""Answers in links: they come back, and say what changed since."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.links import BrokenLink, Sheet, decode, encode
from quiz.questionnaire import Career, Quiz
from tests.quiz.sheets import bundled, quiz_of, sheets

BUNDLED = bundled()
QUIZ = quiz_of([[{"baker": 1}, {"miller": 1}], [{"baker": 1}, {"miller": 1}]], ["baker", "miller"])


def reworded(quiz, number):
    """Return `quiz` with other words in the question `number`."""
    questions = list(quiz.questions)
    questions[number] = replace(questions[number], text="Something else?")
    return Quiz(tuple(questions), quiz.careers)


@given(sheets(BUNDLED))
def test_answers_come_back(sheet):
    assert decode(BUNDLED, encode(BUNDLED, sheet)) == Sheet(tuple(sorted(sheet)))


@given(sheets(BUNDLED))
def test_code_is_short_and_needs_no_escaping(sheet):
    code = encode(BUNDLED, sheet)
    assert len(code) <= 100
    assert set(code) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


@given(sheets(BUNDLED), st.data())
def test_mistyped_code_is_refused(sheet, data):
    code = encode(BUNDLED, sheet)
    at = data.draw(st.integers(0, len(code) - 1))
    letter = data.draw(st.sampled_from("abcXYZ019._-").filter(lambda letter: letter != code[at]))
    with pytest.raises(BrokenLink):
        decode(BUNDLED, code[:at] + letter + code[at + 1 :])


@given(sheets(BUNDLED), st.integers(1, 20))
def test_code_that_was_cut_off_is_refused(sheet, missing):
    with pytest.raises(BrokenLink):
        decode(BUNDLED, encode(BUNDLED, sheet)[:-missing])


@given(st.text())
def test_any_text_is_read_or_refused(text):
    with pytest.raises(BrokenLink):
        decode(BUNDLED, text)


@pytest.mark.parametrize("code", ["", "\0", "a" * 1_000_000, "ü.ö.ä", "1.....", "2" + encode(QUIZ, [1])[1:]])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(BrokenLink):
        decode(QUIZ, code)


def test_answer_to_a_reworded_question_no_longer_counts():
    assert decode(reworded(QUIZ, 0), encode(QUIZ, [1, 3])) == Sheet((3,), lost=1, is_outdated=True)


def test_answer_that_is_gone_no_longer_counts():
    shorter = Quiz(QUIZ.questions[:1], QUIZ.careers)
    assert decode(shorter, encode(QUIZ, [1, 3])) == Sheet((1,), lost=1, is_outdated=True)


def test_other_weights_are_told():
    other = quiz_of([[{"baker": 2}, {"miller": 1}], [{"baker": 1}, {"miller": 1}]], ["baker", "miller"])
    assert decode(other, encode(QUIZ, [1, 3])) == Sheet((1, 3), is_outdated=True)


def test_other_careers_are_told():
    more = Quiz(QUIZ.questions, (*QUIZ.careers, Career("farmer", "Farmer")))
    assert decode(more, encode(QUIZ, [1])) == Sheet((1,), is_outdated=True)


def test_other_order_of_questions_changes_nothing():
    turned = Quiz(QUIZ.questions[::-1], QUIZ.careers)
    assert decode(turned, encode(QUIZ, [1, 3])) == Sheet((3, 1))

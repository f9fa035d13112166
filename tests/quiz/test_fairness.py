"""Whether each career has its chance."""

from itertools import combinations

import pytest

from quiz.fairness import TOO_FAR, best_sheet, fairness
from quiz.questionnaire import Quiz
from quiz.scoring import rank
from tests.quiz.sheets import bundled, quiz_of

BUNDLED = bundled()


def warnings(quiz):
    return {chance.career.slug: chance.warning[:30] for chance in fairness(quiz).chances}


@pytest.mark.parametrize("career", BUNDLED.careers, ids=lambda career: career.slug)
def test_each_career_can_win_the_bundled_quiz(career):
    answers = [answer.id for answer in best_sheet(BUNDLED, career)]
    assert [standing.career for standing in rank(BUNDLED, answers).first] == [career]


def test_no_career_wins_the_bundled_quiz_too_seldom_or_too_often():
    report = fairness(BUNDLED)
    fair = report.fair_percent
    assert all(fair / TOO_FAR <= chance.percent <= fair * TOO_FAR for chance in report.chances)
    assert [chance.warning for chance in report.chances] == [""] * len(BUNDLED.careers)


def test_bundled_quiz_is_sampled_and_the_same_each_time():
    report = fairness(BUNDLED)
    assert (report.is_exact, report.sheets, report) == (False, 5000, fairness(BUNDLED))


def test_small_quiz_is_counted_out():
    report = fairness(quiz_of([[{"baker": 1}, {"miller": 1}]] * 2, ["baker", "miller"]))
    assert (report.is_exact, report.sheets) == (True, 4)
    assert [(chance.percent, chance.lowest, chance.highest) for chance in report.chances] == [(50, 0, 2)] * 2


def test_career_without_weights_is_named():
    quiz = quiz_of([[{"baker": 1}, {"miller": 1}]], ["baker", "miller", "farmer"])
    assert warnings(quiz) == {"baker": "", "miller": "", "farmer": "No answer speaks for it or aga"}


def test_career_that_wins_by_default_is_named():
    quiz = quiz_of([[{"baker": 1}, {"baker": -1}]], ["baker", "miller"])
    assert warnings(quiz)["baker"] == "It wins by default: answers sa"


def test_career_that_cannot_win_is_named():
    # What speaks for the farmer speaks for one of the others more rarely, so it says more of them.
    answers = [{"baker": 1, "farmer": 1}, {"miller": 1, "farmer": 1}, {}, {}]
    quiz = quiz_of([answers], ["baker", "miller", "farmer"])
    assert warnings(quiz)["farmer"] == "It cannot win: another comes f"


def test_quiz_without_questions_has_no_sheets():
    report = fairness(quiz_of([], ["baker"]))
    assert (report.sheets, report.fair_percent) == (0, 0)


@pytest.mark.parametrize("number", [2, 6])
def test_bundled_quiz_is_fair_where_only_some_guides_are_public(number):
    for careers in combinations(BUNDLED.careers, number):
        report = fairness(Quiz(BUNDLED.questions, careers))
        assert [chance.warning for chance in report.chances] == [""] * number

"""How answers become a ranking: rules that hold for any quiz, and for the bundled one."""

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from quiz.questionnaire import Answer, Question, Quiz
from quiz.scoring import Scale, rank, ways_to
from tests.quiz.sheets import bundled, quiz_of, quizzes, sheets

BUNDLED = bundled()


def shares(ranking):
    return {standing.career.slug: standing.share for standing in ranking.standings}


def with_points(quiz, change):
    """Return `quiz` with the points of each question and career changed."""
    questions = []
    for number, question in enumerate(quiz.questions):
        answers = tuple(
            Answer(
                answer.id,
                answer.text,
                {
                    career.slug: change(number, career, answer.points.get(career.slug, 0))
                    for career in quiz.careers
                },
            )
            for answer in question.answers
        )
        questions.append(Question(question.slug, question.text, answers))
    return Quiz(tuple(questions), quiz.careers)


@st.composite
def answered(draw):
    quiz = draw(quizzes())
    return quiz, draw(sheets(quiz))


def test_first_is_whom_the_answers_speak_for():
    quiz = quiz_of([[{"baker": 2}, {"miller": 2}], [{"baker": 1}, {"miller": 1}]], ["baker", "miller"])
    ranking = rank(quiz, [1, 3])
    assert [(each.place, each.career.slug, each.share) for each in ranking.standings] == [
        (1, "baker", Fraction(7, 8)),
        (2, "miller", Fraction(1, 8)),
    ]


def test_equal_careers_share_their_place():
    quiz = quiz_of([[{"baker": 1, "miller": 1}, {"farmer": 1}]], ["baker", "miller", "farmer"])
    assert [(each.place, each.career.slug) for each in rank(quiz, [1]).standings] == [
        (1, "baker"),
        (1, "miller"),
        (3, "farmer"),
    ]


def test_career_of_which_the_answers_say_nothing_is_not_ranked():
    quiz = quiz_of([[{"baker": 1}, {}], [{"miller": 1}, {}]], ["baker", "miller"])
    ranking = rank(quiz, [1])
    assert (list(shares(ranking)), [career.slug for career in ranking.silent]) == (["baker"], ["miller"])


def test_reasons_are_answers_beyond_the_mean_of_their_question():
    quiz = quiz_of(
        [[{"baker": 3}, {"baker": -3}], [{"baker": 1}, {"baker": -2}], [{"baker": 1}, {}]], ["baker"]
    )
    [standing] = rank(quiz, [1, 4, 5]).standings
    assert [(reason.answer.id, reason.points) for reason in standing.spoke_for] == [
        (1, 3),
        (5, Fraction(1, 2)),
    ]
    assert [(reason.answer.id, reason.points) for reason in standing.spoke_against] == [(4, Fraction(-3, 2))]


def test_turning_counts_the_questions_that_decide_alone():
    quiz = quiz_of([[{"baker": 3}, {"miller": 3}], [{"baker": 1}, {"miller": 1}]], ["baker", "miller"])
    assert rank(quiz, [1, 3]).turning == 1


@given(quizzes())
def test_empty_sheet_ranks_nothing(quiz):
    ranking = rank(quiz, [])
    assert (ranking.standings, ranking.answered, ranking.turning) == ((), 0, 0)


@given(answered())
def test_order_of_answers_changes_nothing(asked):
    quiz, sheet = asked
    assert rank(quiz, sheet) == rank(quiz, [*reversed(sheet), *sheet])


@given(answered(), st.lists(st.integers(-5, 5), min_size=4, max_size=4))
def test_adding_a_number_to_all_weights_of_a_question_changes_nothing(asked, added):
    quiz, sheet = asked
    other = with_points(quiz, lambda number, career, points: points + added[number])
    assert shares(rank(other, sheet)) == shares(rank(quiz, sheet))


@given(answered(), st.integers(1, 5))
def test_larger_weights_of_a_career_change_nothing(asked, times):
    quiz, sheet = asked
    first = quiz.careers[0]
    other = with_points(quiz, lambda _, career, points: points * (times if career == first else 1))
    assert shares(rank(other, sheet)) == shares(rank(quiz, sheet))


@given(quizzes())
def test_chance_gives_each_career_one_half_on_average(quiz):
    every = [rank(quiz, sheet) for sheet in product(*([a.id for a in q.answers] for q in quiz.questions))]
    for career in (standing.career.slug for standing in every[0].standings):
        assert sum(shares(ranking)[career] for ranking in every) / len(every) == Fraction(1, 2)


@given(answered())
def test_places_follow_shares(asked):
    standings = rank(*asked).standings
    assert [standing.place for standing in standings] == [
        1 + sum(other.share > standing.share for other in standings) for standing in standings
    ]


@given(answered())
def test_turning_is_what_trying_out_finds(asked):
    quiz, sheet = asked

    def first(answers):
        return {standing.career for standing in rank(quiz, answers).first}

    found = sum(
        any(
            first([each for each in sheet if each != answer.id] + [other.id]) != first(sheet)
            for other in question.answers
        )
        for question, answer in quiz.chosen(sheet)
    )
    assert rank(quiz, sheet).turning == found


@given(st.lists(st.lists(st.integers(-3, 3), min_size=1, max_size=4), max_size=4))
def test_ways_are_counted_as_listing_them_does(columns):
    totals = [sum(way) for way in product(*columns)]
    assert dict(ways_to(columns)) == {total: totals.count(total) for total in totals}


def test_scale_knows_its_ends():
    scale = Scale([[3, -1], [0, 2]])
    assert (scale.lowest, scale.highest, scale.count) == (-1, 5, 4)


@given(sheets(BUNDLED))
def test_bundled_quiz_ranks_every_sheet_with_an_answer(sheet):
    ranking = rank(BUNDLED, sheet)
    assert len(ranking.standings) + len(ranking.silent) == len(BUNDLED.careers)
    assert all(0 <= standing.percent < 100 for standing in ranking.standings)

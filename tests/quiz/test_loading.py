"""The questions that come with the site."""

import pytest
from django.core.management import CommandError, call_command

from quiz.loading import BUNDLED, BrokenQuiz, load, read
from quiz.models import Question, Weight
from tests.factories import GuideFactory
from tests.quiz.sheets import CAREERS

FILE = """
- slug: tea
  text: Tea?
  answers:
    - {slug: black, text: Black, weights: {baker: 2}, reasons: {baker: It keeps you awake.}}
    - {slug: green, text: Green, weights: {baker: -1, miller: 3}}
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "questions.yaml"
    path.write_text(FILE)
    return path


def weights():
    return sorted(Weight.objects.values_list("answer__text", "guide__slug", "points", "reason"))


def test_questions_are_made_with_what_they_weigh(file, db):
    GuideFactory(slug="baker")
    load(file)
    assert [answer.text for answer in Question.objects.get(slug="tea").answers.all()] == ["Black", "Green"]
    assert weights() == [("Black", "baker", 2, "It keeps you awake."), ("Green", "baker", -1, "")]


def test_weights_of_a_career_come_with_its_guide(file, db):
    load(file)
    GuideFactory(slug="miller")
    load(file)
    assert weights() == [("Green", "miller", 3, "")]


def test_second_time_changes_nothing(file, db):
    GuideFactory(slug="baker")
    load(file)
    assert str(load(file)) == "0 questions made, 0 weights made"


def test_what_staff_did_is_left_alone(file, db):
    GuideFactory(slug="baker")
    load(file)
    Weight.objects.filter(points=2).delete()
    Question.objects.update(text="Coffee?")
    load(file)
    assert (Question.objects.get().text, weights()) == ("Coffee?", [("Green", "baker", -1, "")])


def test_question_that_staff_deleted_stays_away(file, db):
    load(file)
    Question.objects.all().delete()
    load(file)
    assert Question.objects.count() == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("text: Tea?", "text: ''", "questions.yaml:3: 0.text:"),
        ("baker: 2", "baker: 4", "questions.yaml:5: 0.answers.0.weights.baker:"),
        ("baker: 2", "baker: two", "questions.yaml:5: 0.answers.0.weights.baker:"),
        ("{baker: 2}", "{}", "questions.yaml:5: a reason without a weight: baker"),
        ("slug: green", "slug: black", "questions.yaml:5: two answers have the same slug"),
        ("  text: Tea?", "  text: Tea?\n  colour: red", "questions.yaml:4: 0.colour:"),
        ("- slug: tea", "- slug: [", "questions.yaml:"),
    ],
)
def test_faults_are_told_with_their_lines(file, db, old, new, said):
    file.write_text(FILE.replace(old, new))
    with pytest.raises(BrokenQuiz) as refused:
        load(file)
    assert said in str(refused.value)
    assert Question.objects.count() == 0


def test_file_that_is_not_there_is_told(tmp_path, db):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_quiz", tmp_path / "nothing.yaml")


def test_bundled_questions_name_the_careers_and_no_other():
    named = {slug for entry in read(BUNDLED) for answer in entry.answers for slug in answer.weights}
    assert named == set(CAREERS)


def test_bundled_answers_do_not_give_the_career_away():
    words = {"engineer", "scientist", "nlp", "vision", "deep learning", "machine learning", "data engineer"}
    said = " ".join(answer.text for entry in read(BUNDLED) for answer in entry.answers).casefold()
    assert [word for word in words if word in said] == []


def test_bundled_questions_load(db):
    call_command("load_quiz", verbosity=0)
    assert Question.objects.count() == 12

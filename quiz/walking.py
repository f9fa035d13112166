"""One step through the questions, as an address or a form says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from quiz.links import EMPTY, BrokenLink, Sheet, decode, encode
from quiz.questionnaire import Question, Quiz

SKIP = "skip"  # the answer that says nothing
LONGEST_NUMBER = 9  # digits


@dataclass(frozen=True)
class Step:
    """Where somebody is: at a question, by its number from 1, with what they answered before.

    `answers` has what they say now, too, if `is_answered`; otherwise `fault` says what is missing, where
    something is.
    """

    number: int
    sheet: Sheet
    answers: tuple[int, ...]
    is_answered: bool = False
    fault: str = ""


def read_step(quiz: Quiz, said: Mapping[str, str]) -> Step:
    """Return the step that `said` names: `question`, `answers` so far, and `answer`, sent by `next`.

    Raises `BrokenLink` if there is no such question, or the answers so far are no such code.
    """
    number = whole(said.get("question", ""))
    if not number:
        raise BrokenLink("This link names no question. They are numbered from 1.")
    sheet = read_sheet(quiz, said)
    if number > len(quiz.questions) or not {"answer", "next"} & said.keys():
        return Step(number, sheet, sheet.answers)
    return _answered(quiz, number, sheet, said.get("answer", ""))


def read_sheet(quiz: Quiz, said: Mapping[str, str]) -> Sheet:
    """Return the sheet that `answers` of `said` holds, an empty one without it. Raises `BrokenLink`."""
    code = said.get("answers", "")
    return decode(quiz, code) if code else EMPTY


def _answered(quiz: Quiz, number: int, sheet: Sheet, answer: str) -> Step:
    if not answer:
        fault = "Choose an answer, or say that it does not matter to you."
        return Step(number, sheet, sheet.answers, fault=fault)
    offered = {str(each.id): each.id for each in quiz.questions[number - 1].answers}
    if answer != SKIP and answer not in offered:
        return Step(
            number, sheet, sheet.answers, fault="This answer is not offered here. Choose one of these."
        )
    answers = quiz.with_answer(sheet.answers, number - 1, offered.get(answer))
    return Step(number, sheet, tuple(answers), is_answered=True)


def address_after(quiz: Quiz, step: Step) -> str:
    """Return the address that follows on a step that was answered: of the next question, or of the result."""
    if step.number < len(quiz.questions):
        return question_address(quiz, step.number + 1, step.answers)
    return result_address(quiz, step.answers)


def question_address(quiz: Quiz, number: int, answers: tuple[int, ...]) -> str:
    """Return the address of the question `number`, from 1, with the answers so far."""
    said = {"question": number} | ({"answers": encode(quiz, answers)} if answers else {})
    return f"{reverse('quiz')}?{urlencode(said)}"


def result_address(quiz: Quiz, answers: tuple[int, ...]) -> str:
    """Return the address of the result of `answers` for who gave them."""
    return f"{reverse('quiz-result')}?{urlencode({'answers': encode(quiz, answers)})}"


def chosen_of(question: Question, answers: tuple[int, ...]) -> int | None:
    """Return which of `answers` is one to `question`."""
    return next((answer.id for answer in question.answers if answer.id in answers), None)


def whole(text: str) -> int:
    """Return the whole number that `text` says in figures, 0 if it says none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0

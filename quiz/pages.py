"""The pages of the quiz. What was answered stands in their addresses, so that a visitor has no cookie."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portal.visitors import page
from quiz.asking import LEAST_CAREERS, current_quiz
from quiz.links import BrokenLink
from quiz.questionnaire import Quiz
from quiz.showing import result_context
from quiz.walking import (
    Step,
    address_after,
    chosen_of,
    question_address,
    read_sheet,
    read_step,
    result_address,
)


@require_safe
def quiz_page(request: HttpRequest) -> HttpResponse:
    """What the quiz is; or the question that the address names, and what was answered to it."""
    quiz = current_quiz()
    if "question" not in request.GET or not is_open(quiz):
        return _start(request, quiz)
    try:
        step = read_step(quiz, request.GET.dict())
    except BrokenLink as broken:
        return broken_page(request, broken)
    if step.is_answered:
        return redirect(address_after(quiz, step))
    if step.number > len(quiz.questions):  # questions were taken out meanwhile
        return redirect(result_address(quiz, step.answers))
    return question_page(request, quiz, step)


@require_safe
def result_page(request: HttpRequest) -> HttpResponse:
    """The ranking, for who answered."""
    return _ranked(request, "quiz/result.html", is_shared=False)


@require_safe
def shared_page(request: HttpRequest) -> HttpResponse:
    """The ranking, for somebody who was sent the link."""
    return _ranked(request, "quiz/shared.html", is_shared=True)


def is_open(quiz: Quiz) -> bool:
    """Whether there is something to ask, and something to choose between."""
    return bool(quiz.questions) and len(quiz.careers) >= LEAST_CAREERS


def question_page(request: HttpRequest, quiz: Quiz, step: Step) -> HttpResponse:
    """Return the page of a question; with what is missing, if an answer was sent that cannot be taken."""
    question, count = quiz.questions[step.number - 1], len(quiz.questions)
    context = {
        "step": step,
        "question": question,
        "chosen": chosen_of(question, step.answers),
        "count": count,
        "done": 100 * (step.number - 1) // count,
        "code": request.GET.get("answers") or request.POST.get("answers", ""),
        "back": question_address(quiz, step.number - 1, step.answers) if step.number > 1 else "",
        "result": result_address(quiz, step.answers) if step.answers else "",
        "keeps": step.number == count and request.user.is_authenticated,
    }
    status = HTTPStatus.BAD_REQUEST if step.fault else HTTPStatus.OK
    return render(request, "quiz/question.html", context, status=status)


def broken_page(request: HttpRequest, broken: BrokenLink) -> HttpResponse:
    """Return the page that says what is wrong with a link."""
    return render(request, "quiz/broken.html", {"why": str(broken)}, status=HTTPStatus.BAD_REQUEST)


def _start(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    careers = " ".join(f"{career.slug} {career.title}" for career in quiz.careers)
    context = {"quiz": quiz, "is_open": is_open(quiz)}
    return page(request, f"{quiz.digest} {careers}", "quiz/start.html", lambda: context)


def _ranked(request: HttpRequest, template: str, *, is_shared: bool) -> HttpResponse:
    if not request.GET.get("answers"):
        return redirect("quiz")
    quiz = current_quiz()
    try:
        sheet = read_sheet(quiz, request.GET.dict())
    except BrokenLink as broken:
        return broken_page(request, broken)
    context: dict[str, Any] = result_context(quiz, sheet, request.user, is_shared=is_shared)
    return render(request, template, context)

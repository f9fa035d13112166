"""What a learner keeps of the quiz: the list, keeping a result, and deleting one."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import LearnerRequest
from accounts.models import User
from quiz.asking import current_quiz
from quiz.links import BrokenLink
from quiz.models import Result
from quiz.pages import broken_page, question_page
from quiz.questionnaire import Quiz
from quiz.results import KEPT, keep
from quiz.walking import read_sheet, read_step, result_address


@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest) -> HttpResponse:
    """The results that the learner keeps, the latest first; a POST keeps one more."""
    return _keep(request, current_quiz()) if request.method == "POST" else _list(request)


@login_required
def _list(request: HttpRequest) -> HttpResponse:
    context = {"results": Result.objects.of(cast(User, request.user)).for_list(), "most": KEPT}
    return render(request, "quiz/results.html", context)


@require_POST
@login_required
def delete_result(request: LearnerRequest, pk: UUID) -> HttpResponse:
    """Delete a result of the learner's own."""
    get_object_or_404(Result.objects.of(request.user), pk=pk).delete()
    messages.success(request, "The result is deleted.")
    return redirect("quiz-results")


def _keep(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    """Keep what was answered: a whole sheet, or one with the last answer beside it."""
    said = request.POST.dict()
    try:
        if "question" not in said:
            return _kept(request, quiz, read_sheet(quiz, said).answers)
        step = read_step(quiz, said)
    except BrokenLink as broken:
        return broken_page(request, broken)
    return question_page(request, quiz, step) if step.fault else _kept(request, quiz, step.answers)


def _kept(request: HttpRequest, quiz: Quiz, answers: tuple[int, ...]) -> HttpResponse:
    """Lead on to the result; it is kept unless nothing was answered, or the session ended meanwhile."""
    if answers and request.user.is_authenticated:
        keep(request.user, quiz, answers)
    return redirect(result_address(quiz, answers))

"""The screen that shows whether each career has its chance."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quiz.asking import current_quiz
from quiz.fairness import SEED, TOO_FAR, fairness
from quiz.models import Question
from quiz.questionnaire import Quiz


@require_safe
def fairness_screen(request: HttpRequest) -> HttpResponse:
    """Show how often each career wins, what it can reach, and all weights beside each other."""
    if not request.user.has_perm("quiz.view_question"):
        raise PermissionDenied
    quiz = current_quiz()
    context = {
        **admin.site.each_context(request),
        "title": "Fairness",
        "opts": Question._meta,
        "quiz": quiz,
        "report": fairness(quiz),
        "weights": _weights(quiz),
        "seed": SEED,
        "times": TOO_FAR,
    }
    return render(request, "admin/quiz/question/fairness.html", context)


def _weights(quiz: Quiz) -> list[tuple[str, list[tuple[int, str, list[int]]]]]:
    """Return each question with its answers: the id, the words, and the points of each career."""
    return [
        (
            question.text,
            [
                (answer.id, answer.text, [answer.points.get(career.slug, 0) for career in quiz.careers])
                for answer in question.answers
            ],
        )
        for question in quiz.questions
    ]

"""The quiz for clients of the API: what it asks, and what answers come to."""

from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from portal.openapi import problems, schema_of
from quiz.api.shapes import QuizDocument, QuizReason, QuizResult, QuizStanding
from quiz.asking import current_quiz
from quiz.links import encode
from quiz.questionnaire import Quiz
from quiz.scoring import Ranking, Reason, Standing, rank
from quiz.walking import whole
from quiz.wording import clarity_of

QUESTIONS = "/api/v1/quiz/"  # where the ids of answers stand


class SameForAll(APIView):
    """The same for everybody, so that a client may ask whether it changed."""

    authentication_classes = ()

    def finalize_response(self, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(*args, **kwargs)
        response["Cache-Control"] = "no-cache"
        return response


class QuizView(SameForAll):
    @extend_schema(
        operation_id="quiz_retrieve",
        summary="What the quiz asks",
        responses={200: OpenApiResponse(schema_of(QuizDocument)), **problems(400)},
    )
    def get(self, request: Request) -> Response:
        _refuse_unknown(request.query_params)
        quiz = current_quiz()
        questions = [
            {
                "slug": question.slug,
                "text": question.text,
                "help": question.help,
                "answers": [{"id": answer.id, "text": answer.text} for answer in question.answers],
            }
            for question in quiz.questions
        ]
        careers = [{"guide": career.slug, "title": career.title} for career in quiz.careers]
        return Response({"version": quiz.digest, "questions": questions, "careers": careers})


class QuizResultView(SameForAll):
    @extend_schema(
        operation_id="quiz_result_retrieve",
        summary="What answers come to: careers ranked, with the reasons",
        parameters=[
            OpenApiParameter(
                "answer",
                int,
                many=True,
                description="The id of an answer; repeat it, once for each question that is answered.",
            )
        ],
        responses={200: OpenApiResponse(schema_of(QuizResult)), **problems(400)},
    )
    def get(self, request: Request) -> Response:
        _refuse_unknown(request.query_params, "answer")
        quiz = current_quiz()
        answers = _answers(quiz, request.query_params)
        return Response(_told(quiz, answers, rank(quiz, answers), request))


def _refuse_unknown(params: QueryDict, *known: str) -> None:
    """Raise `ValidationError` that names the parameters that nobody reads."""
    use = f"Use {', '.join(known)}." if known else "There is none here."
    if wrong := {name: f"There is no parameter “{name}”. {use}" for name in params if name not in known}:
        raise ValidationError(wrong)


def _answers(quiz: Quiz, params: QueryDict) -> list[int]:
    """Return the answers that are asked about. Raises `ValidationError` that names what is none."""
    faults: list[str] = []
    by_question: dict[int, int] = {}
    for said in dict.fromkeys(params.getlist("answer")):
        answer = whole(said)
        if answer not in quiz.places:
            faults.append(f"There is no answer “{said[:40]}”. Their ids stand at {QUESTIONS}.")
        elif (number := quiz.places[answer][0]) in by_question:
            faults.append(
                f"Answers {by_question[number]} and {answer} are to one question. Give one of them."
            )
        else:
            by_question[number] = answer
    if faults:
        raise ValidationError({"answer": faults})
    return list(by_question.values())


def _told(quiz: Quiz, answers: list[int], ranking: Ranking, request: Request) -> dict[str, Any]:
    link = reverse("quiz-shared", request=request)
    return {
        "version": quiz.digest,
        "asked": ranking.asked,
        "answered": ranking.answered,
        "turning": ranking.turning,
        "clarity": clarity_of(ranking).sentence if ranking.standings else "",
        "ranking": [_standing(standing, request) for standing in ranking.standings],
        "silent": [{"guide": career.slug, "title": career.title} for career in ranking.silent],
        "url": f"{link}?answers={encode(quiz, answers)}" if answers else None,
    }


def _standing(standing: Standing, request: Request) -> QuizStanding:
    return {
        "place": standing.place,
        "guide": standing.career.slug,
        "title": standing.career.title,
        "percent": standing.percent,
        "spoke_for": [_reason(reason) for reason in standing.spoke_for],
        "spoke_against": [_reason(reason) for reason in standing.spoke_against],
        "url": reverse("guide", args=[standing.career.slug], request=request),
    }


def _reason(reason: Reason) -> QuizReason:
    return {
        "question": reason.question.slug,
        "answer": reason.answer.id,
        "text": reason.answer.text,
        "reason": reason.words,
    }

"""What the page of a result shows."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import User
from portal.addresses import absolute
from quiz.links import Sheet, encode
from quiz.models import Result
from quiz.questionnaire import Quiz
from quiz.scoring import Ranking, rank
from quiz.walking import question_address
from quiz.wording import clarity_of, title_of

COMPARED = (2, 4)  # careers side by side, at least and at most


@dataclass(frozen=True)
class Said:
    """A question with the answer that was given, empty for none, and where it can be given anew."""

    question: str
    answer: str
    address: str


def result_context(
    quiz: Quiz, sheet: Sheet, user: User | AnonymousUser, *, is_shared: bool
) -> dict[str, Any]:
    """Return what the page of the result of `sheet` shows; one query for somebody who is signed in."""
    ranking, code = rank(quiz, sheet.answers), encode(quiz, sheet.answers)
    return {
        "ranking": ranking,
        "sheet": sheet,
        "code": code,
        "title": title_of(ranking) if ranking.standings else "No ranking yet",
        "clarity": clarity_of(ranking) if ranking.standings else None,
        "few": ranking.answered * 2 < ranking.asked,
        "said": _said(quiz, sheet),
        "compared": _compared(ranking),
        "share": absolute(f"{reverse('quiz-shared')}?{urlencode({'answers': code})}"),
        "kept": None if is_shared or not user.is_authenticated else _kept(user, code),
        "reader": user,
    }


def _said(quiz: Quiz, sheet: Sheet) -> list[Said]:
    chosen = {question.slug: answer.text for question, answer in quiz.chosen(sheet.answers)}
    return [
        Said(question.text, chosen.get(question.slug, ""), question_address(quiz, number, sheet.answers))
        for number, question in enumerate(quiz.questions, start=1)
    ]


def _compared(ranking: Ranking) -> str:
    """Return what the address of the comparison asks for: who comes first, and at least one more."""
    least, most = COMPARED
    number = min(max(len(ranking.first), least), most)
    slugs = [standing.career.slug for standing in ranking.standings[:number]]
    return urlencode({"guide": slugs}, doseq=True) if len(slugs) >= least else ""


def _kept(user: User, code: str) -> Result | None:
    return Result.objects.of(user).filter(answers=code).first()

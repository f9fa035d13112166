"""Results that learners keep: the last ones, each with the ranking as it was."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from quiz.links import encode
from quiz.models import Result
from quiz.questionnaire import Quiz
from quiz.scoring import rank

KEPT = 20  # results of one learner; an older one makes room


@transaction.atomic
def keep(user: User, quiz: Quiz, answers: tuple[int, ...]) -> Result:
    """Keep the result of `answers` for `user`, anew if it is kept already, and let their oldest ones go."""
    ranking = [
        {
            "place": standing.place,
            "slug": standing.career.slug,
            "title": standing.career.title,
            "percent": standing.percent,
        }
        for standing in rank(quiz, answers).standings
    ]
    said = {"ranking": ranking, "taken_at": timezone.now()}
    result, _ = Result.objects.update_or_create(user=user, answers=encode(quiz, answers), defaults=said)
    late = list(Result.objects.of(user).for_list().values_list("pk", flat=True)[KEPT:])
    Result.objects.filter(pk__in=late).delete()
    return result

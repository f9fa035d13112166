"""The studio's screens of the quiz."""

from quiz.admin.questions import AnswerAdmin, QuestionAdmin

__all__ = ["AnswerAdmin", "QuestionAdmin"]

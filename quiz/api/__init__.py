"""The quiz for clients of the API."""

from quiz.api.views import QuizResultView, QuizView

__all__ = ["QuizResultView", "QuizView"]

"""Questions of interviews, and what learners do with them."""

from interviews.models.change import Change
from interviews.models.deck import Card, Deck, Review
from interviews.models.question import Question, Topic

__all__ = ["Card", "Change", "Deck", "Question", "Review", "Topic"]

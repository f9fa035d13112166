"""People and what they did."""

from accounts.models.contact import ContactRequest
from accounts.models.learning import Enrolment, StepEvent, StepState
from accounts.models.review import Review, ReviewReport
from accounts.models.saved import Saved
from accounts.models.user import User

__all__ = [
    "ContactRequest",
    "Enrolment",
    "Review",
    "ReviewReport",
    "Saved",
    "StepEvent",
    "StepState",
    "User",
]

"""People and what they did."""

from accounts.models.learning import Enrolment, StepEvent, StepState
from accounts.models.user import User

__all__ = ["Enrolment", "StepEvent", "StepState", "User"]

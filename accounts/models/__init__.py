"""People and what they did."""

from accounts.models.user import User

__all__ = ["User"]

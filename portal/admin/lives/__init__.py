"""What becomes of steps: each screen says what it means for learners before it is done."""

from portal.admin.lives import leaving, same, succession

__all__ = ["leaving", "same", "succession"]

"""A person with an account: a learner, and perhaps a member of the staff."""

from typing import Any, ClassVar

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models import ProtectedError
from django.db.models.functions import Lower
from django.utils import timezone


class UserQuerySet(models.QuerySet["User"]):
    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete accounts. Raises `ProtectedError` if the log of the studio names one."""
        self.refuse_logged()
        return super().delete()

    def refuse_logged(self) -> None:
        """Raise `ProtectedError` if the log of the studio says what one of the people did."""
        logged: set[models.Model] = set(self.filter(logentry__isnull=False).distinct())
        if logged:
            raise ProtectedError("The log names this account; take away “active” instead.", logged)


class UserManager(BaseUserManager["User"]):
    """Makes accounts; e-mail addresses are compared without regard to case."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new account. Raises `ValueError` without an e-mail address."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """An account; the e-mail address is its login and there is no username."""

    email = models.EmailField("e-mail", max_length=254, unique=True)
    is_staff = models.BooleanField("staff", default=False, help_text="May enter the studio.")
    is_active = models.BooleanField(
        "active", default=True, help_text="Take this away instead of deleting an account."
    )
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_any_case",
                violation_error_message="An account with this e-mail address exists.",
            )
        ]

    def __str__(self) -> str:
        return self.email

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the account. Raises `ProtectedError` if the log of the studio names it."""
        User.objects.get_queryset().filter(pk=self.pk).refuse_logged()
        return super().delete(*args, **kwargs)

"""Where the account pages of allauth meet this site."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from accounts.kept import apply_kept, keep
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Carries what a visitor wanted through sign-up, verification and log-in."""

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Keep what the form asks for: verification may come between it and the log-in."""
        keep(request)
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def post_login(
        self, request: HttpRequest, user: User, *, redirect_url: str | None = None, **kwargs: Any
    ) -> HttpResponse:
        """Do what was kept, and go on there."""
        landed = apply_kept(request, user)
        answer: HttpResponse = super().post_login(
            request, user, redirect_url=landed or redirect_url, **kwargs
        )
        return answer

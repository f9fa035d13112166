"""The content security policy."""

from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class ContentSecurityPolicy(CSPMiddleware):
    """django-csp, which composes its policies anew for each answer; the usual one is composed once."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_usual = not settings.DEBUG and not hasattr(
            request, "_csp_nonce"
        )  # Django's debug pages have their own
        if not is_usual or any(name.startswith("_csp") for name in vars(response)):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, usual_policy())
        return response


@cache
def usual_policy() -> str:
    """Return the policy of the settings as a header."""
    policy: str = build_policy()
    return policy

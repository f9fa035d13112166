"""Requests as the views of this app meet them."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class LearnerRequest(HttpRequest):
    """A request of somebody who is signed in; for type hints alone."""

    user: User
    htmx: HtmxDetails


class HtmxRequest(HttpRequest):
    """A request of anybody, by a form or by htmx; for type hints alone."""

    htmx: HtmxDetails


def is_read(request: HttpRequest) -> bool:
    """Whether somebody reads the answer: a browser that fetches a page ahead may never show it."""
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "GET" and "prefetch" not in ahead

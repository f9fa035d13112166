"""Requests as the views of this app meet them."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
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


def next_of(request: HttpRequest) -> str:
    """Return the `next` of a form, empty if there is none or it does not lead to this site."""
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else ""


def to_login(request: HtmxRequest, **wanted: object) -> HttpResponse:
    """Lead a visitor, or somebody whose session has ended, to the log-in with what they `wanted`."""
    given = {name: value for name, value in wanted.items() if value}
    address = f"{reverse('account_login')}?{urlencode(given)}"
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)

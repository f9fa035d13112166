"""Pages for visitors: the same for everybody, so each is rendered once and kept whole.

A visitor's page carries no token and no cookie. What signed-in people see is theirs alone and is stored
nowhere.
"""

import gzip
import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

DAY = 60 * 60 * 24  # seconds


class PrivatePages:
    """Middleware: an answer that read the session is private, unless its view said otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.accessed and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response


def page(
    request: HttpRequest, key: str, template: str, context: Callable[[], dict[str, Any]]
) -> HttpResponse:
    """Return the page of `template`, from the cache where the reader is a visitor.

    `key` has to change whenever what `context` returns changes: the digest of an edition, say. For signed-in
    people, and where a message waits to be shown, the page is rendered.
    """
    if request.user.is_authenticated or "messages" in request.COOKIES or settings.DEBUG:
        return render(request, template, context())
    kept = _kept(request, f"page:{settings.RELEASE}:{settings.SITE_URL}:{template}:{key}", template, context)
    return _answer(request, *kept)


def _kept(
    request: HttpRequest, key: str, template: str, context: Callable[[], dict[str, Any]]
) -> tuple[str, bytes, bytes]:
    """Return the entity tag, the page, and the page compressed."""
    key = hashlib.sha256(key.encode()).hexdigest()
    kept: tuple[str, bytes, bytes] | None = cache.get(key)
    if kept is None:
        content = render(request, template, context()).content
        tag = hashlib.sha256(content).hexdigest()[:32]
        kept = (tag, content, gzip.compress(content, mtime=0))
        cache.set(key, kept, DAY)
    return kept


def _answer(request: HttpRequest, tag: str, content: bytes, compressed: bytes) -> HttpResponse:
    response = HttpResponse()
    if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        response.content = compressed
        response["Content-Encoding"] = "gzip"
    else:
        response.content = content
    response["ETag"] = f'W/"{tag}"'
    response["Cache-Control"] = "no-cache"
    response["Vary"] = "Accept-Encoding, Cookie"
    return response

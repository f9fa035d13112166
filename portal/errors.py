"""What the site says when something is wrong: a page for people, problem details below `/api/`."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from portal.problems import problem

MESSAGES = {
    HTTPStatus.BAD_REQUEST: (
        "The request could not be understood, or names a host that this site does not answer to."
    ),
    HTTPStatus.FORBIDDEN: "This is not yours to open. Log in with another account, or ask the staff.",
    HTTPStatus.NOT_FOUND: "There is nothing at this address. It may have moved, or never existed.",
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "Something broke on our side. Nothing of yours was lost. Try again in a moment."
    ),
}


def error_response(request: HttpRequest, status: HTTPStatus, detail: str = "") -> HttpResponse:
    """Return the answer for `status`, with `detail` in the place of the usual sentence."""
    detail = detail or MESSAGES[status]
    if request.path.startswith("/api/"):
        return JsonResponse(problem(status, detail), status=status, content_type="application/problem+json")
    context = {"status": int(status), "phrase": status.phrase, "detail": detail}
    return render(request, "error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_response(request, HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_response(request, HTTPStatus.FORBIDDEN)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_response(request, HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer without the database, a session or a context processor: any of them may be what broke."""
    return error_response(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_response(
        request,
        HTTPStatus.FORBIDDEN,
        "This form was open for too long, or cookies are off. Go back, reload the page and send it again.",
    )

"""Errors of the API as problem details (RFC 9457)."""

from http import HTTPStatus
from typing import Any, TypedDict

from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ErrorResponse
from rest_framework.exceptions import (
    APIException,
    NotAuthenticated,
    PermissionDenied,
    UnsupportedMediaType,
)
from rest_framework.response import Response


class FieldError(TypedDict):
    code: str
    detail: str
    attr: str | None


class Problem(TypedDict):
    """The body of every answer of the API with a status of 400 or more."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError]


def problem(status: int, detail: str, errors: list[FieldError] | None = None) -> Problem:
    """Return problem details; `errors` names the fields of the request that were refused."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        "errors": errors or [],
    }


class ProblemFormatter(ExceptionFormatter):
    """Turns what REST framework raises into problem details."""

    def format_error_response(self, error_response: ErrorResponse) -> Any:
        errors = [
            FieldError(code=error.code, detail=error.detail, attr=error.attr)
            for error in error_response.errors
        ]
        detail = " ".join(
            f"{error['attr']}: {error['detail']}" if error["attr"] else error["detail"] for error in errors
        )
        named = [error for error in errors if error["attr"]]
        return problem(self.exc.status_code, detail + _hint(self.exc), named)


def _hint(error: APIException) -> str:
    """Return what to do about `error`, where its own words do not say."""
    if isinstance(error, NotAuthenticated):
        return " Log in at /accounts/login/ and send the cookie of the session."
    if isinstance(error, PermissionDenied) and str(error.detail).startswith("CSRF"):
        return " Send the value of the cookie csrftoken in the header X-CSRFToken."
    if isinstance(error, UnsupportedMediaType):
        return " Send application/json."
    return ""


class ProblemHandler(ExceptionHandler):
    """Sends problem details under their own media type."""

    def get_response(self, exc: APIException, data: Any) -> Response:
        headers = self.get_headers(exc)
        return Response(data, exc.status_code, headers=headers, content_type="application/problem+json")

"""What the API's description shares: schemas of typed dictionaries, and of problems."""

from typing import Any

from drf_spectacular.plumbing import resolve_type_hint
from drf_spectacular.utils import OpenApiResponse

from portal.problems import Problem

WHY = {
    400: "Something in the request was refused; `detail` and `errors` say what.",
    403: "Nobody is logged in, or the CSRF token is missing.",
    404: "There is no such thing, or it is not yours to see.",
    429: "Too many requests in this minute; `Retry-After` says when to go on.",
}


def schema_of(typed: Any) -> dict[str, Any]:
    """Return the OpenAPI schema of a typed dictionary, or of a list of one."""
    schema: dict[str, Any] = resolve_type_hint(typed)
    return schema


def problems(*statuses: int) -> dict[Any, OpenApiResponse]:
    """Return the descriptions of answers with these statuses."""
    return {
        (status, "application/problem+json"): OpenApiResponse(schema_of(Problem), WHY[status])
        for status in (*statuses, 429)
    }

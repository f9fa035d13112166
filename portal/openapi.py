"""What the API's description shares: schemas of typed dictionaries, and of problems."""

from typing import Any

from drf_spectacular.plumbing import resolve_type_hint
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from portal.pagination import Pages
from portal.problems import Problem

WHY = {
    400: "Something in the request was refused; `detail` and `errors` say what.",
    403: "Nobody is logged in, or the CSRF token is missing.",
    404: "There is no such thing, or it is not yours to see.",
    429: "Too many requests in this minute; `Retry-After` says when to go on.",
}

PAGED = [  # what every list takes, in the words of those that the framework describes
    OpenApiParameter("page", int, description="A page number within the paginated result set."),
    OpenApiParameter("page_size", int, description="Number of results to return per page."),
]


def schema_of(typed: Any) -> dict[str, Any]:
    """Return the OpenAPI schema of a typed dictionary, or of a list of one."""
    schema: dict[str, Any] = resolve_type_hint(typed)
    return schema


def paged(typed: Any, **also: Any) -> dict[str, Any]:
    """Return the OpenAPI schema of a page of these typed dictionaries, with what it says `also`."""
    schema: dict[str, Any] = Pages().get_paginated_response_schema(schema_of(list[typed]))
    told = {name: schema_of(other) for name, other in also.items()}
    return {
        **schema,
        "properties": {**schema["properties"], **told},
        "required": [*schema["required"], *told],
    }


def problems(*statuses: int) -> dict[Any, OpenApiResponse]:
    """Return the descriptions of answers with these statuses."""
    return {
        (status, "application/problem+json"): OpenApiResponse(schema_of(Problem), WHY[status])
        for status in (*statuses, 429)
    }

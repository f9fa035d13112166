"""What the pages of practice have in common."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from accounts.http import LearnerRequest
from interviews.practice.session import Seat

BROKEN = "This form is not one of ours. Go back, reload the page and try again."


def shown(
    request: LearnerRequest,
    here: Seat,
    template: str,
    title: str,
    status: int = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    """Return a page of practice; `context` is what its template takes beside the deck and the edition."""
    told = {"edition": here.edition, "page_title": title, "plan": here.plan, **context}
    return render(request, f"interviews/{template}.html", told, status=status)

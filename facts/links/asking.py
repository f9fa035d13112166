"""Asking for a page, without reading it."""

from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus

from portal.fetching import Answer, Broken, FetchFailed, Limits, Unreachable, fetch

LIMITS = Limits(connect=5, read=8, total=15)  # seconds
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
# Hosts that answer so to HEAD may still answer to GET.
ASKED_AGAIN = {
    HTTPStatus.FORBIDDEN,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.NOT_IMPLEMENTED,
}
SAID = {
    HTTPStatus.NOT_FOUND: "There is no such page any more.",
    HTTPStatus.GONE: "The page was taken away for good.",
    HTTPStatus.UNAUTHORIZED: "The page is for those who have logged in. Look at it yourself.",
    HTTPStatus.FORBIDDEN: "The site does not show the page to programs. Look at it yourself.",
    HTTPStatus.TOO_MANY_REQUESTS: "The site was asked too often. Try again later.",
}


class State(Enum):
    THERE = "there"
    GONE = "gone"
    SILENT = "silent"  # nothing answers: it may pass
    UNCLEAR = "unclear"  # what came says nothing about the page


@dataclass(frozen=True)
class Finding:
    """What came when a page was asked for; `status` is None if no answer came, `error` says what is wrong."""

    state: State
    status: int | None = None
    error: str = ""
    moved_to: str = ""


def ask(url: str) -> Finding:
    """Return what comes from `url`. Takes up to half a minute: never call it while a page waits."""
    try:
        return _found(_answer(url))
    except Unreachable as error:
        return Finding(State.SILENT, error=str(error))
    except FetchFailed as error:
        return Finding(State.UNCLEAR, error=str(error))


def _answer(url: str) -> Answer:
    """Return the answer to HEAD; where a host may not know it, that to GET. Raises a `FetchFailed`."""
    try:
        answer = fetch(url, method="HEAD", limits=LIMITS)
    except Broken:
        return fetch(url, content=False, limits=LIMITS)
    return fetch(url, content=False, limits=LIMITS) if answer.status in ASKED_AGAIN else answer


def _found(answer: Answer) -> Finding:
    if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return Finding(State.THERE, answer.status, moved_to=answer.moved_to)
    state = State.GONE if answer.status in GONE else State.UNCLEAR
    return Finding(state, answer.status, _words(answer.status), answer.moved_to)


def _words(status: int) -> str:
    """Return what an answer that is no page says."""
    if status in SAID:
        return SAID[HTTPStatus(status)]
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"The site is out of order (status {status}). Try again another day."
    return f"The site answered with the status {status}. Look at it yourself."

"""`fetch`: one way to ask another host for something."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Literal

import httpx
from django.conf import settings

from portal.fetching.connecting import CheckedTransport
from portal.fetching.errors import Astray, Broken, NotAllowed, TooSlow, Unreachable
from portal.fetching.limits import Budget, Limits
from portal.fetching.resolving import check_unasked
from portal.fetching.unpacking import ACCEPTED, unpacked

Method = Literal["GET", "HEAD"]

REDIRECTS = 5
LONGEST = 2000  # characters of an address
HOST = re.compile(r"[0-9a-z_.-]+|[0-9a-f:.]+", re.IGNORECASE)  # a name or a number, without a %
LASTING = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
PASSING = {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}


@dataclass(frozen=True)
class Answer:
    """What another host answered, whatever its status.

    `url` is where it was found, after all redirects. `moved_to` is where the address has moved to for good;
    empty if it has not. Names of headers are in small letters.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
    moved_to: str = ""

    def header(self, name: str) -> str:
        """Return the value of a header; empty if it is not there."""
        return self.headers.get(name.lower(), "")


def fetch(
    url: str,
    *,
    method: Method = "GET",
    headers: Mapping[str, str] | None = None,
    etag: str = "",
    modified: str = "",
    content: bool = True,
    limits: Limits | None = None,
) -> Answer:
    """Return what the host at `url` answers, an error's status included.

    `etag` and `modified` are the headers ETag and Last-Modified of an earlier answer: an answer with status
    304 says that nothing changed since. Without `content` only status and headers are read.
    Follows at most `REDIRECTS` redirects, each looked at as the first address is, none from https to http.
    Sends no cookie, no password and no Referer. Raises a `FetchFailed`.
    """
    budget = Budget(limits or Limits())
    sent = _headers(headers or {}, etag, modified)
    address, lasting, moved_to = _address(url), True, ""
    seen = {address}
    for _ in range(REDIRECTS + 1):
        answer = _ask(address, method, sent, budget, with_content=content and method == "GET")
        if answer.status not in LASTING | PASSING:
            return Answer(answer.url, answer.status, answer.headers, answer.content, moved_to)
        lasting = lasting and answer.status in LASTING
        address = _next(address, answer.header("location"), seen)
        moved_to = str(address) if lasting else moved_to
    raise Astray(f"The address leads on more than {REDIRECTS} times.")


def _headers(own: Mapping[str, str], etag: str, modified: str) -> dict[str, str]:
    usual = {
        "User-Agent": f"Waymark (+{settings.SITE_URL})",
        "Accept": "*/*",
        "Accept-Encoding": ACCEPTED,
        "If-None-Match": etag,
        "If-Modified-Since": modified,
    }
    return {name: value for name, value in {**usual, **own}.items() if value}


# --- Addresses ---------------------------------------------------------------------------------


def check_address(url: str) -> None:
    """Refuse an address that could never be fetched, by itself: no name is looked up, and nobody is asked.

    Raises `NotAllowed` with the reason that `fetch` would give.
    """
    address = _address(url)
    usual = 443 if address.scheme == "https" else 80
    check_unasked(address.raw_host.decode("ascii"), usual if address.port is None else address.port)


def _address(url: str) -> httpx.URL:
    """Return `url` parsed, without its fragment. Raises `NotAllowed` for what is no address of the web."""
    if len(url) > LONGEST:
        raise NotAllowed(f"The address is longer than {LONGEST} characters.")
    try:
        parsed = httpx.URL(url.strip()).copy_with(fragment=None)
        host = parsed.host  # decoded only here, which may fail: xn-- alone begins no name
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise NotAllowed("This is no address of the web.") from error
    if parsed.scheme not in ("http", "https") or not host:
        raise NotAllowed("The address must begin with https:// or http:// and name a host.")
    if not HOST.fullmatch(parsed.raw_host.decode("ascii", "replace")):
        raise NotAllowed("The address names a host in a way that no host is named.")
    if parsed.userinfo:
        raise NotAllowed("The address holds a name or a password before an @. Leave them out.")
    return parsed


def _next(address: httpx.URL, location: str, seen: set[httpx.URL]) -> httpx.URL:
    """Return where a redirect leads, and note it in `seen`."""
    if not location:
        raise Astray("The address leads on, and does not say where to.")
    try:
        target = _address(str(address.join(location)))
    except (httpx.InvalidURL, ValueError) as error:
        raise NotAllowed("The address leads on to what is no address of the web.") from error
    if address.scheme == "https" and target.scheme == "http":
        raise NotAllowed("The address leads on from https to http, which anybody on the way could change.")
    if target in seen:
        raise Astray("The address leads on in a circle.")
    seen.add(target)
    return target


# --- Asking ------------------------------------------------------------------------------------


def _ask(
    address: httpx.URL, method: Method, headers: Mapping[str, str], budget: Budget, *, with_content: bool
) -> Answer:
    """Return one answer. Each question has a client of its own, so no cookie goes from one to the next."""
    timeout = httpx.Timeout(budget.limits.read, connect=budget.limits.connect)
    client = httpx.Client(transport=CheckedTransport(budget), trust_env=False, timeout=timeout)
    client.headers.clear()
    with _in_words(address, budget), client, client.stream(method, address, headers=headers) as response:
        read = with_content and not response.is_redirect
        return Answer(
            url=str(address),
            status=response.status_code,
            headers={name.lower(): value for name, value in response.headers.items()},
            content=_content(response, budget.limits.content) if read else b"",
        )


def _content(response: httpx.Response, limit: int) -> bytes:
    return unpacked(response.iter_raw(), response.headers.get("content-encoding", ""), limit)


@contextmanager
def _in_words(address: httpx.URL, budget: Budget) -> Iterator[None]:
    """Raise what goes wrong with a connection as a `FetchFailed`."""
    try:
        yield
    except httpx.ConnectError as error:  # the rest of them is `Unreachable` already
        raise Unreachable(f"“{address.host}” has no certificate that can be trusted.") from error
    except httpx.TimeoutException as error:
        budget.seconds()
        raise TooSlow(f"“{address.host}” did not go on within {budget.limits.read:g} seconds.") from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise Broken("What came is no complete answer of a web server.") from error

"""From a name to addresses that may be connected to."""

import socket
import threading
from collections.abc import Sequence

from django.conf import settings

from portal.fetching.errors import NotAllowed, TooSlow, Unreachable
from portal.fetching.public import is_public

PORTS = (80, 443)


def checked_addresses(host: str, port: int, seconds: float) -> list[str]:
    """Return the addresses of `host`, all of them public.

    `host` may be a number in any notation: the system's resolver reads it as a connection would.
    Raises `NotAllowed` for another port, or if any address is not public; `Unreachable`; `TooSlow`.
    """
    _check_port(port)
    found = _resolved(host, port, seconds)
    _check_public(host, port, found)
    return found


def check_unasked(host: str, port: int) -> None:
    """Look at the port, and at a `host` that is a number in any notation; no name is looked up.

    “localhost” and what ends with it is this machine wherever it is looked up (RFC 6761, 6.3).
    Raises `NotAllowed` as `checked_addresses` would.
    """
    _check_port(port)
    if host.lower().rstrip(".").rpartition(".")[2] == "localhost":
        _check_public(host, port, ["127.0.0.1"])
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):  # it is a name, or nothing
        return
    _check_public(host, port, [str(place[0]) for *_, place in answers])


def _check_port(port: int) -> None:
    if port not in PORTS and not _let_through(port):
        raise NotAllowed(f"Port {port} is not fetched from: leave it out, so that it is 80 or 443.")


def _check_public(host: str, port: int, found: Sequence[str]) -> None:
    known = _let_through(port)
    if not all(address in known or is_public(address) for address in found):
        raise NotAllowed(f"“{host}” is in a private or reserved network. Give an address on the public web.")


def _let_through(port: int) -> set[str]:
    # For tests, whose server is on this machine. No variable of the environment fills this.
    return {address for address, allowed in settings.FETCHING_LETS_THROUGH if allowed == port}


def _resolved(host: str, port: int, seconds: float) -> list[str]:
    """Ask the system's resolver, which knows no time limit, in a thread of its own."""
    asking = _Asking(host, port)
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        raise TooSlow(f"“{host}” could not be looked up in time.")
    if not asking.found:
        raise Unreachable(f"There is no host “{host}”.")
    return list(asking.found)


class _Asking(threading.Thread):
    def __init__(self, host: str, port: int) -> None:
        super().__init__(daemon=True)
        self.host, self.port = host, port
        self.found: Sequence[str] = ()

    def run(self) -> None:
        try:
            answers = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):  # there is none, or it is no name
            return
        self.found = list(dict.fromkeys(str(place[0]) for *_, place in answers))

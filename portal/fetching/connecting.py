"""Connections that go to a checked address, in the time and size that are left."""

import ssl
from collections.abc import Iterable
from functools import cache
from typing import Any

import httpcore
import httpx

from portal.fetching.errors import Unreachable
from portal.fetching.limits import Budget
from portal.fetching.resolving import checked_addresses


class CheckedTransport(httpx.HTTPTransport):
    """A transport whose every connection is a `CheckedBackend`'s. It reads no proxy from the environment."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(verify=_certificates(), trust_env=False)
        # httpx has no parameter for what opens connections; httpcore, its lower half, has.
        self._pool = httpcore.ConnectionPool(
            ssl_context=_certificates(), max_connections=1, network_backend=CheckedBackend(budget)
        )


@cache
def _certificates() -> ssl.SSLContext:
    """Return what certificates are checked with; reading it takes longer than many a fetch."""
    return httpx.create_ssl_context(trust_env=False)


class CheckedBackend(httpcore.NetworkBackend):
    """Resolves names, looks at all their addresses, and connects to those: a name has no second chance.

    httpcore goes on to use the name itself for the header Host and for the certificate.
    """

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = checked_addresses(host, port, self.budget.seconds(timeout))
        for address in addresses:
            try:
                stream = self.plain.connect_tcp(address, port, self.budget.seconds(timeout))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
            return BudgetedStream(stream, self.budget)
        raise Unreachable(f"Nothing answers at “{host}”.")


class BudgetedStream(httpcore.NetworkStream):
    """A connection that is given up once its time is over or too much came."""

    def __init__(self, stream: httpcore.NetworkStream, budget: Budget) -> None:
        self.stream, self.budget = stream, budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self.stream.read(max_bytes, self.budget.seconds(timeout))
        self.budget.travelled(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.budget.seconds(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self.stream.start_tls(ssl_context, server_hostname, self.budget.seconds(timeout))
        return BudgetedStream(secured, self.budget)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)

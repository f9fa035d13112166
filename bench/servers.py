"""Servers as they run for people, and what a request costs them."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

START = 30  # seconds to wait for a server


@dataclass(frozen=True)
class Server:
    """A running server: `pid` of the process that started it, and where it listens."""

    pid: int
    port: int

    def cpu(self) -> float:
        """Return the processor time that the server and its workers have used, in seconds."""
        return sum(_time_on_cpu(pid) for pid in _family(self.pid))


@contextmanager
def serving(application: str, workers: int = 1) -> Iterator[Server]:
    """Run `workers` of the production server with `application`, `module:name`, while the block runs."""
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    command += ["--workers", str(workers), "--blocking-threads", "1", "--log-level", "error", application]
    process = subprocess.Popen(command)  # noqa: S603 (our own words)
    try:
        _wait_for(port)
        yield Server(process.pid, port)
    finally:
        process.terminate()
        process.wait()


class Client:
    """A browser that keeps its connection, takes gzip, and comes from another address each time."""

    def __init__(self, server: Server) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port)
        self.visits = count()

    def get(self, path: str) -> None:
        """Ask for `path` and take the whole answer; raises `RuntimeError` if it is not 200."""
        visit = next(self.visits)
        address = (
            f"10.{visit >> 16 & 255}.{visit >> 8 & 255}.{visit & 255}"  # one client may ask only so often
        )
        self.connection.request("GET", path, headers={"Accept-Encoding": "gzip", "X-Forwarded-For": address})
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != http.client.OK:
            raise RuntimeError(f"{path} answered {answer.status}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"No server came up at port {port}.")


def _family(pid: int) -> list[int]:
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [pid, *(member for child in children for member in _family(child))]


def _time_on_cpu(pid: int) -> float:
    """Return what the threads of a process have used, in seconds; the kernel says it in nanoseconds."""
    return (
        sum(int(path.read_text().split()[0]) for path in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9
    )

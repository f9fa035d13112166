"""A web server that does what it is told, down to the byte: slow, endless, broken, or well-behaved."""

import socket
import threading
import time
from contextlib import suppress

PAUSE = 0.05  # seconds


def answer(body=b"", *, status="200 OK", head=True, **headers):
    """Return an answer as it travels; `content_type="…"` becomes the header Content-Type."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if head:
        named.setdefault("Content-Length", str(len(body)))
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in named.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def to(address, status="302 Found"):
    """Return an answer that leads on to `address`."""
    return answer(status=status, location=address)


def drip(*pieces, pause=PAUSE):
    """Send `pieces` with a pause before each but the first."""

    def send(connection):
        for number, piece in enumerate(pieces):
            time.sleep(pause if number else 0)
            connection.sendall(piece)

    return send


def endless(piece, *, begin=b"", pause=0.0):
    """Send `begin`, and then `piece` until nobody listens any more."""

    def send(connection):
        connection.sendall(begin)
        while True:
            connection.sendall(piece)
            time.sleep(pause)

    return send


class HostileServer:
    """Answers each path by what `answers` has for it: bytes, or a function of the connection."""

    def __init__(self, context=None):
        """Speak TLS where a context of the module ssl is given."""
        self.context = context
        self.answers = {}
        self.asked = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def place(self):
        return "127.0.0.1", self.port

    def url(self, path="/", host="127.0.0.1"):
        return f"http://{host}:{self.port}{path}"

    def close(self):
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _serve(self):
        with suppress(OSError):  # the test is over
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _secured(self, connection):
        return self.context.wrap_socket(connection, server_side=True) if self.context else connection

    def _answer(self, connection):
        with suppress(OSError), self._secured(connection) as connection:  # who asked has gone
            connection.settimeout(10)
            text = b""
            while b"\r\n\r\n" not in text:
                text += connection.recv(4096) or b"\r\n\r\n"
            lines = text.decode("latin-1").split("\r\n")
            method, path = [*lines[0].split(" "), "", ""][:2]
            headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
            self.asked.append((method, path, headers))
            told = self.answers.get(path, answer(status="404 Not Found"))
            if callable(told):
                told(connection)
            else:
                connection.sendall(told)

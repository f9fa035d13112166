"""From a checkout to an answering site in one command, `make run`.

What can be wrong is looked at before Django is imported, what is missing is prepared, and the process becomes
the production server. A second start finds nothing to prepare and changes nothing.
"""

import os
import secrets
import signal
import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dotenv import load_dotenv

if TYPE_CHECKING:  # nothing of Django before the checks
    from django.core.handlers.wsgi import WSGIHandler

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = "127.0.0.1"
EVERYWHERE = {"0.0.0.0": LOOPBACK, "::": "::1"}  # noqa: S104 - compared, not bound
POOL = 8  # connections that each process may keep to PostgreSQL for answering
ENV_INTRODUCTION = """\
# Settings of this Waymark, read at every start; the environment has the last word. What may be set here, such
# as DATABASE_URL, SITE_URL, ALLOWED_HOSTS, EMAIL_URL and REDIS_URL, stands at the top of portal/settings.py.
"""


class CannotStart(Exception):
    """The site cannot start; the message says why, and what to do, in one line."""


@dataclass(frozen=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    @property
    def shown_host(self) -> str:
        """The host that a browser on this machine can be given."""
        return EVERYWHERE.get(self.host, self.host)

    @property
    def url(self) -> str:
        """What to type into a browser on this machine."""
        host = self.shown_host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def main() -> int:
    """Prepare the site and become its server; return an exit status only if that cannot be."""
    try:
        serve(prepare(look_around()))
    except CannotStart as error:
        print(f"Waymark cannot start: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def look_around() -> Address:
    """Return where to listen, after all checks that need no Django; raises `CannotStart`."""
    env_file = read_env_file()
    address = chosen_address(os.environ)
    ensure_free(address)
    ensure_writable(Path(os.environ.get("VAR_DIR", str(BASE_DIR / "var"))))
    ensure_secret_key(env_file)
    publish(address)
    return address


def prepare(address: Address) -> Address:
    """Bring database, static files, content and staff up to date; raises `CannotStart`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db import OperationalError

    try:
        django.setup()
        from portal.preparation import bring_up_to_date

        bring_up_to_date()
    except (CommandError, ImproperlyConfigured) as error:
        raise CannotStart(" ".join(str(error).split())) from error
    except OperationalError as error:
        raise CannotStart(f"the database cannot be used: {' '.join(str(error).split())}") from error
    return address


# --- Before Django ---------------------------------------------------------------------------


def read_env_file() -> Path:
    """Add what `.env` says to the environment, and return its path; raises `CannotStart`."""
    if not os.environ.get("SECRET_KEY"):
        os.environ.pop("SECRET_KEY", None)  # an empty one would hide the one in the file
    path = Path(os.environ.get("ENV_FILE", str(BASE_DIR / ".env")))
    try:
        load_dotenv(path)
    except (OSError, UnicodeDecodeError) as error:
        raise CannotStart(f"{path} cannot be read ({error}).") from error
    return path


def chosen_address(environ: os._Environ[str] | dict[str, str]) -> Address:
    """Return the address that `HOST` and `PORT` ask for; raises `CannotStart` if the port is no port."""
    port = environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 1 <= int(port[:6]) <= 65535):
        raise CannotStart(f"PORT must be a number from 1 to 65535, not {port!r}.")
    return Address(environ.get("HOST") or LOOPBACK, int(port))


def ensure_free(address: Address) -> None:
    """Raise `CannotStart` if something else listens there, or the address is not this machine's.

    The server itself would not notice: it shares a taken port.
    """
    try:
        family, kind, _, _, place = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place)
    except OSError as error:
        raise CannotStart(
            f"{address.host} port {address.port} cannot be used ({error.strerror}). "
            "PORT= and HOST= choose another, for example: make run PORT=8001"
        ) from error


def ensure_writable(folder: Path) -> None:
    """Make `folder` where it is missing; raises `CannotStart` if nothing can be written in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise CannotStart(f"the folder {folder} cannot be written to ({error.strerror}).") from error


def ensure_secret_key(env_file: Path) -> None:
    """Add a new SECRET_KEY to `env_file` where none is set; raises `CannotStart` if that cannot be."""
    if os.environ.get("SECRET_KEY"):
        return
    key = secrets.token_urlsafe(50)
    try:
        append_privately(env_file, f"SECRET_KEY={key}\n")
    except OSError as error:
        raise CannotStart(f"{env_file} cannot be written ({error.strerror}).") from error
    os.environ["SECRET_KEY"] = key


def append_privately(path: Path, line: str) -> None:
    """Add `line` to the file at `path`, which nobody but its owner may read from then on."""
    before = path.read_text() if path.exists() else ENV_INTRODUCTION
    end = "" if not before or before.endswith("\n") else "\n"
    with open(path, "a", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(f"{end}{line}" if file.tell() else f"{before}{line}")


def publish(address: Address) -> None:
    """Let the settings know the address, where no setting names the site already."""
    if os.environ.get("SITE_URL") or os.environ.get("ALLOWED_HOSTS"):
        return
    os.environ["SITE_URL"] = address.url
    if address.shown_host not in {LOOPBACK, "localhost", "::1"}:
        os.environ["ALLOWED_HOSTS"] = f"{LOOPBACK},localhost,{address.shown_host}"


# --- After it ---------------------------------------------------------------------------------


def serve(address: Address) -> None:
    """Say where the site and its mail are, and become the server; raises `CannotStart`."""
    from django.db import connection, connections

    from portal.preparation import where_mail_goes

    command = server_command(address, processes=processes_for(connection.vendor, os.environ))
    connections.close_all()
    print(f"{where_mail_goes()}\nWaymark is at {shown(address)} - stop it with Ctrl-C.", flush=True)
    os.execv(sys.executable, command)


def shown(address: Address) -> str:
    """Return the address that people type, and where it is served if that is another."""
    from django.conf import settings

    site: str = settings.SITE_URL
    return address.url if site == address.url else f"{site}, served on {address.url}"


def processes_for(vendor: str, environ: os._Environ[str] | dict[str, str]) -> int:
    """Return how many processes to serve with; raises `CannotStart` if WEB_CONCURRENCY is no number.

    SQLite has one writer at a time, so threads of one process do; elsewhere WEB_CONCURRENCY decides.
    """
    if vendor == "sqlite":
        return 1
    asked = environ.get("WEB_CONCURRENCY") or "2"
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:4]) <= 256):
        raise CannotStart(f"WEB_CONCURRENCY must be a number from 1 to 256, not {asked!r}.")
    return int(asked)


def server_command(address: Address, *, processes: int) -> list[str]:
    """Return the server's command line."""
    options = {
        "interface": "wsgi",
        "host": address.host,
        "port": address.port,
        "working-dir": BASE_DIR,
        "workers": processes,
        "blocking-threads": min(POOL, 2 * (os.cpu_count() or 1) + 1),
        "blocking-threads-idle-timeout": 600,  # seconds, the most that granian takes; see CONN_MAX_AGE
        "backlog": 1024,
        "backpressure": 512,  # counts idle connections too, and stays below the usual limit of open files
        "http1-header-read-timeout": 15_000,  # milliseconds
        "workers-kill-timeout": 20,  # seconds that a stop waits for requests under way
        "log-level": "warning",
    }
    flags = [text for name, value in options.items() for text in (f"--{name}", str(value))]
    switches = ["--no-ws", "--respawn-failed-workers", "--factory"]
    return [sys.executable, "-m", "granian", *flags, *switches, "portal.start:application_of_worker"]


def application_of_worker() -> "WSGIHandler":
    """Return the site as each worker of the server runs it.

    A Ctrl-C reaches the server and its workers at once, and a worker that gets it together with the word of
    the server to stop hangs until it is killed (granian 2.8). So a worker hears its server alone.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    from portal.wsgi import application

    work_in_background()
    return application


def work_in_background() -> None:
    """Let this process work the queue beside answering, unless other processes are there for that."""
    from django.conf import settings

    from portal.worker import start

    if settings.WORKER == "embedded":
        start()


if __name__ == "__main__":
    sys.exit(main())

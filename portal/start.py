"""From a checkout to an answering site in one command, `make run`.

What can be wrong is looked at before Django is imported, what is missing is prepared, and the process becomes
the production server. A second start finds nothing to prepare and changes nothing.
"""

import filecmp
import os
import secrets
import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from dotenv import load_dotenv

BASE_DIR = Path(__file__).resolve().parent.parent
CONTENT_DIR = BASE_DIR / "guides" / "content"
STAFF_EMAIL = "editor@waymark.example"
LOOPBACK = "127.0.0.1"
EVERYWHERE = {"0.0.0.0": LOOPBACK, "::": "::1"}  # noqa: S104 - compared, not bound
POOL = 8  # connections that each process may keep to PostgreSQL
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
        migrate()
        collect_static()
        load_content()
        ensure_staff()
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


# --- With Django -----------------------------------------------------------------------------


def migrate() -> None:
    """Bring the tables up to date."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    # A pool would retry for half a minute and fill the screen where one attempt tells what is wrong.
    connection.settings_dict["OPTIONS"].pop("pool", None)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database.", flush=True)
        call_command("migrate", interactive=False, verbosity=0)


def collect_static() -> None:
    """Gather, name by content and compress the static files, unless that is as it should be."""
    from django.conf import settings
    from django.core.management import call_command

    if settings.DEBUG or static_is_fresh(Path(settings.STATIC_ROOT)):
        return
    print("Preparing the static files.", flush=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def static_is_fresh(root: Path) -> bool:
    """Return whether `root` holds the manifest, and an equal copy of each static file."""
    try:
        return (root / "staticfiles.json").is_file() and all(
            filecmp.cmp(source, root / name, shallow=False) for name, source in static_sources().items()
        )
    except OSError:  # one of them is missing
        return False


def static_sources() -> dict[str, str]:
    """Return the path of each static file by the name under which it is served."""
    from django.contrib.staticfiles.finders import get_finders

    sources: dict[str, str] = {}
    for finder in get_finders():
        for path, storage in finder.list(["CVS", ".*", "*~"]):  # as collectstatic does
            prefix = getattr(storage, "prefix", None)
            sources.setdefault(f"{prefix}/{path}" if prefix else path, storage.path(path))
    return sources


def load_content() -> None:
    """Load each bundled guide that is absent."""
    from django.core.management import call_command

    folders = sorted(str(place) for place in CONTENT_DIR.glob("*/") if place.is_dir())
    if folders:
        call_command("load_content", *folders, if_absent=True)


def ensure_staff() -> None:
    """Make a staff account where none exists, and print its password: this once, and nowhere else."""
    from allauth.account.models import EmailAddress
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.db import transaction
    from django.urls import reverse

    users = get_user_model().objects
    if users.filter(is_staff=True).exists():
        return
    taken = users.filter(email__iexact=STAFF_EMAIL).exists()
    email = f"{secrets.token_hex(4)}.{STAFF_EMAIL}" if taken else STAFF_EMAIL
    password = readable_password()
    with transaction.atomic():
        user = users.create_superuser(email, password)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    print(
        f"A staff account was made. Write this down, it is not shown again:\n"
        f"  log in at  {settings.SITE_URL}{reverse('admin:index')}\n"
        f"  e-mail     {email}\n"
        f"  password   {password}",
        flush=True,
    )


def readable_password() -> str:
    """Return ten random syllables in five groups, such as `bado-kemi-…`: some 61 bits."""

    def syllable() -> str:
        return secrets.choice("bdfghkmnprstvz") + secrets.choice("aeiou")

    return "-".join(syllable() + syllable() for _ in range(5))


def serve(address: Address) -> None:
    """Say where the site and its mail are, and become the server; raises `CannotStart`."""
    from django.db import connection, connections

    command = server_command(address, processes=processes_for(connection.vendor, os.environ))
    connections.close_all()
    print(f"{where_mail_goes()}\nWaymark is at {address.url} - stop it with Ctrl-C.", flush=True)
    os.execv(sys.executable, command)


def where_mail_goes() -> str:
    """Return one line on where the site's mail ends up."""
    from django.conf import settings

    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return f"Mail is written to {settings.EMAIL_FILE_PATH} (set EMAIL_URL to send it)."
    return f"Mail goes out through {settings.EMAIL_HOST}."


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
        "backlog": 1024,
        "backpressure": 512,  # counts idle connections too, and stays below the usual limit of open files
        "http1-header-read-timeout": 15_000,  # milliseconds
        "workers-kill-timeout": 20,  # seconds that a stop waits for requests under way
        "log-level": "warning",
    }
    flags = [text for name, value in options.items() for text in (f"--{name}", str(value))]
    switches = ["--no-ws", "--respawn-failed-workers"]
    return [sys.executable, "-m", "granian", *flags, *switches, "portal.wsgi:application"]


if __name__ == "__main__":
    sys.exit(main())

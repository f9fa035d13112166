"""What a start prepares: tables, static files, bundled content, and somebody who may enter the studio.

Each step looks first, so that a second start costs little and changes nothing.
"""

import filecmp
import secrets
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from search.freshness import catch_up

CONTENT_DIR = settings.BASE_DIR / "guides" / "content"
STAFF_EMAIL = "editor@waymark.example"


def bring_up_to_date() -> None:
    """Prepare what is missing; raises what Django's commands raise."""
    migrate()
    collect_static()
    load_content()
    catch_up()
    ensure_staff()


def migrate() -> None:
    """Bring the tables up to date."""
    # A pool would retry for half a minute and fill the screen where one attempt tells what is wrong.
    connection.settings_dict["OPTIONS"].pop("pool", None)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database.", flush=True)
        call_command("migrate", interactive=False, verbosity=0)


def collect_static() -> None:
    """Gather, name by content and compress the static files, unless that is as it should be."""
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
    sources: dict[str, str] = {}
    for finder in get_finders():
        for path, storage in finder.list(["CVS", ".*", "*~"]):  # as collectstatic does
            prefix = getattr(storage, "prefix", None)
            sources.setdefault(f"{prefix}/{path}" if prefix else path, storage.path(path))
    return sources


def load_content() -> None:
    """Load what of the bundled catalog never was here, and each bundled guide that is absent."""
    call_command("load_catalog", verbosity=0)
    folders = sorted(str(place) for place in CONTENT_DIR.glob("*/") if place.is_dir())
    if folders:
        call_command("load_content", *folders, if_absent=True)
    call_command("load_facts", verbosity=0)
    call_command("load_interviews", verbosity=0)
    call_command("load_quiz", verbosity=0)
    call_command("load_hiring", verbosity=0)


def ensure_staff() -> None:
    """Make a staff account where none exists, and print its password: this once, and nowhere else."""
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


def where_mail_goes() -> str:
    """Return one line on where the site's mail ends up."""
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return f"Mail is written to {settings.EMAIL_FILE_PATH} (set EMAIL_URL to send it)."
    return f"Mail goes out through {settings.EMAIL_HOST}."

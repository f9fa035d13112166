"""Who writes many figures at once does so after the other."""

from django.db import connection

LOCK = 5_107_422  # of PostgreSQL, held until the transaction ends; any number that nothing else takes


def wait_for_others() -> None:
    """Let no two loads or imports of figures run at once. SQLite sees to that by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])

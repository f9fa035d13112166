"""A database trigger refuses changes to what an edition says.

Whoever alters the table of editions on SQLite later has to run these statements again, because SQLite
drops the triggers of a table that is rebuilt; a test sees that the trigger is there after `migrate`.
"""

from django.db import migrations

COLUMNS = ("guide_id", "number", "slug", "title", "summary", "document", "sha256", "note", "created_at")

SQLITE = [
    f"""
    CREATE TRIGGER edition_is_immutable BEFORE UPDATE OF {", ".join(COLUMNS)} ON guides_edition
    BEGIN SELECT RAISE(ABORT, 'An edition is immutable; publish a new one.'); END
    """
]
POSTGRESQL = [
    """
    CREATE FUNCTION edition_is_immutable() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'An edition is immutable; publish a new one.' USING ERRCODE = '23514'; END $$
    """,
    f"""
    CREATE TRIGGER edition_is_immutable BEFORE UPDATE OF {", ".join(COLUMNS)} ON guides_edition
    FOR EACH ROW EXECUTE FUNCTION edition_is_immutable()
    """,
]


def _run(statements_of):
    def run(apps, schema_editor):
        for statement in statements_of[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return run


install = _run({"sqlite": SQLITE, "postgresql": POSTGRESQL})
remove = _run(
    {
        "sqlite": ["DROP TRIGGER edition_is_immutable"],
        "postgresql": [
            "DROP TRIGGER edition_is_immutable ON guides_edition",
            "DROP FUNCTION edition_is_immutable()",
        ],
    }
)


class Migration(migrations.Migration):
    dependencies = [("guides", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]

"""Triggers note each change of the questions, so that nothing that is kept of them in memory grows old.

As for the catalog (`courses` 0003): whoever alters one of these tables on SQLite later has to run these
statements again, because SQLite drops the triggers of a table that is rebuilt; a test sees that they are
there after `migrate`.
"""

from django.db import migrations

TABLES = ("interviews_question", "interviews_question_guides", "interviews_topic")
VERBS = ("INSERT", "UPDATE", "DELETE")

NOTE = """
    BEGIN
        INSERT INTO interviews_change (id) VALUES (NULL);
        DELETE FROM interviews_change WHERE id < (SELECT max(id) FROM interviews_change);
    END
"""

SQLITE = [
    f"CREATE TRIGGER {table}_{verb.lower()}_noted AFTER {verb} ON {table} {NOTE}"
    for table in TABLES
    for verb in VERBS
]
POSTGRESQL = [
    """
    CREATE FUNCTION interviews_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO interviews_change DEFAULT VALUES;
        DELETE FROM interviews_change WHERE id IN (
            SELECT id FROM interviews_change ORDER BY id DESC OFFSET 1000 FOR UPDATE SKIP LOCKED
        );
        RETURN NULL;
    END $$
    """,
    *(
        f"""
        CREATE TRIGGER {table}_noted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION interviews_changed()
        """
        for table in TABLES
    ),
]


def _run(statements_of):
    def run(apps, schema_editor):
        for statement in statements_of[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return run


install = _run({"sqlite": SQLITE, "postgresql": POSTGRESQL})
remove = _run(
    {
        "sqlite": [f"DROP TRIGGER {table}_{verb.lower()}_noted" for table in TABLES for verb in VERBS],
        "postgresql": [
            *(f"DROP TRIGGER {table}_noted ON {table}" for table in TABLES),
            "DROP FUNCTION interviews_changed()",
        ],
    }
)


class Migration(migrations.Migration):
    dependencies = [("interviews", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]

"""Triggers note each change of the catalog, so that nothing that is kept of it in memory grows old.

PostgreSQL notes statements, SQLite rows. Whoever alters one of these tables on SQLite later has to run these
statements again, because SQLite drops the triggers of a table that is rebuilt; a test sees that they are
there after `migrate`.
"""

from django.db import migrations

TABLES = (
    "courses_certification",
    "courses_certification_skills",
    "courses_certificationfigures",
    "courses_course",
    "courses_course_leads_to",
    "courses_course_skills",
    "courses_coursefigures",
    "courses_provider",
    "courses_skill",
)
VERBS = ("INSERT", "UPDATE", "DELETE")

NOTE = """
    BEGIN
        INSERT INTO courses_change (id) VALUES (NULL);
        DELETE FROM courses_change WHERE id < (SELECT max(id) FROM courses_change);
    END
"""

SQLITE = [
    f"CREATE TRIGGER {table}_{verb.lower()}_noted AFTER {verb} ON {table} {NOTE}"
    for table in TABLES
    for verb in VERBS
]
POSTGRESQL = [
    """
    CREATE FUNCTION catalog_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO courses_change DEFAULT VALUES;
        DELETE FROM courses_change WHERE id IN (
            SELECT id FROM courses_change ORDER BY id DESC OFFSET 1000 FOR UPDATE SKIP LOCKED
        );
        RETURN NULL;
    END $$
    """,
    *(
        f"""
        CREATE TRIGGER {table}_noted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION catalog_changed()
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
            "DROP FUNCTION catalog_changed()",
        ],
    }
)


class Migration(migrations.Migration):
    dependencies = [("courses", "0002_offers_in_full")]
    operations = [migrations.RunPython(install, remove)]

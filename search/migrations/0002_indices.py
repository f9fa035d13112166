"""The indices that documents are found by, kept by the databases themselves."""

from django.db import migrations

ENTER = "INSERT INTO search_index (rowid, title_words, text_words) VALUES (new.id, new.title_words, new.text_words);"
REMOVE = (
    "INSERT INTO search_index (search_index, rowid, title_words, text_words)"
    " VALUES ('delete', old.id, old.title_words, old.text_words);"
)

SQLITE = [
    # The words are folded already; marks belong to the words of some scripts.
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        title_words, text_words, content='search_searchdocument', content_rowid='id', prefix='2 3',
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
    )
    """,
    f"CREATE TRIGGER search_entered AFTER INSERT ON search_searchdocument BEGIN {ENTER} END",
    f"CREATE TRIGGER search_removed AFTER DELETE ON search_searchdocument BEGIN {REMOVE} END",
    f"CREATE TRIGGER search_altered AFTER UPDATE ON search_searchdocument BEGIN {REMOVE} {ENTER} END",
]
POSTGRESQL = [
    """
    ALTER TABLE search_searchdocument ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('pg_catalog.simple', title_words), 'A')
        || setweight(to_tsvector('pg_catalog.simple', text_words), 'D')
    ) STORED
    """,
    # New entries go into the index at once: to look through those that wait costs every search.
    "CREATE INDEX search_vector ON search_searchdocument USING gin (vector) WITH (fastupdate = off)",
]


def _run(statements_of):
    def run(apps, schema_editor):
        for statement in statements_of[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return run


install = _run({"sqlite": SQLITE, "postgresql": POSTGRESQL})
remove = _run(
    {
        "sqlite": [
            *(f"DROP TRIGGER search_{event}" for event in ("entered", "removed", "altered")),
            "DROP TABLE search_index",
        ],
        "postgresql": ["ALTER TABLE search_searchdocument DROP COLUMN vector"],
    }
)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]

"""What changes whenever a figure does: pages that show figures are kept under it."""

from django.contrib.admin.models import LogEntry
from django.db import connection, models

from facts.models import Naming, Outlook, Place, Salary
from guides.models import Source

# History is only added to, so its length tells of each change, in whichever order they are committed. Rows
# that were stored in bulk may have none: their number and greatest id tell of them. Sources and places have
# no history; the studio logs what is done to them.
COUNTED: tuple[type[models.Model], ...] = (
    *(model for figure in (Salary, Outlook, Naming) for model in (figure, figure.history.model)),
    Place,
    Source,
)
LAST: tuple[type[models.Model], ...] = (Salary, Outlook, Naming, LogEntry)


def figures_version() -> str:
    """Return what differs after each change of a figure, a list of names, a place or a source. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT)
        return "-".join(str(number or 0) for number in cursor.fetchone())


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


_PARTS = (
    *(f"(SELECT COUNT(*) FROM {_table(model)})" for model in COUNTED),  # noqa: S608 (our own tables)
    *(f"(SELECT MAX(id) FROM {_table(model)})" for model in LAST),  # noqa: S608 (as above)
)
_STATEMENT = f"SELECT {', '.join(_PARTS)}"

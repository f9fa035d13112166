"""Tables of salaries, and what becomes of them."""

import csv
import io

from facts.importing.drafts import Options
from facts.importing.fates import Verdict
from facts.importing.planning import File, plan
from facts.importing.storing import store
from facts.models import Salary


def written(path, content):
    """Return the path of a new file with this content, text or bytes."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def text_of(*rows, sign=","):
    """Return the CSV with the columns that `rows` (dicts) have."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)), delimiter=sign)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def planned(path, *, fields=None, encoding="", **options):
    """Return what a file would do."""
    said = Options(**{"source": "bureau", "guide": "data-baker", **options})
    return plan(File(path, path.name, encoding, fields or {}, said), path.with_suffix(".plan"))


def brought(path, **options):
    """Store what a file says, and return what became of it."""
    made = planned(path, **options)
    store(made)
    return made


def counts(made):
    """Return how many figures are new, changed, the same, removed, refused and passed over."""
    return tuple(made.counts[verdict] for verdict in Verdict)


def reasons(made):
    """Return why figures are refused, by the place of their row."""
    return {fate.place: fate.reasons for fate in made.fates() if fate.faults}


def figures():
    """Return all that is stored of salaries, without the ids of rows."""
    names = [field.name for field in Salary._meta.fields if field.name != "id"]
    return list(Salary.objects.order_by("pk").values_list(*names))

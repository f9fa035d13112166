"""Figures as CSV (RFC 4180), in UTF-8 with the mark that tells spreadsheets so.

No cell is ever reckoned with: text that a spreadsheet would take for a formula begins with an apostrophe.
"""

import csv
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from io import StringIO
from typing import Any

from courses.importing.cleaning import hidden
from facts.explorer.naming import chain_of
from facts.explorer.outlook import Prospects
from facts.explorer.sections import kind_of
from facts.models import Figure, Naming, Outlook, Place, Salary
from facts.words import described
from guides.models import Source

MARK = "\ufeff"
LISTED = "; "  # between names in one cell
Cells = dict[str, Any]


def csv_of_pay(figures: Iterable[Salary], today: date) -> str:
    """Return `figures` of pay as CSV, one row each; amounts are in `currency` for one `period`."""
    of_place = cache(_place)  # there are far fewer places than figures
    return _written(
        (
            {
                "section": "all occupations" if figure.guide_id is None else kind_of(figure),
                **of_place(figure.place),
                "industry": figure.industry,
                "level": figure.level,
                "statistic": figure.statistic,
                "low": figure.low,
                "high": figure.high,
                "amount": figure.amount,
                "currency": figure.currency,
                "period": figure.period,
                "answers": figure.answers,
                **_said(figure, today),
            }
            for figure in figures
        ),
        PAY,
    )


def csv_of_outlook(prospects: Prospects) -> str:
    """Return projections as CSV, and after them the lists of names, in the same columns."""
    today = prospects.facts.today
    projections = (_projection(each.figure, today) for each in prospects.projections)
    return _written([*projections, *map(_names, prospects.namings)], OUTLOOK)


PLACE = ("place", "place_kind", "state", "country")
SAID = (
    *("describes", "old", "source", "source_title", "source_url", "via", "via_title", "via_url"),
    *("retrieved_on", "occupation", "occupation_code", "note"),
)
PAY = (
    *("section", *PLACE, "industry", "level", "statistic", "low", "high", "amount", "currency", "period"),
    *("answers", *SAID),
)
OUTLOOK = (
    *("kind", *PLACE, "statistic", "origin", "from_year", "until_year", "change_percent", "change_count"),
    *("posts_before", "posts_after", "compared_with", "names", *SAID),
)


def _projection(figure: Outlook, today: date) -> Cells:
    return {
        "kind": "projection",
        **_place(figure.place),
        "statistic": figure.statistic,
        "origin": figure.origin,
        "from_year": figure.year,
        "until_year": figure.until,
        "change_percent": figure.change_percent,
        "change_count": figure.change_count,
        "posts_before": figure.before,
        "posts_after": figure.after,
        "compared_with": figure.compared_with,
        **_said(figure, today),
    }


def _names(naming: Naming) -> Cells:
    sources = list(naming.sources.all())
    return {
        "kind": naming.kind,
        **(_place(naming.place) if naming.place else {}),
        "names": LISTED.join(map(str, naming.names)),
        "source": LISTED.join(source.publisher for source in sources),
        "source_title": LISTED.join(source.title for source in sources),
        "source_url": LISTED.join(source.url for source in sources if source.url),
        "retrieved_on": naming.retrieved_on,
    }


def _place(place: Place) -> Cells:
    around = {each.kind: each.name for each in chain_of(place)}
    return {
        "place": place.name,
        "place_kind": place.kind,
        "state": around.get(Place.Kind.STATE, ""),
        "country": around.get(Place.Kind.COUNTRY, ""),
    }


def _said(figure: Figure, today: date) -> Cells:
    return {
        "describes": described(figure),
        "old": "yes" if figure.is_old(today) else "no",
        **_source("source", figure.source),
        **(_source("via", figure.via) if figure.via else {}),
        "retrieved_on": figure.retrieved_on,
        "occupation": figure.occupation,
        "occupation_code": figure.occupation_code,
        "note": figure.note,
    }


def _source(name: str, source: Source) -> Cells:
    return {name: source.publisher, f"{name}_title": source.title, f"{name}_url": source.url}


def _written(rows: Iterable[Cells], header: tuple[str, ...]) -> str:
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(header)
    writer.writerows([_cell(row.get(name)) for name in header] for row in rows)
    return MARK + file.getvalue()


def _cell(value: Any) -> Any:
    """Return `value` as a spreadsheet shows it: numbers as numbers, and text that it takes for text."""
    if not value or isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return hidden(str(value))

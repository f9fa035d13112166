"""How a row is understood, cell by cell: it may give several figures."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from courses.importing.refusal import Refused
from facts.importing import words
from facts.importing.columns import Columns
from facts.importing.drafts import Draft, Options
from facts.importing.figures import Figure, figures_of
from facts.importing.places import Naming
from facts.importing.table import Line

PARSERS: Mapping[str, Callable[[str], Any]] = {
    "career": words.name,
    "occupation_code": words.occupation_code,
    "occupation": words.name,
    "place": words.name,
    "place_code": words.name,
    "place_kind": words.place_kind,
    "within": words.name,
    "us_state": words.us_state,
    "industry": words.industry,
    "level": words.level,
    "statistic": words.statistic,
    "currency": words.currency,
    "period": words.period,
    "year": words.year,
    "month": words.month,
    "retrieved": words.past_day,
    "answers": words.answers,
    "note": words.note,
}


@dataclass
class Said:
    """What the cells of a row say, by fields, and what of them was not understood."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)

    def get(self, name: str) -> Any:
        return self.values.get(name) or ""


def drafts_of(line: Line, columns: Columns, options: Options) -> Iterator[Draft]:
    """Yield what `line` says of each figure; one draft with faults where it is not understood."""
    if line.passed or line.fault:
        faults = [("", line.fault)] if line.fault else []
        yield Draft(line.place, passed=line.passed, faults=faults)
        return
    said = _said(line, columns)
    careers = _careers(said, options)
    if not careers and not said.faults:
        yield Draft(line.place, passed=f"no career is given for the occupation {said.get('occupation_code')}")
        return
    where = _where(said, columns, options)
    _check_place(where, columns, said)
    title = " ".join(filter(None, (said.get("occupation"), where.name or where.code)))
    if said.faults:
        yield Draft(line.place, title, faults=said.faults)
        return
    for figure in figures_of(line, columns, said.values, options):
        for career in careers:
            yield _draft(line, said, career, where, figure, options)


def _said(line: Line, columns: Columns) -> Said:
    said = Said()
    for column, name in columns.fields.items():
        try:
            said.values[name] = PARSERS[name](line.cells.get(column, ""))
        except Refused as refused:
            said.faults.append((column, str(refused)))
    return said


def _careers(said: Said, options: Options) -> tuple[str, ...]:
    """Return the slugs of the careers that the row is of; none if the options leave its occupation out."""
    if career := said.get("career"):
        return (career,)
    if options.codes:
        return options.codes.get(said.get("occupation_code"), ())
    if not options.guide and not said.faults:
        said.faults.append(("", "says no career; give a column, --guide or --code"))
    return (options.guide,)


def _where(said: Said, columns: Columns, options: Options) -> Naming:
    name, code, kind = said.get("place"), said.get("place_code"), said.get("place_kind")
    within, state = said.get("within"), said.get("us_state")
    if columns.is_oews and kind == "country":
        code = code or "US"
    elif state and state != "US":
        within = within or ("US" if kind == "state" else f"US-{state}")
        code = code or (f"US-{state}" if kind == "state" else "")
    return Naming(name or (options.place if not code else ""), code, kind, within)


def _check_place(where: Naming, columns: Columns, said: Said) -> None:
    unread = {"place", "place_code"} & {columns.fields.get(column) for column, _ in said.faults}
    if not where.name and not where.code and not unread:
        said.faults.append(("", "names no place; give a column or --place"))
    if len(where.code) > 6:
        said.faults.append(("", f"“{where.code[:20]}” is no code of a place, such as US or US-CA"))


def _draft(line: Line, said: Said, career: str, where: Naming, figure: Figure, options: Options) -> Draft:
    year = said.values.get("year") or options.year
    identity = {
        "statistic": figure.statistic,
        "industry": said.get("industry"),
        "level": said.get("level"),
        "occupation_code": said.get("occupation_code"),
        "year": year,
        "month": said.values.get("month") or (options.month if year == options.year else None),
        "currency": figure.currency,
        "period": figure.period,
        "note": said.get("note"),
    }
    values = figure.values | {"occupation": said.get("occupation"), "answers": said.values.get("answers")}
    draft = Draft(line.place, "", career, where, identity, values, said.values.get("retrieved"))
    unit = (
        f"{figure.statistic} ({figure.currency} a {figure.period})" if figure.currency else figure.statistic
    )
    parts = (career or "all occupations", where.name or where.code, identity["industry"], identity["level"])
    draft.title = ", ".join(filter(None, (*parts, unit)))
    draft.faults, draft.told = list(figure.faults), figure.told
    if identity["month"] and not year:
        draft.faults.append(("", "gives a month without its year"))
    return draft

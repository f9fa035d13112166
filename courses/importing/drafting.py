"""How a row is understood, cell by cell."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from courses.importing import vocabulary
from courses.importing.cleaning import given, is_broken, line, listed, prose
from courses.importing.columns import Columns
from courses.importing.drafts import Draft, Options
from courses.importing.efforts import combined, effort
from courses.importing.links import link
from courses.importing.numbers import count, rating
from courses.importing.prices import iso_currency, price
from courses.importing.reading import Row
from courses.importing.refusal import Refused
from courses.models import Status
from portal.slugs import RESERVED

NAME, TITLE, SLUG = 120, 200, 120  # characters, the most of each


def draft_of(row: Row, columns: Columns, options: Options, file: str) -> Draft:
    """Return what `row` says; `file` is the source of figures that name no other.

    What was not understood stands in its `faults`, as the column and the reason.
    """
    draft = Draft(row)
    if row.fault:
        draft.faults.append(("", row.fault))
        return draft
    cells = {name: (column, row.cells.get(column) or "") for column, name in columns.fields.items()}
    reader = _Reader(draft, cells)
    _read_names(reader)
    _read_course(reader)
    _read_figures(reader, options, file)
    return draft


class _Reader:
    """Reads one cell after another into a draft, and notes what was not understood."""

    def __init__(self, draft: Draft, cells: dict[str, tuple[str, str]]) -> None:
        self.draft, self.cells = draft, cells

    def has(self, name: str) -> bool:
        return bool(self.cells.get(name, ("", ""))[1].strip())

    def read(self, name: str, parse: Callable[..., Any], *more: Any) -> Any:
        """Return what `parse` makes of a cell, or None if it is not understood or not there."""
        if not self.has(name):
            return None
        column, raw = self.cells[name]
        try:
            return parse(raw, *more)
        except Refused as refused:
            self.draft.faults.append((column, str(refused)))
            return None

    def refuse(self, name: str, reason: str) -> None:
        self.draft.faults.append((self.cells.get(name, (name, ""))[0], reason))


def _read_names(reader: _Reader) -> None:
    draft = reader.draft
    title = reader.read("title", line, TITLE)
    if title:
        draft.fields["title"] = title
        draft.broken = reader.cells["title"][0] if is_broken(title) else ""
        raw = " ".join(reader.cells["title"][1].split())
        if raw != title:
            draft.mended[raw] = title
    draft.slug = reader.read("slug", _slug) or ""
    if not title and not draft.slug and not draft.faults:
        reader.refuse("title", "has no title")
    draft.provider = reader.read("provider", line, NAME) or ""
    draft.platform = reader.read("platform", line, NAME) or ""
    draft.skills = reader.read("skills", _names) or None
    draft.leads_to = reader.read("leads_to", _names) or None


PARSERS: dict[str, Callable[[str], Any]] = {
    "summary": prose,
    "url": link,
    "kind": vocabulary.kind,
    "level": vocabulary.level,
    "format": vocabulary.format_,
    "language": vocabulary.language,
    "status": vocabulary.status,
}
EFFORTS = {
    "duration": "",
    "effort": "",
    "effort_hours": "hours",
    "weeks": "weeks",
    "weekly_hours": "hours a week",
}


def _read_course(reader: _Reader) -> None:
    fields = reader.draft.fields
    for name, parse in PARSERS.items():
        if value := reader.read(name, parse):
            fields[name] = value
    efforts = [(name, reader.read(name, effort, unit)) for name, unit in EFFORTS.items()]
    try:
        fields |= combined([told for _, told in efforts if told])
    except Refused as refused:
        reader.refuse(next(name for name, told in reversed(efforts) if told), str(refused))
    checked = reader.read("checked_on", _past_day)
    if fields.get("status", Status.UNVERIFIED) != Status.UNVERIFIED and not checked:
        reader.refuse("status", f"“{fields['status']}” needs the day on which that was checked (checked_on)")
    if checked:
        fields["checked_on"] = checked


def _read_figures(reader: _Reader, options: Options, file: str) -> None:
    draft = reader.draft
    found = {
        "rating": reader.read("rating", rating),
        "ratings": reader.read("rating_count", count),
        "enrolled": reader.read("enrolled", count),
    }
    if found["ratings"] == 0 and not found["rating"]:
        found["rating"] = None  # nobody rated it, so that there are no stars
    if cost := reader.read("price", price, reader.read("currency", iso_currency) or "", options.currency):
        found |= {"price": cost[0], "currency": cost[1]}
    draft.figures = {name: value for name, value in found.items() if value is not None}
    draft.source = reader.read("source", line, NAME) or options.source
    draft.source = (draft.source or draft.platform or draft.provider or file)[:NAME]
    draft.source_url = reader.read("source_url", link) or ""
    today = timezone.localdate()
    draft.retrieved_on = reader.read("retrieved_on", _past_day) or options.retrieved_on or today


def _slug(raw: str) -> str:
    slug = given(raw)
    if slug and (not re.fullmatch(r"[-a-zA-Z0-9_]+", slug) or len(slug) > SLUG):
        raise Refused(f"“{slug[:SLUG]}” is no slug; use letters a to z, digits and hyphens, {SLUG} at most")
    if slug in RESERVED:
        raise Refused(f"the slug “{slug}” is taken by a page of the site")
    return slug


def _names(raw: str) -> list[str]:
    return [name for each in listed(raw) if (name := line(each, NAME))]


def _past_day(raw: str) -> date | None:
    text = given(raw)
    try:
        day = date.fromisoformat(text.split(" ")[0]) if text else None
    except ValueError:
        raise Refused(f"“{text}” is no day; write it as 2026-11-21") from None
    if day and day > timezone.localdate():
        raise Refused(f"“{text}” is in the future")
    return day

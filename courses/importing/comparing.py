"""What a row changes of a course that is there."""

from collections.abc import Iterable
from typing import Any

from courses.importing.catalog import Catalog
from courses.importing.cleaning import clean, key
from courses.importing.drafts import Draft
from courses.models import Course, CourseFigures

Changes = dict[str, list[str]]
Orders = dict[str, Any]


def compared(draft: Draft, course: Course, catalog: Catalog) -> tuple[Changes, Orders]:
    """Return what `draft` changes of `course`, before and after, and what is to be stored for that.

    What the draft does not give stays. The course has its names, skills, certifications and figures fetched.
    """
    changes: Changes = {}
    orders: Orders = {}
    fields = {name: value for name, value in draft.fields.items() if _differs(draft, course, name, value)}
    _note(changes, {name: (getattr(course, name), value) for name, value in fields.items()})
    for name in ("provider", "platform"):
        told, there = getattr(draft, name), getattr(course, name)
        if told and (slug := catalog.providers.found_or_made(told)) != (there and there.slug):
            orders[name] = slug
            _note(changes, {name: (there or "", told)})
    for name, names in (("skills", catalog.skills), ("leads_to", catalog.certifications)):
        if (told := getattr(draft, name)) is not None:
            slugs, there = {names.found_or_made(each) for each in told}, getattr(course, name).all()
            if slugs != {each.slug for each in there}:
                orders[name] = sorted(slugs)
                _note(changes, {name: ("; ".join(map(str, there)), "; ".join(told))})
    if fields:
        orders["fields"] = fields
    if figures := _figures(draft, list(course.figures.all()), changes):
        orders["figures"] = figures
    return changes, orders


def ordered(draft: Draft, slug: str, catalog: Catalog) -> Orders:
    """Return what is to be stored for the new course of `draft`."""
    orders: Orders = {"fields": draft.fields | {"slug": slug}}
    for name in ("provider", "platform"):
        if told := getattr(draft, name):
            orders[name] = catalog.providers.found_or_made(told)
    if draft.skills:
        orders["skills"] = sorted({catalog.skills.found_or_made(each) for each in draft.skills})
    if draft.leads_to:
        orders["leads_to"] = sorted({catalog.certifications.found_or_made(each) for each in draft.leads_to})
    if draft.figures:
        orders["figures"] = new_figures(draft)
    return orders


def _differs(draft: Draft, course: Course, name: str, value: Any) -> bool:
    there = getattr(course, name)
    if name == "title" and not draft.slug:  # which it was found by
        return key(there) != key(value)
    if isinstance(value, str) and isinstance(there, str):
        return clean(there, lines=name == "summary") != value
    return there != value


def _figures(draft: Draft, there: Iterable[CourseFigures], changes: Changes) -> Orders | None:
    """Return the figures to store, if they are not what the source said last."""
    if not draft.figures:
        return None
    told = draft.figures | ({"source_url": draft.source_url} if draft.source_url else {})
    of_source = [
        row
        for row in there
        if key(row.source) == key(draft.source) and row.retrieved_on <= draft.retrieved_on
    ]
    last = max(of_source, key=lambda row: row.retrieved_on, default=None)
    differing = {name: value for name, value in told.items() if getattr(last, name, None) != value}
    if last and not differing:
        return None
    _note(changes, {name: (getattr(last, name, ""), value) for name, value in differing.items()})
    if last and last.retrieved_on == draft.retrieved_on:
        return {"pk": last.pk, "fields": differing}
    return new_figures(draft)


def new_figures(draft: Draft) -> Orders:
    """Return what is to be stored for figures that stand beside all others."""
    whence = {"source": draft.source, "source_url": draft.source_url, "retrieved_on": draft.retrieved_on}
    return {"pk": None, "fields": draft.figures | whence}


def _note(changes: Changes, differing: dict[str, tuple[Any, Any]]) -> None:
    for name, (before, after) in differing.items():
        changes[name] = ["" if before is None else str(before), str(after)]

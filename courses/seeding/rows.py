"""The rows of entries of one kind: made where they are absent, filled where they say nothing new."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from courses.models import Seeded

FIRST = {"slug", "name", "title", "url", "provider", "platform", "issuer"}  # what earlier versions knew
OWN = {"id", "added_at"}  # what a row has by itself

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Brought:
    """What became of the entries of one kind; they are named by their slugs.

    `new` are those that came for the first time: some were made, some filled a row, the rest was left alone.
    `ids` are the rows of all entries that have one.
    """

    model: type[Model]
    new: Collection[str]
    made: Collection[str]
    filled: Collection[str]
    ids: Mapping[str, int]

    @property
    def kind(self) -> str:
        return str(self.model._meta.model_name)

    @property
    def open(self) -> set[str]:
        """The entries that may say more than the fields of their rows."""
        return {*self.made, *self.filled}


def bring(model: type[Model], entries: Mapping[str, Fields]) -> Brought:
    """Give the `entries` that never came here their rows, in at most six queries."""
    came = set(Seeded.objects.filter(kind=model._meta.model_name).values_list("slug", flat=True))
    new = {slug: fields for slug, fields in entries.items() if slug not in came}
    there = _there(model, new)
    filled = {slug: row for slug, row in there.items() if _says_nothing_new(row)}
    _fill(model, filled, new)
    made = [slug for slug in new if slug not in there]
    rows = [model(slug=slug, **new[slug]) for slug in made]
    model._default_manager.bulk_create(rows, ignore_conflicts=True)  # somebody else may be as fast
    ids = model._default_manager.filter(slug__in=entries).values_list("slug", "pk")
    return Brought(model, list(new), made, list(filled), dict(ids))


def _there(model: type[Model], slugs: Iterable[str]) -> dict[str, Any]:
    """Return the rows by slug, with what else they say."""
    rows: Any = model._default_manager.filter(slug__in=list(slugs))
    return {row.slug: row for row in rows.prefetch_related(*_more(model))}


def _more(model: type[Model]) -> list[str]:
    """Return what later versions let a row say beside its fields."""
    return [name for name in ("figures", "leads_to") if hasattr(model, name)]


def _says_nothing_new(row: Model) -> bool:
    """Whether a row may be one of an earlier version; a skill has had nothing but its name from the start."""
    later = [field for field in row._meta.concrete_fields if field.name not in FIRST | OWN]
    return (
        bool(later)
        and all(_is_default(row, field.attname) for field in later)
        and not any(getattr(row, name).all() for name in _more(type(row)))
    )


def _fill(model: type[Model], rows: Mapping[str, Model], entries: Mapping[str, Fields]) -> None:
    """Let `rows` say what their entries do where they say nothing."""
    changed = set[str]()
    for slug, row in rows.items():
        for name, value in entries[slug].items():
            if _is_default(row, name):
                setattr(row, name, value)
                changed.add(name)
    if changed:
        model._default_manager.bulk_update(rows.values(), sorted(changed))


def _is_default(row: Model, name: str) -> bool:
    field: Any = row._meta.get_field(name)
    return bool(getattr(row, name) == field.get_default())

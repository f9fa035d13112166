"""Bringing the bundled catalog into this one, so that nothing of the staff's is written over.

Each entry comes once. It is made where its slug is absent; a row that is there and says nothing beyond what
earlier versions knew of it is filled; any other row is left alone. What came once is remembered, so that
what staff changed, renamed or deleted stays as they left it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from courses.models import (
    Certification,
    CertificationFigures,
    Course,
    CourseFigures,
    Figures,
    Provider,
    Seeded,
    Skill,
)
from courses.seeding.aliases import bring_aliases
from courses.seeding.reading import Content, read_content
from courses.seeding.rows import Brought, Fields, bring
from courses.seeding.schema import CertificationEntry, CourseEntry, Entry, OfferEntry

BUNDLED = Path(__file__).resolve().parent.parent / "content"
PROVIDERS = ("provider", "platform", "issuer")
ROWS_OF_OTHERS = {
    "slug",
    "aliases",
    "skills",
    "leads_to",
    "figures",
}  # of an entry, what is no field of its row

Ids = Mapping[str, int]


@dataclass(frozen=True)
class Counts:
    """How many entries were made, filled a row that was there, or were left alone."""

    made: int
    filled: int
    left: int

    def __str__(self) -> str:
        return f"{self.made} made, {self.filled} filled, {self.left} left alone"


def seed(folder: Path = BUNDLED) -> Counts:
    """Bring in what `folder` has and this site never had. All or nothing; raises `BrokenCatalog`."""
    content = read_content(folder)
    with transaction.atomic():
        kinds = _bring(content)
        came = [Seeded(kind=kind.kind, slug=slug) for kind in kinds for slug in kind.new]
        Seeded.objects.bulk_create(came, ignore_conflicts=True)
    made, filled = sum(len(kind.made) for kind in kinds), sum(len(kind.filled) for kind in kinds)
    return Counts(made, filled, content.size - made - filled)


def _bring(content: Content) -> list[Brought]:
    skills = bring(Skill, _fields(content.skills))
    bring_aliases(content.skills, skills.ids)
    providers = bring(Provider, _fields(content.providers))
    certifications = bring(Certification, _fields(content.certifications, providers.ids))
    courses = bring(Course, _fields(content.courses, providers.ids))
    _say_more(certifications, content.certifications, CertificationFigures, skills.ids)
    _say_more(courses, content.courses, CourseFigures, skills.ids)
    leads_to = {entry.slug: entry.leads_to for entry in content.courses if entry.slug in courses.open}
    _relate(courses, "leads_to", leads_to, certifications.ids)
    return [skills, providers, certifications, courses]


def _fields(entries: Iterable[Any], providers: Ids | None = None) -> dict[str, Fields]:
    """Return, by slug, what each entry says in the fields of its row."""
    return {entry.slug: _row(entry, providers or {}) for entry in entries}


def _row(entry: Entry, providers: Ids) -> Fields:
    said = entry.model_dump(exclude=ROWS_OF_OTHERS, exclude_none=True)
    named = {f"{name}_id": providers.get(said.pop(name)) for name in PROVIDERS if name in said}
    return {**said, **named}


def _say_more(
    offers: Brought,
    entries: Sequence[CertificationEntry] | Sequence[CourseEntry],
    model: type[Figures],
    skills: Ids,
) -> None:
    """Give offers their figures, and their skills where they have none."""
    opened: list[OfferEntry] = [entry for entry in entries if entry.slug in offers.open]
    bare = offers.model._default_manager.filter(slug__in=offers.open, skills=None)
    without = set(bare.values_list("slug", flat=True))
    _relate(offers, "skills", {entry.slug: entry.skills for entry in opened if entry.slug in without}, skills)
    rows = [
        model(**{f"{offers.kind}_id": offers.ids[entry.slug]}, **figures.model_dump(exclude_none=True))
        for entry in entries
        if entry.slug in offers.open
        for figures in entry.figures
    ]
    model._default_manager.bulk_create(rows, ignore_conflicts=True)


def _relate(offers: Brought, field: str, wanted: Mapping[str, Iterable[str]], ids: Ids) -> None:
    """Let offers name by `field` what is wanted of them; what staff deleted is not named."""
    relation: Any = offers.model._meta.get_field(field)
    own, other = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    pairs = [
        {f"{own}_id": offers.ids[slug], f"{other}_id": ids[name]}
        for slug, names in wanted.items()
        for name in names
        if name in ids
    ]
    through = relation.remote_field.through
    through.objects.bulk_create([through(**pair) for pair in pairs], ignore_conflicts=True)

"""What the catalog says to the search: what is listed, and who and what stands behind it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from courses.languages import LANGUAGES
from courses.models import Certification, Change, Course, Provider, Skill
from search.parts import Draft, Part

COURSE = ("pk", "slug", "title", "summary", "kind", "level", "language", "provider__name", "platform__name")
CERTIFICATION = ("pk", "slug", "title", "summary", "kind", "issuer__name")
PROVIDER = ("pk", "slug", "name", "summary", "kind")


def version() -> str:
    """Return what differs after each change of the catalog."""
    return str(Change.objects.version())


def drafts() -> Iterator[Draft]:
    """Yield all that is listed, by few queries of plain values: there may be many."""
    yield from _courses()
    yield from _certifications()
    yield from _skills()
    yield from _providers()


def _courses() -> Iterator[Draft]:
    kinds, levels, languages = dict(Course.Kind.choices), dict(Course.Level.choices), dict(LANGUAGES)
    skills, place = _skills_of(Course), _place("course")
    rows = Course.objects.listed().order_by().values_list(*COURSE)
    for pk, slug, title, summary, kind, level, language, provider, platform in rows:
        facts = [provider, platform, kinds.get(kind), levels.get(level), languages.get(language), *skills[pk]]
        yield Draft("course", str(pk), title, _text(facts, summary), f"{place}{slug}/")


def _certifications() -> Iterator[Draft]:
    kinds = dict(Certification.Kind.choices)
    skills, place = _skills_of(Certification), _place("certification")
    rows = Certification.objects.listed().order_by().values_list(*CERTIFICATION)
    for pk, slug, title, summary, kind, issuer in rows:
        text = _text([issuer, kinds.get(kind), *skills[pk]], summary)
        yield Draft("certification", str(pk), title, text, f"{place}{slug}/", boost=1.1)


def _skills() -> Iterator[Draft]:
    place = _place("skill")
    for pk, slug, name in Skill.objects.order_by().values_list("pk", "slug", "name"):
        yield Draft("skill", str(pk), name, "", f"{place}{slug}/", boost=1.5)


def _providers() -> Iterator[Draft]:
    kinds, place = dict(Provider.Kind.choices), _place("provider")
    for pk, slug, name, summary, kind in Provider.objects.order_by().values_list(*PROVIDER):
        yield Draft(
            "provider", str(pk), name, _text([kinds.get(kind)], summary), f"{place}{slug}/", boost=1.3
        )


def _place(name: str) -> str:
    """Return what the addresses of these pages begin with; to put each together anew would take long."""
    return reverse(name, args=["-"]).removesuffix("-/")


def _skills_of(model: type[Course | Certification]) -> dict[int, list[str]]:
    """Return the names of the skills of each offer, by its primary key."""
    skills: dict[int, list[str]] = defaultdict(list)
    links: Any = model.skills.through.objects
    offer = f"{model._meta.model_name}_id"
    for pk, name in links.order_by("skill__name").values_list(offer, "skill__name"):
        skills[pk].append(name)
    return skills


def _text(facts: list[str | None], summary: str) -> str:
    return " · ".join(filter(None, [*facts, " ".join(summary.split())]))


CATALOG = Part("catalog", ("course", "certification", "skill", "provider"), version, drafts)

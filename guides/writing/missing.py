"""What a document names and the database no longer has, made again from what the document says of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.text import slugify

from courses.models import Certification, Course, Provider, Skill
from guides.document import Content, OfferDocument, PictureDocument, SourceDocument
from guides.models import Picture, Source
from guides.writing.relations import ends_of, links_of
from portal.slugs import RESERVED


def make_missing(content: Content) -> None:
    """Make the skills, courses, certifications, sources and pictures that `content` names and that are gone.

    What is there stays as it is. A document says of a course who offers it, by name, not which of two is the
    platform: the first teaches, the second is the platform. It does not say which skills a course teaches.
    """
    skills = _absent(Skill, "slug", content["skills"])
    Skill.objects.bulk_create(Skill(slug=skill["slug"], name=skill["name"]) for skill in skills)
    _make_offers(content)
    _make_sources(_absent(Source, "key", content["sources"]))
    pictures = _absent(Picture, "slug", content.get("pictures", []))
    Picture.objects.bulk_create(_picture(picture) for picture in pictures)


def _absent(model: type[Model], key: str, entries: Sequence[Any]) -> list[Any]:
    """Return those of `entries` that no row of `model` stands for."""
    rows = model._default_manager.filter(**{f"{key}__in": [entry[key] for entry in entries]})
    there = set(rows.values_list(key, flat=True))
    return [entry for entry in entries if entry[key] not in there]


def _make_offers(content: Content) -> None:
    courses: list[OfferDocument] = _absent(Course, "slug", content["courses"])
    certifications: list[OfferDocument] = _absent(Certification, "slug", content["certifications"])
    providers = _providers({name for offer in [*courses, *certifications] for name in offer["by"]})
    Course.objects.bulk_create(
        Course(**_offer(course), **_by(course, providers, "provider", "platform")) for course in courses
    )
    Certification.objects.bulk_create(
        Certification(**_offer(certification), **_by(certification, providers, "issuer"))
        for certification in certifications
    )


def _offer(offer: OfferDocument) -> dict[str, str]:
    return {"slug": offer["slug"], "title": offer["title"], "url": offer["url"]}


def _by(offer: OfferDocument, providers: Mapping[str, Provider], *roles: str) -> dict[str, Provider]:
    return {role: providers[name] for role, name in zip(roles, offer["by"], strict=False)}


def _providers(names: Iterable[str]) -> dict[str, Provider]:
    """Return the providers with these names; those that are gone are made."""
    wanted = sorted(names)
    there = {provider.name: provider for provider in Provider.objects.filter(name__in=wanted)}
    for name in wanted:
        if name not in there:
            there[name] = Provider.objects.create(name=name, slug=_free_slug(name))
    return there


def _free_slug(name: str) -> str:
    stem = slugify(name)[:70] or "provider"
    like = Provider.objects.filter(slug__startswith=stem)
    taken = {*like.values_list("slug", flat=True), *RESERVED}
    slugs = (f"{stem}-{number}" if number > 1 else stem for number in range(1, len(taken) + 2))
    return next(slug for slug in slugs if slug not in taken)


def _make_sources(entries: Sequence[SourceDocument]) -> None:
    """Make sources, and tell who passes them on, as far as these are there."""
    if not entries:
        return
    Source.objects.bulk_create(_source(entry) for entry in entries)
    named = {entry["key"] for entry in entries} | {key for entry in entries for key in entry["cited_by"]}
    ids = dict(Source.objects.filter(key__in=named).values_list("key", "pk"))
    cited, citing = ends_of(Source, "cited_by")
    link = links_of(Source, "cited_by").model
    link._default_manager.bulk_create(
        link(**{f"{cited}_id": ids[entry["key"]], f"{citing}_id": ids[key]})
        for entry in entries
        for key in entry["cited_by"]
        if key in ids
    )


def _source(entry: SourceDocument) -> Source:
    accessed = entry["accessed_on"]
    return Source(
        key=entry["key"],
        publisher=entry["publisher"],
        title=entry["title"],
        url=entry["url"],
        published=entry["published"],
        accessed_on=date.fromisoformat(accessed) if accessed else None,
        retrieved_on=date.fromisoformat(entry["retrieved_on"]),
        note=entry["note"],
    )


def _picture(entry: PictureDocument) -> Picture:
    """Return the picture of an entry; its files are still stored, since editions show them."""
    return Picture(
        slug=entry["slug"],
        alt=entry["alt"],
        credit=entry["credit"],
        width=entry["width"],
        height=entry["height"],
        files=[{"name": file["url"].rpartition("/")[2], "width": file["width"]} for file in entry["files"]],
    )

"""What a content folder carries of a guide: the working copy, and all that it names."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from courses.models import Certification, Course, Provider, Skill
from guides.document import Content, steps_of
from guides.mentions import cited_keys, named_pictures
from guides.models import Guide, Picture, Source, Step
from guides.working_copy import content_of
from guides.writing.records import Record, records_of
from guides.writing.relations import links_of


@dataclass(frozen=True)
class Carried:
    """The working copy of a guide as `content`, its retired steps, the credit records that name a step of it,
    and what the steps and the texts name, each by slug or key.
    """

    content: Content
    retired: list[Step]
    credits: list[Record]
    skills: list[Skill]
    providers: list[Provider]
    courses: list[Course]
    certifications: list[Certification]
    sources: list[Source]
    pictures: list[Picture]


def gather(guide: Guide) -> Carried:
    """Return what a folder carries of `guide`, in a number of queries that does not depend on its size."""
    content, retired = content_of(guide), _retired(guide)
    courses = list(Course.objects.with_names().filter(slug__in=_named(content, retired, "courses", "slug")))
    certifications = list(
        Certification.objects.with_names().filter(slug__in=_named(content, retired, "certifications", "slug"))
    )
    providers = {course.provider for course in courses} | {course.platform for course in courses}
    providers |= {certification.issuer for certification in certifications}
    skills = _named(content, retired, "skills", "slug")
    skills |= {skill.slug for offer in [*courses, *certifications] for skill in offer.skills.all()}
    texts = [text["body"] for text in [*content["sections"], *steps_of(content)]]
    texts += [step.body for step in retired]
    keys = cited_keys(texts) | _named(content, retired, "sources", "key")
    return Carried(
        content=content,
        retired=sorted(retired, key=lambda step: (step.slug, str(step.pk))),
        credits=records_of(_ids(content, retired)),
        skills=sorted(Skill.objects.filter(slug__in=skills), key=lambda skill: skill.slug),
        providers=sorted((each for each in providers if each), key=lambda provider: provider.slug),
        courses=sorted(courses, key=lambda course: course.slug),
        certifications=sorted(certifications, key=lambda certification: certification.slug),
        sources=_sources(keys),
        pictures=sorted(
            Picture.objects.filter(slug__in=named_pictures(texts)), key=lambda picture: picture.slug
        ),
    )


def _retired(guide: Guide) -> list[Step]:
    steps = guide.steps.exclude(retired_at=None).with_named()
    return list(steps.select_related("stage").prefetch_related("before", "sections"))


def _named(content: Content, retired: Iterable[Step], field: str, key: str) -> set[str]:
    """Return what the steps of the path and the retired ones name under `field`."""
    names = {name for step in steps_of(content) for name in step[field]}  # type: ignore[literal-required]  # a field of names
    return names | {getattr(thing, key) for step in retired for thing in getattr(step, field).all()}


def _ids(content: Content, retired: Iterable[Step]) -> list[UUID]:
    return [*(UUID(step["id"]) for step in steps_of(content)), *(step.pk for step in retired)]


def _sources(keys: set[str]) -> list[Source]:
    """Return the sources with these keys, those who pass them on, those who pass these on, and so on."""
    passed_on: dict[str, set[str]] = {}
    for key, citing in links_of(Source, "cited_by").values_list("from_source__key", "to_source__key"):
        passed_on.setdefault(key, set()).add(citing)
    known, frontier = set[str](), keys
    while frontier:
        known |= frontier
        frontier = {citing for key in frontier for citing in passed_on.get(key, ())} - known
    found = Source.objects.filter(key__in=known).prefetch_related("cited_by")
    return sorted(found, key=lambda source: source.key)

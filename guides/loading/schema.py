"""What the files of a content folder hold. `docs/content.md` says it for those who write them."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    field_validator,
    model_validator,
)

from guides.loading.values import LONGEST, Link, OfferSlug, Slug, SourceKey, SourceLink, Text
from guides.models import Section
from portal.slugs import RESERVED


class Entry(BaseModel):
    """A mapping in a YAML file; a key that it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _has_no_nul(cls, value: object) -> object:
        if isinstance(value, str) and "\0" in value:
            raise ValueError("a NUL character, which no text can hold")
        return value


class Paged(Entry):
    """Something with a page of its own."""

    @field_validator("slug", check_fields=False)
    @classmethod
    def _is_free(cls, slug: str) -> str:
        if slug in RESERVED:
            raise ValueError(f"these slugs are taken by pages of the site: {', '.join(RESERVED)}")
        return slug


class SectionEntry(Entry):
    id: UUID
    slug: Slug
    kind: Section.Kind
    title: Annotated[Text, StringConstraints(max_length=120)]
    checked_on: date | None = None
    steps: list[Slug] = []


class GuideEntry(Paged):
    id: UUID
    slug: Slug
    title: Annotated[Text, StringConstraints(max_length=120)]
    summary: Annotated[Text, StringConstraints(max_length=240)]
    occupation_codes: Annotated[
        list[Annotated[str, StringConstraints(pattern=r"^\d{2}-\d{4}$")]], Field(max_length=15)
    ] = []
    sections: list[SectionEntry] = []


class StepEntry(Entry):
    id: UUID
    slug: Slug
    title: Annotated[Text, StringConstraints(max_length=120)]
    done_when: Annotated[Text, StringConstraints(max_length=300)] | None = None
    effort_hours: StrictInt | None = None
    optional: StrictBool = False
    choice: Annotated[Text, StringConstraints(max_length=120)] | None = None
    route: Annotated[Text, StringConstraints(max_length=120)] | None = None
    after: list[Slug] = []
    skills: list[Slug] = []
    courses: list[OfferSlug] = []
    certifications: list[OfferSlug] = []
    sources: list[SourceKey] = []

    @field_validator("effort_hours")
    @classmethod
    def _is_no_debt(cls, hours: int | None) -> int | None:
        if hours is not None and not 0 <= hours <= LONGEST:
            raise ValueError(f"must be a whole number of hours from 0 to {LONGEST}")
        return hours

    @model_validator(mode="after")
    def _has_a_whole_choice(self) -> Self:
        if bool(self.choice) != bool(self.route):
            raise ValueError("a choice needs a route, and a route needs its choice")
        if self.choice and self.optional:
            raise ValueError("a step of a choice cannot be optional")
        return self


class RetiredEntry(StepEntry):
    """A step that is off the path, with what named it there and would name it again if it came back."""

    stage: Slug | None = None
    after_retired: list[UUID] = []
    before: list[Slug] = []
    sections: list[Slug] = []


class CreditEntry(Entry):
    """Steps of both sides, of this guide and of others."""

    old: Annotated[list[UUID], Field(min_length=1)]
    new: Annotated[list[UUID], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        if len({*self.old, *self.new}) < len(self.old) + len(self.new):
            raise ValueError("a step can stand in a record only once")
        return self


class StageEntry(Entry):
    id: UUID
    slug: Slug
    title: Annotated[Text, StringConstraints(max_length=120)]
    summary: Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)] = ""
    steps: list[StepEntry]


class PathFile(Entry):
    stages: list[StageEntry]


class SkillEntry(Paged):
    slug: Slug
    name: Annotated[Text, StringConstraints(max_length=120)]


class SourceEntry(Entry):
    key: SourceKey
    publisher: Annotated[Text, StringConstraints(max_length=120)]
    title: Annotated[Text, StringConstraints(max_length=200)]
    url: SourceLink | None = None
    published: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""
    accessed: date | None = None
    retrieved: date
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    cited_by: list[SourceKey] = []

    @field_validator("published", mode="before")
    @classmethod
    def _as_text(cls, published: object) -> object:
        return str(published) if isinstance(published, int | date) else published


class PictureEntry(Entry):
    slug: Slug
    alt: Annotated[Text, StringConstraints(max_length=800)]
    credit: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class ProviderEntry(Paged):
    slug: Slug
    name: Annotated[Text, StringConstraints(max_length=120)]
    url: Link | None = None


class CourseEntry(Paged):
    slug: OfferSlug
    title: Annotated[Text, StringConstraints(max_length=200)]
    provider: Slug | None = None
    platform: Slug | None = None
    url: Link | None = None
    skills: list[Slug] = []


class CertificationEntry(Paged):
    slug: OfferSlug
    title: Annotated[Text, StringConstraints(max_length=200)]
    issuer: Slug | None = None
    url: Link | None = None
    skills: list[Slug] = []


class CatalogFile(Entry):
    providers: list[ProviderEntry] = []
    courses: list[CourseEntry] = []
    certifications: list[CertificationEntry] = []

"""What the files of a content folder hold. `docs/content.md` says it for those who write them."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    field_validator,
    model_validator,
)

from guides.models import Section
from portal.slugs import RESERVED

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _at_most(characters: int) -> AfterValidator:
    """Return what refuses links that are longer when they are written out."""

    def check(link: AnyHttpUrl) -> AnyHttpUrl:
        if len(str(link)) > characters:
            raise ValueError(f"should have at most {characters} characters")
        return link

    return AfterValidator(check)


Link = Annotated[AnyHttpUrl, _at_most(200)]
SourceLink = Annotated[AnyHttpUrl, _at_most(500)]


class Entry(BaseModel):
    """A mapping in a YAML file; a key that it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _has_no_nul(cls, value: object) -> object:
        if isinstance(value, str) and "\0" in value:
            raise ValueError("a NUL character, which no text can hold")
        return value


class Named(Entry):
    """Something with an address of its own."""

    slug: Slug

    @field_validator("slug")
    @classmethod
    def _is_free(cls, slug: str) -> str:
        if slug in RESERVED:
            raise ValueError(f"these slugs are taken by pages of the site: {', '.join(RESERVED)}")
        return slug


class SectionEntry(Named):
    id: UUID
    kind: Section.Kind
    title: Annotated[Text, StringConstraints(max_length=120)]
    checked_on: date | None = None
    steps: list[Slug] = []


class GuideEntry(Named):
    id: UUID
    title: Annotated[Text, StringConstraints(max_length=120)]
    summary: Annotated[Text, StringConstraints(max_length=240)]
    occupation_codes: Annotated[
        list[Annotated[str, StringConstraints(pattern=r"^\d{2}-\d{4}$")]], Field(max_length=13)
    ] = []
    sections: list[SectionEntry] = []


class StepEntry(Named):
    id: UUID
    title: Annotated[Text, StringConstraints(max_length=120)]
    done_when: Annotated[Text, StringConstraints(max_length=300)] | None = None
    effort_hours: StrictInt | None = None
    optional: StrictBool = False
    choice: Annotated[Text, StringConstraints(max_length=120)] | None = None
    route: Annotated[Text, StringConstraints(max_length=120)] | None = None
    after: list[Slug] = []
    skills: list[Slug] = []
    courses: list[Slug] = []
    certifications: list[Slug] = []
    sources: list[Slug] = []

    @field_validator("effort_hours")
    @classmethod
    def _is_positive(cls, hours: int | None) -> int | None:
        if hours is not None and not 0 < hours <= 100_000:
            raise ValueError("must be a whole number of hours from 1 to 100000")
        return hours

    @model_validator(mode="after")
    def _has_a_whole_choice(self) -> Self:
        if bool(self.choice) != bool(self.route):
            raise ValueError("a choice needs a route, and a route needs its choice")
        if self.choice and self.optional:
            raise ValueError("a step of a choice cannot be optional")
        return self


class StageEntry(Named):
    id: UUID
    title: Annotated[Text, StringConstraints(max_length=120)]
    summary: Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)] = ""
    steps: list[StepEntry]


class PathFile(Entry):
    stages: list[StageEntry]


class SkillEntry(Named):
    name: Annotated[Text, StringConstraints(max_length=120)]


class SourceEntry(Entry):
    key: Annotated[Slug, StringConstraints(max_length=60)]
    publisher: Annotated[Text, StringConstraints(max_length=120)]
    title: Annotated[Text, StringConstraints(max_length=200)]
    retrieved: date
    url: SourceLink | None = None
    published: Annotated[str, StringConstraints(max_length=40)] = ""
    accessed: date | None = None
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    cited_by: list[Slug] = []

    @field_validator("published", mode="before")
    @classmethod
    def _as_text(cls, published: object) -> object:
        return str(published) if isinstance(published, int | date) else published


class PictureEntry(Named):
    alt: Annotated[Text, StringConstraints(max_length=800)]
    credit: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class ProviderEntry(Named):
    name: Annotated[Text, StringConstraints(max_length=120)]
    url: Link | None = None


class CourseEntry(Named):
    title: Annotated[Text, StringConstraints(max_length=200)]
    provider: Slug | None = None
    platform: Slug | None = None
    url: Link | None = None
    skills: list[Slug] = []


class CertificationEntry(Named):
    title: Annotated[Text, StringConstraints(max_length=200)]
    issuer: Slug | None = None
    url: Link | None = None
    skills: list[Slug] = []


class CatalogFile(Entry):
    providers: list[ProviderEntry] = []
    courses: list[CourseEntry] = []
    certifications: list[CertificationEntry] = []

"""What the files of the bundled catalog hold. What is not known is left out; an unknown key is an error."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    StringConstraints,
    model_validator,
)

from courses.languages import NAMES
from courses.models import Certification, Course, Provider, SkillAlias, Status
from courses.models.course import BEST
from portal.slugs import RESERVED


def _is_free(slug: str) -> str:
    if slug in RESERVED:
        raise ValueError(f"these slugs are taken by pages of the site: {', '.join(RESERVED)}")
    return slug


def _is_link(text: str) -> str:
    try:
        URLValidator()(text)
    except ValidationError as error:
        raise ValueError(error.messages[0]) from error
    return text


def _is_language(code: str) -> str:
    if code not in NAMES:
        raise ValueError("no language has this code")
    return code


Slug = Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]+$", max_length=80), AfterValidator(_is_free)]
OfferSlug = Annotated[
    str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]+$", max_length=120), AfterValidator(_is_free)
]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Link = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(_is_link)]
Amount = Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]
Count = Annotated[StrictInt, Field(ge=0, le=2_147_483_647)]  # what the database can hold
Hours = Annotated[StrictInt, Field(ge=1, le=2_147_483_647)]  # as above
Number = Annotated[StrictInt, Field(ge=1, le=32_767)]  # as above


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AliasEntry(Entry):
    name: Line
    how: SkillAlias.How = SkillAlias.How.ANYWHERE


def _as_entry(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class SkillEntry(Entry):
    """A skill; of an alias that counts anywhere, its name alone is enough."""

    slug: Slug
    name: Line
    aliases: list[Annotated[AliasEntry, BeforeValidator(_as_entry)]] = []


class ProviderEntry(Entry):
    slug: Slug
    name: Line
    summary: Text
    kind: Provider.Kind | None = None
    url: Link | None = None


class FiguresEntry(Entry):
    """What a source says of an offer in numbers, on a day."""

    source: Line
    source_url: Link | None = None
    retrieved_on: date
    price: Amount | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None

    @model_validator(mode="after")
    def _has_a_currency(self) -> Self:
        if bool(self.price) != bool(self.currency):
            raise ValueError("a price above 0 needs its currency, and nothing else has one")
        return self

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if all(getattr(self, name) is None for name in type(self).model_fields.keys() - SOURCE):
            raise ValueError("a source without any figure")
        return self


SOURCE = {"source", "source_url", "retrieved_on", "currency"}


class CourseFiguresEntry(FiguresEntry):
    rating: Annotated[Decimal, Field(ge=0, le=BEST, decimal_places=2)] | None = None
    ratings: Count | None = None
    enrolled: Count | None = None


class OfferEntry(Entry):
    """What courses and certifications have in common."""

    slug: OfferSlug
    title: Title
    summary: Text
    url: Link | None = None
    skills: Annotated[list[Slug], Field(min_length=1)]
    status: Status = Status.UNVERIFIED
    checked_on: date | None = None

    @model_validator(mode="after")
    def _was_checked(self) -> Self:
        if not self.checked_on and (self.url or self.status != Status.UNVERIFIED):
            raise ValueError("a link, or a status, needs the day on which it was checked")
        return self


class CertificationEntry(OfferEntry):
    issuer: Slug | None = None
    kind: Certification.Kind | None = None
    assessment: Certification.Assessment | None = None
    validity_months: Annotated[StrictInt, Field(ge=0, le=32_767)] | None = None
    figures: list[FiguresEntry] = []


class CourseEntry(OfferEntry):
    provider: Slug | None = None
    platform: Slug | None = None
    kind: Course.Kind = Course.Kind.COURSE
    level: Course.Level | None = None
    format: Course.Format | None = None
    language: Annotated[str, AfterValidator(_is_language)] | None = None
    effort_hours: Hours | None = None
    weeks_min: Number | None = None
    weeks_max: Number | None = None
    weekly_hours_min: Number | None = None
    weekly_hours_max: Number | None = None
    leads_to: list[OfferSlug] = []
    figures: list[CourseFiguresEntry] = []

    @model_validator(mode="after")
    def _has_ranges(self) -> Self:
        for least, most in (
            (self.weeks_min, self.weeks_max),
            (self.weekly_hours_min, self.weekly_hours_max),
        ):
            if (least is None) != (most is None) or (least and most and most < least):
                raise ValueError("weeks, and hours a week, need both ends, the smaller first")
        return self

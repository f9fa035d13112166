"""What the files of bundled figures hold. What is not known is left out; an unknown key is an error."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, StrictInt, StringConstraints, field_validator, model_validator

from facts.models import Naming, Place, Salary
from facts.models.figure import EARLIEST, LATEST
from facts.models.salary import FEWEST_ANSWERS
from guides.loading.schema import Entry, SourceEntry
from guides.loading.values import OfferSlug, Slug, SourceKey

__all__ = ["FigureEntry", "NamingEntry", "OutlookEntry", "PlaceEntry", "SalaryEntry", "SourceEntry"]

AS_OF = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2}))?")


def _text(most: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=most)


Line = Annotated[str, _text(120)]
Note = Annotated[str, _text(300)]
Code = Annotated[str, StringConstraints(pattern=r"^\d{2}-\d{4}$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Year = Annotated[StrictInt, Field(ge=EARLIEST, le=LATEST)]
Years = Annotated[StrictInt, Field(ge=0, le=100)]
Count = Annotated[StrictInt, Field(ge=0, le=2_147_483_647)]  # what the database can hold
Change = Annotated[StrictInt, Field(ge=-2_147_483_648, le=2_147_483_647)]  # as above
Amount = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)]
Percent = Annotated[Decimal, Field(max_digits=7, decimal_places=2)]


class PlaceEntry(Entry):
    slug: Slug
    name: Line
    kind: Place.Kind
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")] | None = None
    within: Slug | None = None

    @model_validator(mode="after")
    def _lies_in_another(self) -> Self:
        if (self.within is None) != (self.kind == Place.Kind.WORLD):
            raise ValueError("say what the place lies in; only the world lies in nothing")
        return self


class FigureEntry(Entry):
    """What every figure says. Its `id` is for life: it is how a site knows that the figure came already."""

    id: OfferSlug
    guide: Slug | None = None
    source: SourceKey
    via: SourceKey | None = None
    statistic: Annotated[str, _text(80)]
    place: Slug
    occupation_code: Code | None = None
    occupation: Line | None = None
    retrieved: date
    good_for_years: Years | None = None
    note: Note | None = None

    @model_validator(mode="after")
    def _is_passed_on_by_another(self) -> Self:
        if self.via == self.source:
            raise ValueError("who passes a figure on is somebody else than who says it")
        return self


class SalaryEntry(FigureEntry):
    amount: Amount | None = None
    low: Amount | None = None
    high: Amount | None = None
    currency: Currency = "USD"
    period: Salary.Period = Salary.Period.YEAR
    industry: Line | None = None
    level: Salary.Level | None = None
    as_of: str | None = None
    answers: Annotated[StrictInt, Field(ge=FEWEST_ANSWERS, le=2_147_483_647)] | None = None

    @field_validator("as_of", mode="before")
    @classmethod
    def _is_a_year_or_month(cls, said: object) -> object:
        """Take 2022 and 2022-06."""
        found = AS_OF.fullmatch(str(said))
        if not found or not EARLIEST <= int(found["year"]) <= LATEST:
            raise ValueError("write a year or a month, such as 2022 or 2022-06")
        if found["month"] and not 1 <= int(found["month"]) <= 12:
            raise ValueError("there are twelve months, 01 to 12")
        return str(said)

    @model_validator(mode="after")
    def _says_an_amount(self) -> Self:
        ends = [end for end in (self.low, self.high) if end is not None]
        said = [value for value in (self.low, self.amount, self.high) if value is not None]
        if not said or len(ends) == 1 or said != sorted(said):
            raise ValueError("give an amount, or both ends of a range, or all three in order")
        return self

    @property
    def year(self) -> int | None:
        return int(self.as_of[:4]) if self.as_of else None

    @property
    def month(self) -> int | None:
        return int(self.as_of[5:]) if self.as_of and self.as_of[5:] else None


class OutlookEntry(FigureEntry):
    year: Year | None = None
    until: Year | None = None
    origin: Line | None = None
    before: Count | None = None
    after: Count | None = None
    change_count: Change | None = None
    change_percent: Percent | None = None
    compared_with: Line | None = None

    @model_validator(mode="after")
    def _says_a_change(self) -> Self:
        changes = (self.change_percent, self.change_count)
        if all(change is None for change in changes) and (self.before is None or self.after is None):
            raise ValueError("give the change in percent or in posts, or the posts at both ends")
        return self

    @model_validator(mode="after")
    def _has_a_span(self) -> Self:
        if self.until is not None and (self.year is None or self.until <= self.year):
            raise ValueError("the last year comes after the first")
        return self


class NamingEntry(Entry):
    """Names that sources give without a figure."""

    id: OfferSlug
    guide: Slug
    kind: Naming.Kind
    sources: Annotated[list[SourceKey], Field(min_length=1)]
    names: Annotated[list[Line], Field(min_length=1)]
    place: Slug | None = None
    retrieved: date

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        if len(set(self.names)) < len(self.names):
            raise ValueError("a name can stand here only once")
        return self

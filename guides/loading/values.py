"""The values that stand in the files of a content folder: slugs, texts and links."""

from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from pydantic import AfterValidator, AnyHttpUrl, StringConstraints, TypeAdapter
from pydantic import ValidationError as NoLink

LONGEST = 2_147_483_647  # hours, that the database can hold
WEB = TypeAdapter(AnyHttpUrl)


def _is_link(text: str) -> str:
    """Return the link as it was written; what the studio takes is taken too."""
    try:
        URLValidator()(text)
    except ValidationError:
        _refuse_other_than_web(text)
    return text


def _refuse_other_than_web(text: str) -> None:
    try:
        WEB.validate_python(text)
    except NoLink as error:
        raise ValueError(error.errors()[0]["msg"]) from error


def _slug(characters: int) -> StringConstraints:
    return StringConstraints(pattern=r"^[-a-zA-Z0-9_]+$", max_length=characters)  # as the studio takes them


def _link(characters: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, max_length=characters)


Slug = Annotated[str, _slug(80)]
OfferSlug = Annotated[str, _slug(120)]
SourceKey = Annotated[str, _slug(60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Link = Annotated[str, _link(200), AfterValidator(_is_link)]
SourceLink = Annotated[str, _link(500), AfterValidator(_is_link)]

"""What the files of bundled questions hold. What is not known is left out; an unknown key is an error."""

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from interviews.models import Question
from interviews.models.question import RESERVED

BOTH = 120  # characters by which a question and a guide are remembered together


def _is_free(slug: str) -> str:
    if slug in RESERVED:
        raise ValueError(f"these slugs are taken by pages of the site: {', '.join(RESERVED)}")
    return slug


Slug = Annotated[str, StringConstraints(pattern=r"^[-a-z0-9]+$", max_length=80), AfterValidator(_is_free)]
TopicSlug = Annotated[str, StringConstraints(pattern=r"^[-a-z0-9]+$", max_length=60)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TopicShape(Shape):
    """A topic; topics stand in the order of the file."""

    slug: TopicSlug
    name: Name


class QuestionShape(Shape):
    """A question; `guides` are the slugs of those that it belongs to, there or not."""

    slug: Slug
    text: Line
    answer: Text
    shows: Text | None = None
    mistakes: Text | None = None
    difficulty: Question.Difficulty
    kind: Question.Kind = Question.Kind.TECHNICAL
    topic: TopicSlug
    guides: Annotated[list[Slug], Field(min_length=1)]
    source: Words | None = None
    asked_by: Words | None = None

    @model_validator(mode="after")
    def _says_what_was_named(self) -> Self:
        if bool(self.source) != bool(self.asked_by):
            raise ValueError("a source and the words on what it names come together")
        return self

    @model_validator(mode="after")
    def _can_be_remembered(self) -> Self:
        if any(len(f"{self.slug} {guide}") > BOTH for guide in self.guides):
            raise ValueError(f"a question and a guide have at most {BOTH - 1} characters in their slugs")
        return self

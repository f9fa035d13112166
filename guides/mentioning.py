"""Where the guides name a course, a certification or a skill: the steps of what the public reads."""

from dataclasses import dataclass
from typing import Literal

from django.urls import reverse

from guides.document import StepDocument, steps_of
from guides.editions import document_of
from guides.models import Edition

Named = Literal["skills", "courses", "certifications"]


@dataclass(frozen=True)
class Mention:
    """A step of a published guide that names something."""

    guide: str
    guide_slug: str
    step: StepDocument

    @property
    def address(self) -> str:
        return f"{reverse('path', args=[self.guide_slug])}#step-{self.step['slug']}"


def mentions_of(kind: Named, slug: str) -> list[Mention]:
    """Return the steps that name the thing of `kind` with `slug`, guide by guide in the order of their paths.

    One query where the documents are at hand (`document_of`), one more for each that is not.
    """
    return [
        Mention(edition.title, edition.slug, step)
        for edition in Edition.objects.public().defer("document").order_by("title")
        for step in steps_of(document_of(edition.sha256))
        if slug in step[kind]
    ]

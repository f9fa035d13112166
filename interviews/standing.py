"""What is public now, and at which version the questions are: one query, asked at every visit."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models.expressions import RawSQL

from guides.editions import PublicEdition
from guides.models import Edition
from guides.moves import missing

# Nothing else is told by the greatest id, the number of rows and their sum: see `courses.models.Change`.
VERSION = (
    "(SELECT coalesce(max(id), 0) || '.' || count(id) || '.' || coalesce(sum(id), 0) FROM interviews_change)"
)
FIELDS = ("guide_id", "sha256", "number", "slug", "title", "live_at", "questions")


@dataclass(frozen=True)
class Standing:
    """The guides that everybody may read, by their ids in the order of their slugs.

    `version` differs after each change of the questions.
    """

    version: str
    editions: dict[UUID, PublicEdition]

    @property
    def names(self) -> str:
        """What the guides are called: pages that name them, or lead to their addresses, change with it."""
        return " ".join(f"{edition.slug} {edition.title}" for edition in self.editions.values())

    def at(self, slug: str) -> tuple[UUID, PublicEdition]:
        """Return the id and the edition of the guide at `slug`; raises what `missing` returns."""
        for guide, edition in self.editions.items():
            if edition.slug == slug:
                return guide, edition
        raise missing(slug)


def standing() -> Standing:
    """Return what holds now; one query."""
    version = RawSQL(VERSION, [])  # noqa: S611 (nothing of it comes from outside)  # nosec
    public = Edition.objects.public().annotate(questions=version)
    rows = list(public.order_by("slug").values_list(*FIELDS))
    editions = {guide: PublicEdition(*fields) for guide, *fields, _ in rows}
    return Standing(rows[0][-1] if rows else "", editions)

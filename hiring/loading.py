"""The samples that come with the site: one file for a career, named after its guide.

Each comes once, when its guide is there; what staff changed or deleted since stays as they left it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from courses.models import Seeded
from guides.models import Guide
from hiring.models import LONGEST_LINE, MOST_LINES, JobDescription
from portal.lined import Faults, lined, parse

BUNDLED = Path(__file__).resolve().parent / "content"
KIND = "job description"  # of what came

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_LINE)]
Lines = Annotated[list[Line], Field(max_length=MOST_LINES)]
SomeLines = Annotated[list[Line], Field(min_length=1, max_length=MOST_LINES)]


class SampleEntry(BaseModel):
    """A sample as its file holds it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    summary: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
    duties: SomeLines
    requirements: SomeLines
    nice_to_have: Lines = []
    offers: Lines = []
    levels: Lines = []


class BrokenSamples(Exception):
    """Files that are refused; the message has a line for each fault, with file, line and reason."""


@dataclass(frozen=True)
class Counts:
    """How many samples were made, and how many files wait for their guide or came before."""

    made: int
    left: int

    def __str__(self) -> str:
        return f"{self.made} made, {self.left} left alone"


def load(folder: Path = BUNDLED) -> Counts:
    """Bring in the samples of `folder` that this site never had. All or nothing; raises `BrokenSamples`."""
    entries = read(folder)
    with transaction.atomic():
        guides = dict(Guide.objects.filter(slug__in=entries).values_list("slug", "pk"))
        new = Seeded.objects.arriving(KIND, guides)
        taken = set(JobDescription.objects.values_list("guide", flat=True))
        made = [
            JobDescription(guide_id=guides[slug], **_fields(entries[slug]))
            for slug in sorted(new)
            if guides[slug] not in taken
        ]
        JobDescription.objects.bulk_create(made)
    return Counts(len(made), len(entries) - len(made))


def read(folder: Path) -> Mapping[str, SampleEntry]:
    """Return the samples of `folder` by the slugs of their guides. Raises `BrokenSamples` with all faults."""
    faults = Faults()
    found = {path.stem: _read(path, faults) for path in sorted(folder.glob("*.yaml"))}
    if not found:
        faults.add(folder.name, 1, "there is no YAML file in this folder")
    if faults:
        raise BrokenSamples("\n".join([f"{folder} is refused, and nothing was changed:", *faults]))
    return {slug: entry for slug, entry in found.items() if entry}


def _read(path: Path, faults: Faults) -> SampleEntry | None:
    try:
        file = lined(path.name, path.read_text(encoding="utf-8"), faults)
    except UnicodeDecodeError:
        faults.add(path.name, 1, "not UTF-8 text")
        return None
    return parse(file, SampleEntry, faults) if file else None


def _fields(entry: SampleEntry) -> dict[str, str]:
    said = entry.model_dump()
    return {name: value if name == "summary" else "\n".join(value) for name, value in said.items()}

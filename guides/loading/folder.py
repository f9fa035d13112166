"""A content folder that was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from guides.loading.files import plain
from guides.loading.schema import (
    CatalogFile,
    CreditEntry,
    GuideEntry,
    PathFile,
    PictureEntry,
    RetiredEntry,
    SectionEntry,
    SkillEntry,
    SourceEntry,
    StepEntry,
)
from guides.pictures.encoding import Encoded


@dataclass(frozen=True)
class Folder:
    """What a content folder holds.

    `texts` are the Markdown files by name, `drawn` are the pictures' files by slug, `digest` is over all
    bytes, `places` says for each id in which file and line it stands.
    """

    guide: GuideEntry
    path: PathFile
    skills: list[SkillEntry]
    sources: list[SourceEntry]
    catalog: CatalogFile
    pictures: list[PictureEntry]
    retired: list[RetiredEntry]
    credits: list[CreditEntry]
    texts: Mapping[str, str]
    drawn: Mapping[str, Encoded]
    digest: str = ""
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def steps(self) -> list[StepEntry]:
        """The steps of the path, in its order."""
        return [step for stage in self.path.stages for step in stage.steps]

    def text_of(self, entry: SectionEntry | StepEntry) -> str:
        """Return the text of a section or a step."""
        return plain(self.texts[file_of(entry)])


def file_of(entry: SectionEntry | StepEntry) -> str:
    """Return the name of the file that holds the text of `entry`."""
    if isinstance(entry, RetiredEntry):
        return f"retired/{entry.id}.md"
    return f"{'steps' if isinstance(entry, StepEntry) else 'sections'}/{entry.slug}.md"

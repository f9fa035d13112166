"""Reading the files of a catalog: all of it, or all that is wrong with it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from courses.seeding.schema import CertificationEntry, CourseEntry, OfferEntry, ProviderEntry, SkillEntry
from portal.lined import Faults, LinedFile, lined, parse

SHAPES: dict[str, Any] = {
    "skills": list[SkillEntry],
    "providers": list[ProviderEntry],
    "certifications": list[CertificationEntry],
    "courses": list[CourseEntry],
}
NAMED = {
    "skills": "skills",
    "provider": "providers",
    "platform": "providers",
    "issuer": "providers",
    "leads_to": "certifications",
}


@dataclass(frozen=True)
class Content:
    """What the files hold; what an entry names is there."""

    skills: Sequence[SkillEntry]
    providers: Sequence[ProviderEntry]
    certifications: Sequence[CertificationEntry]
    courses: Sequence[CourseEntry]

    @property
    def size(self) -> int:
        """How many entries there are."""
        return sum(len(getattr(self, kind)) for kind in SHAPES)


class BrokenCatalog(Exception):
    """Files that are refused; `faults` has a line for each reason, with file, line and reason."""

    def __init__(self, folder: Path, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join([f"{folder} is refused, and nothing was changed:", *self.faults]))


def read_content(folder: Path) -> Content:
    """Return what the four YAML files of `folder` hold. Raises `BrokenCatalog` with every fault."""
    faults = Faults()
    files = {kind: _read(folder, f"{kind}.yaml", faults) for kind in SHAPES}
    parts = {kind: parse(file, SHAPES[kind], faults) for kind, file in files.items() if file}
    if faults:
        raise BrokenCatalog(folder, faults)
    content = Content(**{kind: part or [] for kind, part in parts.items()})
    for kind, location, reason in [*_repeated(content), *_unknown(content)]:
        file = files[kind]
        faults.add(f"{kind}.yaml", file.line(*location) if file else 1, reason)
    if faults:
        raise BrokenCatalog(folder, faults)
    return content


def _read(folder: Path, name: str, faults: Faults) -> LinedFile | None:
    try:
        return lined(name, (folder / name).read_text(encoding="utf-8"), faults)
    except UnicodeDecodeError:
        faults.add(name, 1, "not UTF-8 text")
    except OSError as error:
        faults.add(name, 1, f"cannot be read: {error.strerror}")
    return None


Fault = tuple[str, tuple[int | str, ...], str]


def _repeated(content: Content) -> Iterator[Fault]:
    """Yield each slug that stands twice among its like, and each source that speaks twice on a day."""
    for kind in SHAPES:
        seen = set[Any]()
        for number, entry in enumerate(getattr(content, kind)):
            if entry.slug in seen:
                yield kind, (number, "slug"), f"“{entry.slug}” stands here for the second time"
            seen.add(entry.slug)
            said = [(figures.source, figures.retrieved_on) for figures in getattr(entry, "figures", ())]
            if len(set(said)) < len(said):
                yield kind, (number, "figures"), "a source can stand here only once for a day"
    yield from _repeated_names(content.skills)


def _repeated_names(skills: Sequence[SkillEntry]) -> Iterator[Fault]:
    """Yield each alias that is the name of another skill, or that stands twice, in capitals or not."""
    owners = {skill.name.lower(): skill.slug for skill in skills}
    seen = set[str]()
    for number, skill in enumerate(skills):
        for place, alias in enumerate(skill.aliases):
            name = alias.name.lower()
            if name in seen or owners.get(name, skill.slug) != skill.slug:
                yield (
                    "skills",
                    (number, "aliases", place),
                    f"“{alias.name}” names another skill, or stands twice",
                )
            seen.add(name)


def _unknown(content: Content) -> Iterator[Fault]:
    """Yield the place of each name of something that the files do not hold."""
    known = {kind: {entry.slug for entry in getattr(content, kind)} for kind in set(NAMED.values())}
    offers: dict[str, Sequence[OfferEntry]] = {
        "certifications": content.certifications,
        "courses": content.courses,
    }
    for kind, entries in offers.items():
        for number, entry in enumerate(entries):
            for field in NAMED.keys() & type(entry).model_fields.keys():
                for slug in _slugs(getattr(entry, field)):
                    if slug not in known[NAMED[field]]:
                        yield kind, (number, field), f"there is no “{slug}” in {NAMED[field]}.yaml"


def _slugs(value: str | list[str] | None) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []

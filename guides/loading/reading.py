"""Reading a content folder: all of it, or all that is wrong with it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from guides.loading.lines import Faults, LinedFile, parse, read_lined, read_text
from guides.loading.schema import (
    CatalogFile,
    GuideEntry,
    PathFile,
    PictureEntry,
    SkillEntry,
    SourceEntry,
    StepEntry,
)
from guides.mentions import CITATION, named_pictures
from guides.pictures.encoding import Encoded, encode
from guides.pictures.refusal import PictureRefused

SHAPES: dict[str, Any] = {
    "guide.yaml": GuideEntry,
    "path.yaml": PathFile,
    "skills.yaml": list[SkillEntry],
    "sources.yaml": list[SourceEntry],
    "catalog.yaml": CatalogFile,
    "pictures.yaml": list[PictureEntry],
}
OPTIONAL = {"pictures.yaml"}


class BrokenFolder(Exception):
    """A content folder that is refused; `faults` has a line for each reason."""

    def __init__(self, folder: Path, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join([f"{folder} is refused, and nothing was changed:", *self.faults]))


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
    texts: Mapping[str, str]
    drawn: Mapping[str, Encoded]
    digest: str
    places: Mapping[str, str]

    @property
    def steps(self) -> list[StepEntry]:
        return [step for stage in self.path.stages for step in stage.steps]


def read_folder(folder: Path) -> Folder:
    """Return what `folder` holds. Raises `BrokenFolder` with every fault that could be found."""
    faults = Faults()
    if not folder.is_dir():
        raise BrokenFolder(folder, ["This is no folder."])
    for name in sorted({path.name for path in folder.glob("*.y*ml")} - SHAPES.keys()):
        faults.add(name, 1, f"no such file is known; there are {', '.join(SHAPES)}")
    wanted = [name for name in SHAPES if name not in OPTIONAL or (folder / name).exists()]
    files = {name: file for name in wanted if (file := read_lined(folder, name, faults))}
    parts: dict[str, Any] = {name: parse(file, SHAPES[name], faults) for name, file in files.items()}
    if len(parts) < len(wanted) or any(part is None for part in parts.values()):
        raise BrokenFolder(folder, faults)
    pictures = parts.get("pictures.yaml", [])
    found = Folder(
        guide=parts["guide.yaml"],
        path=parts["path.yaml"],
        skills=parts["skills.yaml"],
        sources=parts["sources.yaml"],
        catalog=parts["catalog.yaml"],
        pictures=pictures,
        texts=_texts(folder, parts["guide.yaml"], parts["path.yaml"], faults),
        drawn=_drawn(folder, pictures, files.get("pictures.yaml"), faults),
        digest="",
        places={},
    )
    _check(found, files, faults)
    if faults:
        raise BrokenFolder(folder, faults)
    return replace(found, digest=digest_of(folder), places=dict(_ids(found, files)))


def digest_of(folder: Path) -> str:
    """Return the SHA-256 over the names and bytes of all files that a content folder is read from."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*/*.md"), *folder.glob("pictures/*.*")]):
        if not path.is_file():
            continue
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _texts(folder: Path, guide: GuideEntry, path: PathFile, faults: Faults) -> dict[str, str]:
    wanted = [f"sections/{section.slug}.md" for section in guide.sections]
    wanted += [f"steps/{step.slug}.md" for stage in path.stages for step in stage.steps]
    there = {file.relative_to(folder).as_posix() for file in folder.glob("*/*.md")}
    for name in sorted(there - set(wanted)):
        faults.add(name, 1, "no section or step has this slug; rename the file or take it away")
    texts = {name: read_text(folder, name, faults) for name in dict.fromkeys(wanted)}
    return {name: text.strip() for name, text in texts.items() if text is not None}


def _drawn(
    folder: Path, pictures: list[PictureEntry], file: LinedFile | None, faults: Faults
) -> dict[str, Encoded]:
    """Return the files of the pictures, encoded as they will be sent."""
    there: dict[str, Path] = {}
    for path in sorted(path for path in folder.glob("pictures/*.*") if path.is_file()):
        if path.stem in there:
            faults.add(f"pictures/{path.name}", 1, f"{there[path.stem].name} is a file of the same picture")
        there[path.stem] = path
    drawn = {}
    for number, picture in enumerate(pictures):
        line = file.line(number, "slug") if file else 1
        if picture.slug not in there:
            faults.add("pictures.yaml", line, f"there is no file pictures/{picture.slug}.* for it")
            continue
        path = there.pop(picture.slug)
        try:
            drawn[picture.slug] = encode(path.read_bytes())
        except PictureRefused as refused:
            faults.add(f"pictures/{path.name}", 1, str(refused))
    for path in there.values():
        faults.add(f"pictures/{path.name}", 1, "pictures.yaml has no entry of this slug")
    return drawn


def _check(found: Folder, files: Mapping[str, LinedFile], faults: Faults) -> None:
    """Add what is wrong between the entries: names that stand twice, names of nothing, circles."""
    for name, location, value in _repeated(found):
        faults.add(name, files[name].line(*location), f"“{value}” stands here for the second time")
    for name, location, kind, value in _unknown(found):
        faults.add(name, files[name].line(*location), f"there is no {kind} “{value}”")
    keys, slugs = {source.key for source in found.sources}, {picture.slug for picture in found.pictures}
    for name, text in found.texts.items():
        for match in CITATION.finditer(text):
            if match[1] not in keys:
                faults.add(name, _line(text, match[0]), f"there is no source “{match[1]}” in sources.yaml")
        for slug in sorted(named_pictures([text]) - slugs):
            line = _line(text, f"picture:{slug}")
            faults.add(name, line, f"there is no picture “{slug}” in pictures.yaml")
    _check_order(found, files["path.yaml"], faults)


def _line(text: str, words: str) -> int:
    return text.count("\n", 0, max(text.find(words), 0)) + 1


Place = tuple[str, tuple[int | str, ...]]


def _places(found: Folder) -> Iterator[tuple[Place, Any]]:
    """Yield each entry of the folder with its file and location."""
    yield ("guide.yaml", ()), found.guide
    yield from _listed("guide.yaml", ("sections",), found.guide.sections)
    yield from _listed("path.yaml", ("stages",), found.path.stages)
    for number, stage in enumerate(found.path.stages):
        yield from _listed("path.yaml", ("stages", number, "steps"), stage.steps)
    yield from _listed("skills.yaml", (), found.skills)
    yield from _listed("sources.yaml", (), found.sources)
    yield from _listed("pictures.yaml", (), found.pictures)
    for kind in ("providers", "courses", "certifications"):
        yield from _listed("catalog.yaml", (kind,), getattr(found.catalog, kind))


def _listed(
    name: str, location: tuple[int | str, ...], entries: Iterable[Any]
) -> Iterator[tuple[Place, Any]]:
    for number, entry in enumerate(entries):
        yield (name, (*location, number)), entry


def _ids(found: Folder, files: Mapping[str, LinedFile]) -> Iterator[tuple[str, str]]:
    for (name, location), entry in _places(found):
        if hasattr(entry, "id"):
            yield str(entry.id), f"{name}:{files[name].line(*location)}"


def _repeated(found: Folder) -> Iterator[tuple[str, tuple[int | str, ...], str]]:
    """Yield the place and value of each id, slug and key that stands twice among its like."""
    seen = set[tuple[str, str]]()
    for (name, location), entry in _places(found):
        for field in ("id", "slug", "key"):
            if (value := getattr(entry, field, None)) is None:
                continue
            like = "id" if field == "id" else type(entry).__name__
            if (like, str(value)) in seen:
                yield name, (*location, field), str(value)
            seen.add((like, str(value)))


REFERENCES: dict[str, tuple[str, Callable[[Folder], Iterable[str]]]] = {
    "after": ("step", lambda found: (step.slug for step in found.steps)),
    "steps": ("step", lambda found: (step.slug for step in found.steps)),
    "skills": ("skill", lambda found: (skill.slug for skill in found.skills)),
    "courses": ("course", lambda found: (course.slug for course in found.catalog.courses)),
    "certifications": (
        "certification",
        lambda found: (entry.slug for entry in found.catalog.certifications),
    ),
    "sources": ("source", lambda found: (source.key for source in found.sources)),
    "cited_by": ("source", lambda found: (source.key for source in found.sources)),
    "provider": ("provider", lambda found: (provider.slug for provider in found.catalog.providers)),
    "platform": ("provider", lambda found: (provider.slug for provider in found.catalog.providers)),
    "issuer": ("provider", lambda found: (provider.slug for provider in found.catalog.providers)),
}


def _unknown(found: Folder) -> Iterator[tuple[str, tuple[int | str, ...], str, str]]:
    """Yield the place, kind and name of each reference to something that the folder does not carry."""
    known = {field: set(names(found)) for field, (_, names) in REFERENCES.items()}
    for (name, location), entry in _places(found):
        for field in REFERENCES.keys() & type(entry).model_fields.keys():
            value = getattr(entry, field)
            values = value if isinstance(value, list) else [value] if value else []
            for number, slug in enumerate(values):
                if isinstance(slug, str) and slug not in known[field]:
                    index = (number,) if isinstance(value, list) else ()
                    yield name, (*location, field, *index), REFERENCES[field][0], slug


def _check_order(found: Folder, file: LinedFile, faults: Faults) -> None:
    """Add a fault if steps ask, in a circle, to come after each other."""
    places = {
        step.slug: ("stages", number, "steps", index)
        for number, stage in enumerate(found.path.stages)
        for index, step in enumerate(stage.steps)
    }
    try:
        TopologicalSorter({step.slug: step.after for step in found.steps}).prepare()
    except CycleError as error:
        cycle: list[str] = error.args[1]
        line = file.line(*places[cycle[0]], "after")
        faults.add(file.name, line, f"these steps go in a circle: {' → '.join(reversed(cycle))}")

"""What can be wrong between the files of a folder: names that stand twice, names of nothing, circles."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from guides.loading.folder import Folder, file_of
from guides.loading.lines import Faults, LinedFile
from guides.loading.schema import (
    Entry,
    PictureEntry,
    RetiredEntry,
    SectionEntry,
    SourceEntry,
    StepEntry,
)
from guides.mentions import CITATION, named_pictures

Place = tuple[str, tuple[int | str, ...]]
Lines = Mapping[str, LinedFile]


def check(found: Folder, files: Lines, faults: Faults) -> None:
    """Add to `faults` what is wrong between the entries and texts of `found`, which `files` hold."""
    for name, location, value in _repeated(found):
        faults.add(name, files[name].line(*location), f"“{value}” stands here for the second time")
    for name, location, kind, value in _unknown(found):
        faults.add(name, files[name].line(*location), f"there is no {kind} “{value}”")
    check_texts(_read(found), faults, sources=found.sources, pictures=found.pictures)
    _check_order(found, files["path.yaml"], faults)
    _check_credits(found, files, faults)


def places_of_ids(found: Folder, files: Lines) -> Iterator[tuple[str, str]]:
    """Yield each id with the file and line where its entry stands."""
    for (name, location), entry in _places(found):
        if hasattr(entry, "id"):
            yield str(entry.id), f"{name}:{files[name].line(*location)}"


def check_texts(
    texts: Mapping[str, str],
    faults: Faults,
    *,
    sources: Iterable[SourceEntry] | None,
    pictures: Iterable[PictureEntry] | None,
) -> None:
    """Add what `texts` cite and show that is not there; None stands for what could not be read."""
    keys = {source.key for source in sources or ()}
    slugs = {picture.slug for picture in pictures or ()}
    for name, text in texts.items():
        for match in CITATION.finditer(text) if sources is not None else ():
            if match[1] not in keys:
                faults.add(name, _line(text, match[0]), f"there is no source “{match[1]}” in sources.yaml")
        for slug in sorted(named_pictures([text]) - slugs) if pictures is not None else ():
            line = _line(text, f"picture:{slug}")
            faults.add(name, line, f"there is no picture “{slug}” in pictures.yaml")


def _read(found: Folder) -> dict[str, str]:
    """Return the texts that the public reads; those of retired steps may cite what is gone."""
    entries: list[SectionEntry | StepEntry] = [*found.guide.sections, *found.steps]
    names = [file_of(entry) for entry in entries]
    return {name: found.texts[name] for name in names if name in found.texts}


def _line(text: str, words: str) -> int:
    return text.count("\n", 0, max(text.find(words), 0)) + 1


def _check_credits(found: Folder, files: Lines, faults: Faults) -> None:
    """Add records that stand twice, and those that are none of this guide's."""
    own = {step.id for step in [*found.steps, *found.retired]}
    seen = set[frozenset[frozenset[Any]]]()
    for number, credit in enumerate(found.credits):
        sides = frozenset([frozenset(credit.old), frozenset(credit.new)])
        if sides in seen:
            _fault(faults, files, number, "this record stands here for the second time")
        if own.isdisjoint([*credit.old, *credit.new]):
            _fault(faults, files, number, "this record names no step of this guide")
        seen.add(sides)


def _fault(faults: Faults, files: Lines, number: int, reason: str) -> None:
    faults.add("credits.yaml", files["credits.yaml"].line(number), reason)


def _places(found: Folder) -> Iterator[tuple[Place, Any]]:
    """Yield each entry of the folder with its file and location."""
    yield ("guide.yaml", ()), found.guide
    yield from _listed("guide.yaml", ("sections",), found.guide.sections)
    yield from _listed("path.yaml", ("stages",), found.path.stages)
    for number, stage in enumerate(found.path.stages):
        yield from _listed("path.yaml", ("stages", number, "steps"), stage.steps)
    yield from _listed("retired.yaml", (), found.retired)
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


def _repeated(found: Folder) -> Iterator[tuple[str, tuple[int | str, ...], str]]:
    """Yield the place and value of each id, slug and key that stands twice among its like."""
    seen = set[tuple[str, str]]()
    for (name, location), entry in _places(found):
        for field in _unique_fields(entry):
            like = "id" if field == "id" else type(entry).__name__
            value = str(getattr(entry, field))
            if (like, value) in seen:
                yield name, (*location, field), value
            seen.add((like, value))


def _unique_fields(entry: Any) -> list[str]:
    """Return the fields that no other entry of the kind may share; retired steps let go of their slugs."""
    fields = ("id",) if isinstance(entry, RetiredEntry) else ("id", "slug", "key")
    return [field for field in fields if hasattr(entry, field)]


def _slugs(entries: Iterable[Any]) -> set[str]:
    return {entry.slug for entry in entries}


REFERENCES: dict[str, tuple[str, Callable[[Folder], set[Any]]]] = {
    "after": ("step", lambda found: _slugs(found.steps)),
    "after_retired": ("retired step", lambda found: {step.id for step in found.retired}),
    "before": ("step", lambda found: _slugs(found.steps)),
    "steps": ("step", lambda found: _slugs(found.steps)),
    "stage": ("stage", lambda found: _slugs(found.path.stages)),
    "sections": ("section", lambda found: _slugs(found.guide.sections)),
    "skills": ("skill", lambda found: _slugs(found.skills)),
    "courses": ("course", lambda found: _slugs(found.catalog.courses)),
    "certifications": ("certification", lambda found: _slugs(found.catalog.certifications)),
    "sources": ("source", lambda found: {source.key for source in found.sources}),
    "cited_by": ("source", lambda found: {source.key for source in found.sources}),
    "provider": ("provider", lambda found: _slugs(found.catalog.providers)),
    "platform": ("provider", lambda found: _slugs(found.catalog.providers)),
    "issuer": ("provider", lambda found: _slugs(found.catalog.providers)),
}


def _unknown(found: Folder) -> Iterator[tuple[str, tuple[int | str, ...], str, str]]:
    """Yield the place, kind and name of each reference to something that the folder does not carry."""
    known = {field: names(found) for field, (_, names) in REFERENCES.items()}
    for (name, location), entry in _places(found):
        for field in (field for field in REFERENCES if field in type(entry).model_fields):
            value = getattr(entry, field)
            values = value if isinstance(value, list) else [value] if value else []
            for number, named in enumerate(values):
                if not isinstance(named, Entry) and named not in known[field]:
                    index = (number,) if isinstance(value, list) else ()
                    yield name, (*location, field, *index), REFERENCES[field][0], str(named)


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

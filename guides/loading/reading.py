"""Reading a content folder: all of it, or all that is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from guides.loading.checking import check, check_texts, places_of_ids
from guides.loading.files import Files, FolderFiles, digest_of, in_order
from guides.loading.folder import Folder, file_of
from guides.loading.lines import Faults, LinedFile, parse, read_lined, read_text
from guides.loading.schema import (
    CatalogFile,
    CreditEntry,
    GuideEntry,
    PathFile,
    PictureEntry,
    RetiredEntry,
    SkillEntry,
    SourceEntry,
)
from guides.pictures.encoding import Encoded, prepare
from guides.pictures.refusal import PictureRefused

SHAPES: dict[str, Any] = {
    "guide.yaml": GuideEntry,
    "path.yaml": PathFile,
    "skills.yaml": list[SkillEntry],
    "sources.yaml": list[SourceEntry],
    "catalog.yaml": CatalogFile,
    "pictures.yaml": list[PictureEntry],
    "retired.yaml": list[RetiredEntry],
    "credits.yaml": list[CreditEntry],
}
OPTIONAL = {"pictures.yaml", "retired.yaml", "credits.yaml"}


class BrokenFolder(Exception):
    """A content folder that is refused; `faults` has a line for each reason."""

    def __init__(self, folder: Path | str, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join([f"{folder} is refused, and nothing was changed:", *self.faults]))


def read_folder(folder: Path) -> Folder:
    """Return what `folder` holds. Raises `BrokenFolder` with every fault that could be found."""
    if not folder.is_dir():
        raise BrokenFolder(folder, ["This is no folder."])
    return read_files(FolderFiles(folder), folder)


def read_files(files: Files, called: Path | str) -> Folder:
    """Return what the `files` of a content folder hold; refusals call it `called`. Raises `BrokenFolder`."""
    faults = Faults()
    for name in sorted(name for name in files.names - SHAPES.keys() if "/" not in name):
        faults.add(name, 1, f"no such file is known; there are {', '.join(SHAPES)}")
    lined, parts = _parts(files, faults)
    if len(parts) < len(SHAPES):
        _check_the_rest(files, lined, parts, faults)
        raise BrokenFolder(called, faults)
    found = Folder(
        **parts,
        texts=_texts(files, parts, faults),
        drawn=_drawn(files, parts["pictures"], lined.get("pictures.yaml"), faults),
    )
    check(found, lined, faults)
    if faults:
        raise BrokenFolder(called, faults)
    return replace(found, digest=digest_of(files), places=dict(places_of_ids(found, lined)))


def _parts(files: Files, faults: Faults) -> tuple[dict[str, LinedFile], dict[str, Any]]:
    """Return the YAML files, and what they hold by the names that a `Folder` has for it, if it fits."""
    wanted = [name for name in SHAPES if name not in OPTIONAL or name in files.names]
    lined = {name: file for name in wanted if (file := read_lined(files, name, faults))}
    parts: dict[str, Any] = {_part(name): [] for name in SHAPES if name not in wanted}
    for name, file in lined.items():
        if (part := parse(file, SHAPES[name], faults)) is not None:
            parts[_part(name)] = part
    return lined, parts


def _check_the_rest(
    files: Files, lined: Mapping[str, LinedFile], parts: Mapping[str, Any], faults: Faults
) -> None:
    """Add what else can be told of a folder of which a YAML file could not be read."""
    names = in_order(name for name in files.names if name.startswith(("sections/", "steps/")))
    texts = {name: text for name in names if (text := read_text(files, name, faults)) is not None}
    check_texts(texts, faults, sources=parts.get("sources"), pictures=parts.get("pictures"))
    if "pictures" in parts:
        _drawn(files, parts["pictures"], lined.get("pictures.yaml"), faults)


def _part(name: str) -> str:
    return name.removesuffix(".yaml")


def _texts(files: Files, parts: Mapping[str, Any], faults: Faults) -> dict[str, str]:
    """Return the texts by name; what stands around them is still there, so that lines can be counted."""
    steps = [step for stage in parts["path"].stages for step in stage.steps]
    wanted = [file_of(entry) for entry in [*parts["guide"].sections, *steps, *parts["retired"]]]
    for name in sorted({name for name in files.names if name.endswith(".md")} - set(wanted)):
        faults.add(name, 1, f"no {_kind(name)}; rename the file or take it away")
    texts = {name: read_text(files, name, faults) for name in dict.fromkeys(wanted)}
    return {name: text for name, text in texts.items() if text is not None}


def _kind(name: str) -> str:
    return "retired step has this id" if name.startswith("retired/") else "section or step has this slug"


def _drawn(
    files: Files, pictures: list[PictureEntry], file: LinedFile | None, faults: Faults
) -> dict[str, Encoded]:
    """Return the files of the pictures by slug, encoded as they will be sent."""
    there = _by_slug(files, faults)
    drawn = {}
    for number, picture in enumerate(pictures):
        if picture.slug not in there:
            line = file.line(number, "slug") if file else 1
            faults.add("pictures.yaml", line, f"there is no file pictures/{picture.slug}.* for it")
            continue
        name = there.pop(picture.slug)
        try:
            drawn[picture.slug] = prepare(files.read(name))
        except PictureRefused as refused:
            faults.add(name, 1, str(refused))
    for name in there.values():
        faults.add(name, 1, "pictures.yaml has no entry of this slug")
    return drawn


def _by_slug(files: Files, faults: Faults) -> dict[str, str]:
    """Return the names of the pictures' files by slug."""
    there: dict[str, str] = {}
    for name in sorted(name for name in files.names if name.startswith("pictures/")):
        path = Path(name)
        if path.stem in there:
            faults.add(name, 1, f"{Path(there[path.stem]).name} is a file of the same picture")
        there[path.stem] = name
    return there

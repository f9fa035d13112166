"""Reading the files of bundled figures: all of it, or all that is wrong with it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from facts.loading.schema import NamingEntry, OutlookEntry, PlaceEntry, SalaryEntry, SourceEntry
from facts.models.place import is_wider
from portal.lined import Faults, LinedFile, lined, parse

FILES: dict[str, Any] = {"places": PlaceEntry, "sources": SourceEntry}
FOLDERS: dict[str, Any] = {"salaries": SalaryEntry, "outlook": OutlookEntry, "namings": NamingEntry}


@dataclass(frozen=True)
class Content:
    """What the files hold. Places are there; guides and sources may be those of a site, or of none yet."""

    places: Sequence[PlaceEntry] = ()
    sources: Sequence[SourceEntry] = ()
    salaries: Sequence[SalaryEntry] = ()
    outlook: Sequence[OutlookEntry] = ()
    namings: Sequence[NamingEntry] = ()


@dataclass(frozen=True)
class _Read:
    """An entry, and where it stands."""

    entry: Any
    file: LinedFile
    number: int

    def fault(self, faults: Faults, key: str, reason: str) -> None:
        faults.add(self.file.name, self.file.line(self.number, key), reason)


@dataclass
class _Reading:
    """Entries by their kinds; what is wrong is gathered in `faults`."""

    folder: Path
    faults: Faults = field(default_factory=Faults)

    def kind(self, kind: str) -> list[_Read]:
        """Return the entries of a kind: those of its file, or of all files of its folder."""
        shape: Any = FILES.get(kind) or FOLDERS[kind]
        paths = sorted(self.folder.glob(f"{kind}.yaml" if kind in FILES else f"{kind}/*.yaml"))
        return [
            _Read(entry, file, number)
            for path in paths
            if (file := self._file(path))
            for number, entry in enumerate(parse(file, list[shape], self.faults) or ())
        ]

    def _file(self, path: Path) -> LinedFile | None:
        """Return a file; None if it is empty, or cannot be read."""
        name = str(path.relative_to(self.folder))
        try:
            file = lined(name, path.read_text(encoding="utf-8"), self.faults)
        except UnicodeDecodeError:
            self.faults.add(name, 1, "not UTF-8 text")
        except OSError as error:
            self.faults.add(name, 1, f"cannot be read: {error.strerror}")
        else:
            return file if file and file.data is not None else None
        return None


class BrokenFacts(Exception):
    """Files that are refused; `faults` has a line for each reason, with file, line and reason."""

    def __init__(self, folder: Path, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join([f"{folder} is refused, and nothing was changed:", *self.faults]))


def read_content(folder: Path) -> Content:
    """Return what the YAML files of `folder` hold. Raises `BrokenFacts` with every fault."""
    reading = _Reading(folder)
    if not folder.is_dir():
        raise BrokenFacts(folder, ["This is no folder."])
    read = {kind: reading.kind(kind) for kind in (*FILES, *FOLDERS)}
    if not reading.faults:  # or what names something in a broken file would be wrong, too
        _check(read, reading.faults)
    if reading.faults:
        raise BrokenFacts(folder, reading.faults)
    return Content(**{kind: [each.entry for each in entries] for kind, entries in read.items()})


def _check(read: dict[str, list[_Read]], faults: Faults) -> None:
    """Look for ids that stand twice, and for places that are not in the file of places."""
    for kind, entries in read.items():
        for each, key, name in _repeated(entries, {"places": "slug", "sources": "key"}.get(kind, "id")):
            each.fault(faults, key, f"“{name}” stands here for the second time")
    kinds = dict[str, str]()
    for each in read["places"]:
        _check_place(each, kinds, faults)
        kinds[each.entry.slug] = each.entry.kind
    for each in (each for kind in FOLDERS for each in read[kind]):
        if each.entry.place and each.entry.place not in kinds:
            each.fault(faults, "place", f"there is no “{each.entry.place}” in places.yaml")


def _check_place(each: _Read, kinds: dict[str, str], faults: Faults) -> None:
    """Look for a place that lies in nothing that is there, or in something that is too small."""
    place, outer = each.entry, kinds.get(each.entry.within or "")
    if place.within and outer is None:
        each.fault(faults, "within", f"there is no place “{place.within}” above")
    elif outer and not is_wider(outer, place.kind):
        each.fault(faults, "within", f"a {place.kind} cannot lie in a {outer}")


def _repeated(entries: Iterable[_Read], key: str) -> Iterator[tuple[_Read, str, str]]:
    seen = set[str]()
    for each in entries:
        name = getattr(each.entry, key)
        if name in seen:
            yield each, key, name
        seen.add(name)

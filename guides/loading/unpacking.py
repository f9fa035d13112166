"""A content folder in a zip: taken only if nothing about it could do harm.

The size and the number of its entries are looked at before Python's `zipfile` reads its directory, which
takes memory for each entry, and the sizes of the files before any is unpacked. No file is written.
"""

import re
import stat
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from guides.loading.files import MemoryFiles
from guides.loading.lines import Faults
from guides.loading.reading import BrokenFolder
from guides.pictures.encoding import BYTES

CALLED = "This zip"
PACKED = 48 * 1024**2  # bytes of the zip
UNPACKED = 48 * 1024**2  # bytes of all files that are read from it
DATA = 256 * 1024  # bytes of a YAML file: some 400 steps, and seconds of reading at the worst
TEXT = 512 * 1024  # bytes of a Markdown file
ENTRIES = 3000
DIRECTORY = 512 * 1024  # bytes of the list of the entries
TOLD = 50  # entries that are named in a refusal

END, LONG_END = b"PK\5\6", b"PK\6\7"  # what ends a zip, and what stands before that in one of the long form
END_SIZE, LONG_END_SIZE, COMMENT = 22, 20, 2**16
UNREADABLE = (
    *(BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, OverflowError, ValueError, NotImplementedError),
)
ENCRYPTED = 0x1 | 0x40 | 0x2000
FOLDER_FILE = re.compile(r"[^/]+\.y[^/]*ml|[^/]+/[^/]+\.md|pictures/[^/]+\.[^/]+")
DRIVE = re.compile(r"[A-Za-z]:")


def unpack(path: Path) -> MemoryFiles:
    """Return the files of the content folder that the zip at `path` holds, in a folder of its own or not.

    Raises `BrokenFolder` with what is wrong.
    """
    try:
        with path.open("rb") as file:
            _check_end(file, path.stat().st_size)
            with ZipFile(file) as archive:
                entries = _checked(archive.infolist())
                return MemoryFiles({name: _content(archive, entry) for name, entry in entries.items()})
    except UNREADABLE as error:
        raise _refusal(f"it cannot be read as a zip ({error})") from error


def _refusal(reason: str) -> BrokenFolder:
    return BrokenFolder(CALLED, [f"zip:1: {reason}"])


def _check_end(file: BinaryIO, size: int) -> None:
    """Refuse a zip that is too large, or whose end, where `zipfile` finds it, tells of too many entries."""
    if size > PACKED:
        raise _refusal(f"it has more than {PACKED // 1024**2} MB")
    file.seek(max(size - END_SIZE - COMMENT - LONG_END_SIZE, 0))
    tail = file.read()
    place = _end_in(tail)
    if place < 0 or len(tail) - place < END_SIZE:
        raise _refusal("it is no zip")
    entries, directory = struct.unpack("<HL", tail[place + 10 : place + 16])
    is_long = tail[max(place - LONG_END_SIZE, 0) : place].startswith(LONG_END)
    if is_long or entries > ENTRIES or directory > DIRECTORY:
        raise _refusal(f"it has more than {ENTRIES} entries, or very long names")


def _end_in(tail: bytes) -> int:
    """Return where the record of the end begins; -1 if there is none."""
    last = tail[-END_SIZE:]
    has_no_comment = last.startswith(END) and last.endswith(b"\0\0")
    return len(tail) - END_SIZE if has_no_comment else tail.rfind(END)


def _checked(entries: list[ZipInfo]) -> dict[str, ZipInfo]:
    """Return the entries that a content folder is read from, by their names in it; others are left alone."""
    if len(entries) > ENTRIES:
        raise _refusal(f"it has more than {ENTRIES} entries")
    faults = Faults()
    counts = Counter(entry.filename for entry in entries)
    for entry in entries:
        for reason in _faults_of(entry, counts):
            faults.add(_shown(entry), 1, reason)
    files = _in_folder({entry.filename: entry for entry in entries if not entry.is_dir()})
    for name, entry in files.items():
        if entry.file_size > _most(name):
            faults.add(name, 1, f"this file has more than {_most(name) // 1024} KB")
    if sum(entry.file_size for entry in files.values()) > UNPACKED:
        faults.add("zip", 1, f"its files have more than {UNPACKED // 1024**2} MB")
    if faults:
        raise BrokenFolder(CALLED, _first(faults))
    return files


def _faults_of(entry: ZipInfo, counts: Counter[str]) -> Iterator[str]:
    name = entry.orig_filename
    if name.startswith("/") or DRIVE.match(name) or ".." in name.split("/") or "\\" in name or "\0" in name:
        yield "this name leads out of the zip, or is none"
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        yield "this is a link or another special file; put the file itself there"
    if entry.flag_bits & ENCRYPTED:
        yield "this is encrypted; make the zip without a password"
    elif entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        yield "this is compressed in an unusual way; make a plain zip"
    if counts[entry.filename] > 1:
        yield "this name stands here more than once"


def _in_folder(entries: dict[str, ZipInfo]) -> dict[str, ZipInfo]:
    """Return the entries of a content folder by their names in it, whether it is the zip or lies in it."""
    own = {name: entry for name, entry in entries.items() if not _is_of_system(name)}
    tops = {name.partition("/")[0] for name in own}
    top = f"{tops.pop()}/" if len(tops) == 1 else ""
    top = top if f"{top}guide.yaml" in own else ""
    inside = {name.removeprefix(top): entry for name, entry in own.items()}
    return {name: entry for name, entry in inside.items() if FOLDER_FILE.fullmatch(name)}


def _is_of_system(name: str) -> bool:
    """Whether an entry is none of the author's: what macOS adds, and hidden files."""
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _content(archive: ZipFile, entry: ZipInfo) -> bytes:
    """Return the content of `entry`; never more than it announces."""
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise BadZipFile(f"{_shown(entry)} is not as long as it says")
    return content


def _most(name: str) -> int:
    if name.startswith("pictures/"):
        return BYTES
    return TEXT if name.endswith(".md") else DATA


def _shown(entry: ZipInfo) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in entry.filename[:120])


def _first(faults: list[str]) -> list[str]:
    more = len(faults) - TOLD
    return [*faults[:TOLD], f"zip:1: and {more} more like these"] if more > 0 else faults

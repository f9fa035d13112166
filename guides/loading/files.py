"""The files of a content folder, wherever they lie."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol


class Files(Protocol):
    """Files by name, such as `steps/knead.md`; `names` are those that a content folder could have."""

    @property
    def names(self) -> frozenset[str]: ...

    def read(self, name: str) -> bytes:
        """Return the content of a file. Raises `OSError`, `FileNotFoundError` if there is none."""
        ...


class FolderFiles:
    """The files of a folder on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        found = [*folder.glob("*.y*ml"), *folder.glob("*/*.md")]
        found += [path for path in folder.glob("pictures/*.*") if path.is_file()]
        self.names = frozenset(path.relative_to(folder).as_posix() for path in found)

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()


class MemoryFiles:
    """Files that are at hand already."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = contents
        self.names = frozenset(contents)

    def read(self, name: str) -> bytes:
        if name not in self.contents:
            raise FileNotFoundError(name)
        return self.contents[name]


def digest_of(files: Files) -> str:
    """Return the SHA-256 over the names and bytes of all files that a content folder is read from."""
    digest = hashlib.sha256()
    for name in in_order(files.names):
        content = files.read(name)
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def in_order(names: Iterable[str]) -> list[str]:
    """Return `names` folder by folder."""
    return sorted(names, key=lambda name: name.split("/"))


def with_plain_ends(text: str) -> str:
    r"""Return `text` with lines that end in \n."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plain(text: str) -> str:
    r"""Return `text` as files hold it: lines end in \n, blanks around it do not count, as in the studio."""
    return with_plain_ends(text).strip()

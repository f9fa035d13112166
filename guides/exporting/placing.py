"""Where the files of a content folder go: into a folder on disk, or into a zip."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from guides.exporting.folder import CannotExport, Contents
from guides.loading.files import in_order
from guides.loading.reading import SHAPES

BELONGS = re.compile(r"(sections|steps|retired)/[^/]+\.md|pictures/[^/]+\.(svg|webp|jpe?g|png|avif)")
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can say: the same files make the same zip
READABLE = 0o644 << 16


def place(contents: Contents, folder: Path, *, force: bool = False) -> None:
    """Write `contents` into `folder`, which must not exist or be empty.

    With `force` the files of the content folder that is there are replaced; what else lies there stays.
    Raises `CannotExport`, and `OSError` if it cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise CannotExport(f"{folder} is no folder.")
    if folder.is_dir() and any(folder.iterdir()):
        if not force:
            raise CannotExport(
                f"{folder} is not empty. Choose another folder, or replace its content with --force."
            )
        for old in _belonging(folder):
            old.unlink()
    for name in in_order(contents):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(contents[name])


def zipped(contents: Contents) -> bytes:
    """Return a zip of `contents`; the same contents give the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name in in_order(contents):
            info = ZipInfo(name, FIRST_DAY)
            info.external_attr = READABLE
            info.compress_type = ZIP_STORED if name.endswith(".webp") else ZIP_DEFLATED
            archive.writestr(info, contents[name])
    return out.getvalue()


def _belonging(folder: Path) -> Iterator[Path]:
    """Yield the files of the content folder that is in `folder`."""
    yield from (folder / name for name in SHAPES if (folder / name).is_file())
    for path in sorted(folder.glob("*/*")):
        if BELONGS.fullmatch(path.relative_to(folder).as_posix()) and path.is_file():
            yield path

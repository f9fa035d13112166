"""Zips between their upload and their confirmation: on the disk of this machine, by their digest."""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from guides.loading.unpacking import PACKED

KEPT = 24 * 60 * 60  # seconds
DIGEST = re.compile(r"[0-9a-f]{64}")


class TooLarge(Exception):
    """An upload that is no content folder by its size alone; the message says so."""


def keep(chunks: Iterable[bytes]) -> str:
    """Keep an uploaded zip for a day and return its digest. Raises `TooLarge`."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _forget_old(folder)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, prefix="part-", delete=False) as new:
        try:
            for chunk in chunks:
                size += len(chunk)
                if size > PACKED:
                    raise TooLarge(f"The zip has more than {PACKED // 1024**2} MB.")
                digest.update(chunk)
                new.write(chunk)
        except BaseException:
            Path(new.name).unlink()
            raise
    os.replace(new.name, folder / _name(digest.hexdigest()))
    return digest.hexdigest()


def kept(digest: str) -> Path | None:
    """Return where the zip with this digest lies; None if it is gone, or was never there."""
    if not DIGEST.fullmatch(digest):
        return None
    path = _folder() / _name(digest)
    return path if path.is_file() else None


def forget(digest: str) -> None:
    """Remove the zip with this digest, if it is there."""
    if path := kept(digest):
        path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "imports"


def _name(digest: str) -> str:
    return f"{digest}.zip"


def _forget_old(folder: Path) -> None:
    """Remove what was uploaded more than a day ago, and what an upload left that broke off."""
    for path in folder.iterdir():
        try:
            if path.stat().st_mtime < time.time() - KEPT:
                path.unlink()
        except FileNotFoundError:  # another process was as fast
            continue

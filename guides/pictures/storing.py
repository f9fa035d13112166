"""Where the files of pictures lie, and under which names."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.http import Http404

from guides.models import Picture
from guides.pictures.encoding import Encoded, Encoding

TYPES = {"webp": "image/webp", "svg": "image/svg+xml"}


def fill(picture: Picture, encoded: Encoded) -> None:
    """Give `picture` its files and size; it is not saved."""
    store(encoded.files)
    describe(picture, encoded)


def describe(picture: Picture, encoded: Encoded) -> None:
    """Give `picture` the names of its files and its size; nothing is stored."""
    picture.files = [{"name": name_of(file), "width": file.width} for file in encoded.files]
    picture.width, picture.height = encoded.width, encoded.height


def store(files: Iterable[Encoding]) -> None:
    """Store the files of a picture but those that are there."""
    for file in files:
        _store(file)


def shows(picture: Picture, encoded: Encoded) -> bool:
    """Whether the largest file of `picture` is that of `encoded`, and all its files are stored."""
    names = [file["name"] for file in picture.files]
    return names[-1:] == [name_of(encoded.largest)] and all(_place(name).is_file() for name in names)


def name_of(file: Encoding) -> str:
    """Return the name under which a file is stored, which is that of its content."""
    return f"{hashlib.sha256(file.content).hexdigest()[:20]}.{file.suffix}"


def read(name: str) -> tuple[bytes, str]:
    """Return the content and the media type of a stored file; raises `Http404` if there is none."""
    try:
        return _place(name).read_bytes(), TYPES[name.rpartition(".")[2]]
    except FileNotFoundError as error:
        raise Http404("There is no such picture.") from error


def _place(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "pictures" / name


def _store(file: Encoding) -> None:
    """Put `file` under the name of its content, whole or not at all."""
    place = _place(name_of(file))
    if not (place.is_file() and place.stat().st_size == len(file.content)):
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as new:
            new.write(file.content)
        Path(new.name).chmod(0o644)
        os.replace(new.name, place)

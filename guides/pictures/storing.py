"""Where the files of pictures lie, and under which names."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.http import Http404

from guides.models import Picture
from guides.pictures.encoding import Encoded, Encoding

TYPES = {"webp": "image/webp", "svg": "image/svg+xml"}


def fill(picture: Picture, encoded: Encoded) -> None:
    """Give `picture` its files and size; it is not saved."""
    picture.files = store(encoded)
    picture.width, picture.height = encoded.width, encoded.height


def store(encoded: Encoded) -> list[dict[str, str | int]]:
    """Store the files of a picture but those that are there; return their names and widths."""
    return [{"name": _store(file), "width": file.width} for file in encoded.files]


def read(name: str) -> tuple[bytes, str]:
    """Return the content and the media type of a stored file; raises `Http404` if there is none."""
    try:
        return _place(name).read_bytes(), TYPES[name.rpartition(".")[2]]
    except FileNotFoundError as error:
        raise Http404("There is no such picture.") from error


def _place(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "pictures" / name


def _store(file: Encoding) -> str:
    """Put `file` under the name of its content, whole or not at all; return the name."""
    name = f"{hashlib.sha256(file.content).hexdigest()[:20]}.{file.suffix}"
    place = _place(name)
    if not (place.is_file() and place.stat().st_size == len(file.content)):
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as new:
            new.write(file.content)
        Path(new.name).chmod(0o644)
        os.replace(new.name, place)
    return name

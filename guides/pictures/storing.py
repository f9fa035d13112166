"""Where the files of pictures lie, and under which names."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404

from guides.models import Picture
from guides.pictures.encoding import Encoded, Encoding

TYPES = {"webp": "image/webp", "svg": "image/svg+xml"}


def fill(picture: Picture, encoded: Encoded) -> None:
    """Give `picture` its files and size; it is not saved."""
    picture.files = [{"name": _store(file), "width": file.width} for file in encoded.files]
    picture.width, picture.height = encoded.width, encoded.height


def _store(file: Encoding) -> str:
    """Store `file` under the name of its content, unless it is there; return the name."""
    name = f"{hashlib.sha256(file.content).hexdigest()[:20]}.{file.suffix}"
    if not default_storage.exists(f"pictures/{name}"):
        default_storage.save(f"pictures/{name}", ContentFile(file.content))
    return name


def read(name: str) -> tuple[bytes, str]:
    """Return the content and the media type of a stored file; raises `Http404` if there is none."""
    try:
        with default_storage.open(f"pictures/{name}") as file:
            return file.read(), TYPES[name.rpartition(".")[2]]
    except FileNotFoundError as error:
        raise Http404("There is no such picture.") from error

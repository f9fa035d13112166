"""The release: a short digest that changes when the look of a page may have changed."""

import hashlib
from pathlib import Path

APPS = (
    "accounts",
    "courses",
    "facts",
    "gap",
    "guides",
    "hiring",
    "inbox",
    "interviews",
    "jobs",
    "portal",
    "quiz",
    "search",
)


def release_of(base: Path) -> str:
    """Return 12 hexadecimal digits over all templates, stylesheets, scripts, code and requirements in `base`.

    Whole pages are kept under this digest, so that no deployment ever serves the page of an older one.
    """
    digest = hashlib.sha256()
    places = [*base.glob("templates/**/*.html"), *base.glob("static/**/*"), base / "requirements.txt"]
    places += [path for app in APPS for path in base.glob(f"{app}/**/*.py")]
    for path in sorted(place for place in places if place.is_file()):
        digest.update(path.relative_to(base).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]

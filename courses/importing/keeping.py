"""Uploads between their plan and their confirmation: on the disk of this machine, for a day."""

import json
import re
import secrets
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from courses.importing.planning import Plan
from courses.importing.refusal import Unreadable

LARGEST = 50 * 1024**2  # bytes
KEPT = 24 * 60 * 60  # seconds
KEY = re.compile(r"[0-9a-f]{32}")


def keep(chunks: Iterable[bytes]) -> str:
    """Keep an upload and return the key that finds it again. Raises `Unreadable` if it is too large."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _forget_old(folder)
    key, size = secrets.token_hex(16), 0
    with _path(key, "file").open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > LARGEST:
                forget(key)
                limit = f"The file has more than {LARGEST // 1024**2} MB."
                raise Unreadable(f"{limit} Split it, or use `manage.py import_courses`.")
            file.write(chunk)
    return key


def paths(key: str) -> tuple[Path, Path]:
    """Return where the upload lies, and where its plan does."""
    return _path(key, "file"), _path(key, "plan")


def note(key: str, plan: Plan, asked: dict[str, Any]) -> None:
    """Keep `plan` with what was asked for."""
    told = {"plan": asdict(plan) | {"path": str(plan.path)}, "asked": asked}
    _path(key, "json").write_text(json.dumps(told, cls=DjangoJSONEncoder), encoding="utf-8")


def noted(key: str) -> tuple[Plan, dict[str, Any]] | None:
    """Return the plan that is kept under `key` and what was asked for; None if it is gone, or never was."""
    if not KEY.fullmatch(key) or not _path(key, "json").is_file():
        return None
    told = json.loads(_path(key, "json").read_text(encoding="utf-8"))
    return Plan(**told["plan"] | {"path": Path(told["plan"]["path"])}), told["asked"]


def forget(key: str) -> None:
    """Remove an upload and its plan."""
    for kind in ("file", "plan", "json"):
        _path(key, kind).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "course-imports"


def _path(key: str, kind: str) -> Path:
    return _folder() / f"{key}.{kind}"


def _forget_old(folder: Path) -> None:
    for path in folder.iterdir():
        try:
            if path.stat().st_mtime < time.time() - KEPT:
                path.unlink()
        except FileNotFoundError:  # another process was as fast
            continue
